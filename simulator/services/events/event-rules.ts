import { Event } from './event';
import { EventPattern, matchesPattern } from './event-pattern';
import { InputDefinition, targetInput } from './target-input';
import { Functions } from '../lambda/functions';
import { StateMachines } from '../states/state-machines';

/** A rule that waits for events on the default bus of its account and Region. */
export interface EventRule {
  readonly ruleArn: string;
  readonly accountId: string;
  readonly region: string;
  /** Absent for rules that follow a schedule only. */
  readonly pattern?: EventPattern;
  readonly targets: readonly EventTarget[];
}

export interface EventTarget extends InputDefinition {
  readonly Id: string;
  readonly Arn: string;
}

/** What became of an event at one target. */
export interface EventDelivery {
  readonly ruleArn: string;
  readonly targetArn: string;
  /** Why the event did not get there, or what went wrong there. */
  readonly problem?: string;
}

/** The rules of all accounts. */
export class EventRules {
  private readonly rules = new Map<string, EventRule>();
  private readonly announcementProblems: string[] = [];

  constructor(private readonly functions: Functions, private readonly stateMachines: StateMachines) {}

  put(rule: EventRule): void {
    this.rules.set(rule.ruleArn, rule);
  }

  remove(ruleArn: string): void {
    this.rules.delete(ruleArn);
  }

  /** Gives the event to the targets of all rules that match, and waits until functions have dealt with it once. */
  async deliver(event: Event): Promise<EventDelivery[]> {
    return (await Promise.all(this.rulesAt(event).map((rule) => this.deliverBy(rule, event)))).flat();
  }

  /** An event that a service sends by itself: nobody waits for what becomes of it. Guess: it arrives at once. */
  announce(event: Event): void {
    for (const rule of this.rulesAt(event)) {
      this.deliverBy(rule, event).then(
        (deliveries) => this.announcementProblems.push(
          ...deliveries.flatMap(({ targetArn, problem }) => problem === undefined ? [] : [`${targetArn}: ${problem}`])),
        (error: Error) => this.announcementProblems.push(`${rule.ruleArn}: ${error.message}`),
      );
    }
  }

  /** What went wrong with the events that services sent by themselves, one line each. */
  get problems(): readonly string[] {
    return this.announcementProblems;
  }

  private rulesAt({ account, region }: Event): EventRule[] {
    return [...this.rules.values()].filter((rule) => rule.accountId === account && rule.region === region);
  }

  private async deliverBy({ ruleArn, pattern, targets }: EventRule, event: Event): Promise<EventDelivery[]> {
    if (!pattern || !matchesPattern(pattern, event)) return [];
    return Promise.all(targets.map(async (target) => ({
      ruleArn, targetArn: target.Arn, problem: await this.give(targetInput(target, event), target.Arn, ruleArn),
    })));
  }

  private async give(input: unknown, targetArn: string, ruleArn: string): Promise<string | undefined> {
    const service = targetArn.split(':')[2];
    if (service === 'lambda') return this.invoke(targetArn, input, ruleArn);
    if (service === 'states') return this.start(targetArn, input);
    return 'The simulator delivers events to functions and state machines only.';
  }

  private async invoke(functionArn: string, input: unknown, ruleArn: string): Promise<string | undefined> {
    if (!this.functions.find(functionArn)) return 'There is no such function.';
    if (!this.functions.permissions.permits(functionArn, 'events.amazonaws.com', ruleArn)) {
      return 'The rule may not invoke the function: no AWS::Lambda::Permission permits it to events.amazonaws.com.';
    }
    const error = await this.functions.invoke(functionArn, input).finished;
    return error && `${error.errorType}: ${error.errorMessage}`;
  }

  private start(stateMachineArn: string, input: unknown): string | undefined {
    const stateMachine = this.stateMachines.find(stateMachineArn);
    if (!stateMachine) return 'There is no such state machine.';
    this.stateMachines.start(stateMachine, this.stateMachines.executionArn(stateMachineArn), JSON.stringify(input));
    return undefined;
  }
}
