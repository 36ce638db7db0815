import { runExecution } from './language/run-execution';
import { parseDefinition } from './language/state-machine-definition';
import { Clock } from '../../clock/clock';
import { deriveUuid } from '../../lambda/derived-identifiers';
import { Functions } from '../lambda/functions';

export interface StateMachine {
  readonly stateMachineArn: string;
  /** In the Amazon States Language. */
  readonly definition: string;
}

export interface Execution {
  readonly executionArn: string;
  readonly stateMachineArn: string;
  readonly name: string;
  readonly input: string;
  readonly startDate: Date;
  readonly stopDate?: Date;
  readonly status: 'RUNNING' | 'SUCCEEDED' | 'FAILED';
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
}

/** The state machines of all accounts, and what they do and did. */
export class StateMachines {
  private readonly stateMachines = new Map<string, StateMachine>();
  private readonly executions = new Map<string, Execution>();

  constructor(private readonly functions: Functions, private readonly clock: Clock) {}

  put(stateMachine: StateMachine): void {
    this.stateMachines.set(stateMachine.stateMachineArn, stateMachine);
  }

  /** What runs goes on to its end. */
  remove(stateMachineArn: string): void {
    this.stateMachines.delete(stateMachineArn);
  }

  find(stateMachineArn: string): StateMachine | undefined {
    return this.stateMachines.get(stateMachineArn);
  }

  execution(executionArn: string): Execution | undefined {
    return this.executions.get(executionArn);
  }

  /** The ARN of an execution of that name; without one the name is made up. */
  executionArn(stateMachineArn: string, name = deriveUuid('execution', this.executions.size, stateMachineArn)): string {
    return `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
  }

  /** Throws for a definition that the simulator cannot run. */
  start({ stateMachineArn, definition }: StateMachine, executionArn: string, input: string): Execution {
    const parsed = parseDefinition(definition);
    const started: Execution = {
      executionArn,
      stateMachineArn,
      name: executionArn.slice(executionArn.lastIndexOf(':') + 1),
      input,
      startDate: this.clock.now(),
      status: 'RUNNING',
    };
    this.executions.set(executionArn, started);
    const surroundings = {
      call: (functionArn: string, event: unknown) => this.functions.call(functionArn, event),
      sleep: (seconds: number) => new Promise<void>((resolve) => this.clock.schedule(seconds * 1000, resolve)),
    };
    runExecution(parsed, input, surroundings).then(
      (outcome) => this.executions.set(executionArn, { ...started, ...outcome, stopDate: this.clock.now() }),
      (error: Error) => this.executions.set(executionArn, {
        ...started, status: 'FAILED', error: 'States.Runtime', cause: error.message, stopDate: this.clock.now(),
      }),
    );
    return started;
  }
}
