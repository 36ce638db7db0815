import { DescribeExecutionCommand, DescribeExecutionOutput, SFNClient, StartExecutionCommand, StartExecutionInput } from '@aws-sdk/client-sfn';
import { Event } from '../../../../simulator/services/events/event';
import { FunctionOutcome } from '../../../../simulator/services/lambda/functions';
import { parseDefinition } from '../../../../simulator/services/states/language/parse-definition';
import { SimulatedAwsOptions } from '../../../../simulator/simulated-aws';
import { BARE, MANAGEMENT, SimulatedOrganization } from '../simulated-organization';

export const FUNCTION = `arn:aws:lambda:us-east-1:${MANAGEMENT}:function:Work`;
/** A function for EventBridge to invoke. */
export const LISTENER = `arn:aws:lambda:us-east-1:${MANAGEMENT}:function:Listener`;
export const STATE_MACHINE = `arn:aws:states:us-east-1:${MANAGEMENT}:stateMachine:Workflow`;

export const WORK = { Type: 'Task', Resource: FUNCTION, End: true };
export const WAIT = { Type: 'Wait', Seconds: 60, End: true };

/** What the function does when it is invoked: gives something or fails, after some seconds. */
export interface Work {
  readonly seconds?: number;
  readonly result?: unknown;
  readonly error?: string;
}

/** State machines that invoke one function, which answers as it is told, seen through the official client. */
export class Workflows {
  static async start(options: Partial<SimulatedAwsOptions> = {}): Promise<Workflows> {
    return new Workflows(await SimulatedOrganization.start(BARE, options));
  }

  readonly client: SFNClient;
  /** The events with which the function was invoked. */
  readonly invocations: unknown[] = [];
  /** What EventBridge gave to the listener. */
  readonly events: Event[] = [];
  /** The invocations that came to their end. */
  finished = 0;
  private work: Work[] = [];

  private constructor(readonly organization: SimulatedOrganization) {
    this.client = organization.stepFunctions(MANAGEMENT);
    organization.aws.functions.areRunBy({
      find: (functionArn) => functionArn === FUNCTION || functionArn === LISTENER ? {
        functionArn, functionName: 'Work', roleArn: '', runtime: 'nodejs22.x', handler: 'index.handler', timeoutSeconds: 900, memorySizeInMegabytes: 128,
      } : undefined,
      invoke: (_functionArn, event) => {
        this.events.push(event as Event);
        return { finished: Promise.resolve(undefined) };
      },
      call: (_functionArn, event) => this.perform(event),
    });
  }

  /** What the function does, one invocation after the other; afterwards it gives an empty object. */
  plan(...work: Work[]): void {
    this.work = work;
  }

  put(states: object, others: object = {}, stateMachineArn = STATE_MACHINE): void {
    this.organization.aws.stateMachines.put({
      stateMachineArn,
      roleArn: `arn:aws:iam::${MANAGEMENT}:role/Workflow`,
      definition: parseDefinition(JSON.stringify({ StartAt: Object.keys(states)[0], States: states, ...others })),
    });
  }

  async start(request: Partial<StartExecutionInput> = {}): Promise<string> {
    const { executionArn } = await this.client.send(new StartExecutionCommand({ stateMachineArn: STATE_MACHINE, ...request }));
    return executionArn!;
  }

  describe(executionArn: string): Promise<DescribeExecutionOutput> {
    return this.client.send(new DescribeExecutionCommand({ executionArn }));
  }

  /** Plays a state machine to its end, however long it takes. */
  async run(states: object, input: unknown = {}, others: object = {}): Promise<DescribeExecutionOutput> {
    this.put(states, others);
    const executionArn = await this.start({ input: JSON.stringify(input) });
    await this.organization.settle();
    return this.describe(executionArn);
  }

  private async perform(event: unknown): Promise<FunctionOutcome> {
    this.invocations.push(event);
    const { seconds = 0, result = {}, error } = this.work.shift() ?? {};
    await new Promise<void>((resolve) => this.organization.clock.schedule(seconds * 1000, resolve));
    this.finished += 1;
    if (error === undefined) return { payload: JSON.stringify(result) };
    const thrown = { errorType: error, errorMessage: 'it broke' };
    return { error: thrown, payload: JSON.stringify({ ...thrown, trace: [] }) };
  }
}

/** Seconds between the start and the end of an execution. */
export function duration({ startDate, stopDate }: DescribeExecutionOutput): number {
  return (stopDate!.getTime() - startDate!.getTime()) / 1000;
}
