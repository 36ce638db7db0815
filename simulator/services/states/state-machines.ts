import { runExecution } from './language/run-execution';
import { parseDefinition } from './language/state-machine-definition';
import { withoutPolicies } from '../../authorization/without-policies';
import { Clock } from '../../clock/clock';
import { deriveUuid } from '../../lambda/derived-identifiers';
import { Authorizer } from '../../wire/authorizer';
import { roleSession } from '../../wire/identities';
import { FunctionOutcome, Functions } from '../lambda/functions';

export interface StateMachine {
  readonly stateMachineArn: string;
  readonly roleArn: string;
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

  /** @param authorizer decides what the roles of state machines may do */
  constructor(private readonly functions: Functions, private readonly clock: Clock, private readonly authorizer: Authorizer = withoutPolicies) {}

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
  start(stateMachine: StateMachine, executionArn: string, input: string): Execution {
    const { stateMachineArn, definition } = stateMachine;
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
      call: (functionArn: string, event: unknown) => this.call(stateMachine, started, functionArn, event),
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

  private async call({ stateMachineArn, roleArn }: StateMachine, { name }: Execution, functionArn: string, event: unknown): Promise<FunctionOutcome> {
    const [, , , region, accountId] = stateMachineArn.split(':');
    const principal = roleSession({ accountId, roleArn, sessionName: name }, this.clock.now());
    const action = 'lambda:InvokeFunction';
    // While policies are evaluated time stands still.
    const release = this.clock.hold();
    const decision = await this.authorizer.authorize({ principal, action, resourceArns: [functionArn], region, context: {} }).finally(release);
    if (decision.allowed) return this.functions.call(functionArn, event);
    const errorMessage = `User: ${principal.arn} is not authorized to perform: ${action} on resource: ${functionArn} ${decision.reason}`;
    // Guess: the name of the error; it is the one that Step Functions gives to other refusals of Lambda.
    return { error: { errorType: 'Lambda.AWSLambdaException', errorMessage }, payload: errorMessage };
  }
}
