import { Execution, ExecutionEnd } from './execution';
import { StateMachineDefinition } from './language/definition';
import { runExecution } from './language/run-execution';
import { ERRORS } from './language/state-failure';
import { RunningExecution } from './running-execution';
import { TaskFunctions } from './task-functions';
import { Clock } from '../../clock/clock';
import { draw } from '../../faults/draw';
import { DEFAULT_SEED } from '../../faults/fault-options';
import { deriveUuid } from '../../lambda/derived-identifiers';

export interface StateMachine {
  readonly stateMachineArn: string;
  readonly roleArn: string;
  readonly definition: StateMachineDefinition;
}

export interface StateMachinesProps {
  readonly functions: TaskFunctions;
  readonly clock: Clock;
  /** Decides what jitter makes of pauses. @default DEFAULT_SEED */
  readonly seed?: number;
  /** Called with an execution that has started or ended. @default - nobody is told */
  readonly onStatusChange?: (execution: Execution) => void;
}

/** The state machines of all accounts, and what they do and did. */
export class StateMachines {
  private readonly stateMachines = new Map<string, StateMachine>();
  /** In the order in which they started. */
  private readonly executions = new Map<string, Execution>();
  private readonly running = new Map<string, RunningExecution>();

  constructor(private readonly props: StateMachinesProps) {}

  /**
   * Makes the state machine, or changes it: what runs goes on with the definition and the role that it started with.
   * https://docs.aws.amazon.com/step-functions/latest/apireference/API_UpdateStateMachine.html
   */
  put(stateMachine: StateMachine): void {
    this.stateMachines.set(stateMachine.stateMachineArn, stateMachine);
  }

  /**
   * Its executions end with their next transition.
   * https://docs.aws.amazon.com/step-functions/latest/apireference/API_DeleteStateMachine.html
   */
  remove(stateMachineArn: string): void {
    this.stateMachines.delete(stateMachineArn);
  }

  find(stateMachineArn: string): StateMachine | undefined {
    return this.stateMachines.get(stateMachineArn);
  }

  execution(executionArn: string): Execution | undefined {
    return this.executions.get(executionArn);
  }

  /** Of all state machines, those that are gone among them, in the order in which they started. */
  get allExecutions(): readonly Execution[] {
    return [...this.executions.values()];
  }

  /** The ARN of an execution of that name; without one the name is made up. */
  executionArn(stateMachineArn: string, name = deriveUuid('execution', this.executions.size, stateMachineArn)): string {
    return `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
  }

  start(stateMachine: StateMachine, executionArn: string, input: string): Execution {
    const { clock } = this.props;
    const started: Execution = {
      executionArn,
      stateMachineArn: stateMachine.stateMachineArn,
      name: executionArn.slice(executionArn.lastIndexOf(':') + 1),
      input,
      startDate: clock.now(),
      status: 'RUNNING',
    };
    this.executions.set(executionArn, started);
    this.running.set(executionArn, new RunningExecution(clock));
    this.props.onStatusChange?.(started);
    this.run(stateMachine, started);
    return started;
  }

  /** At once; a function that works for the execution goes on to its end. An execution that has ended stays as it is. */
  abort(executionArn: string, reason: Pick<ExecutionEnd, 'error' | 'cause'>): Execution {
    this.end(executionArn, { status: 'ABORTED', ...reason });
    return this.executions.get(executionArn)!;
  }

  /** Nothing goes on, and nobody is told. */
  stop(): void {
    this.running.forEach((running) => running.end());
    this.running.clear();
  }

  private run(stateMachine: StateMachine, { executionArn, input, name, startDate }: Execution): void {
    const { stateMachineArn, roleArn, definition } = stateMachine;
    const { functions, clock, seed = DEFAULT_SEED } = this.props;
    const running = this.running.get(executionArn)!;
    // No error and no cause, as seen: https://github.com/floci-io/floci/issues/2733
    if (definition.TimeoutSeconds !== undefined) running.after(definition.TimeoutSeconds, () => this.end(executionArn, { status: 'TIMED_OUT' }));
    let draws = 0;
    runExecution(definition, input, {
      context: {
        Execution: { Id: executionArn, Input: JSON.parse(input), Name: name, RoleArn: roleArn, StartTime: startDate.toISOString() },
        StateMachine: { Id: stateMachineArn, Name: stateMachineArn.slice(stateMachineArn.lastIndexOf(':') + 1) },
      },
      transition: async () => this.endIfDeleted(stateMachineArn, executionArn, running),
      invoke: (functionName, event, limitSeconds) => running.within(limitSeconds, functions.invoke(stateMachine, name, functionName, event)),
      sleep: (seconds) => running.sleep(seconds),
      random: () => draw(seed, executionArn, draws += 1),
      now: () => clock.now(),
    }).then(
      (outcome) => this.end(executionArn, outcome),
      (error: Error) => this.end(executionArn, { status: 'FAILED', error: ERRORS.runtime, cause: error.message }),
    );
  }

  /** Guess: that such an end is ABORTED. */
  private endIfDeleted(stateMachineArn: string, executionArn: string, running: RunningExecution): Promise<void> {
    if (!this.stateMachines.has(stateMachineArn)) this.end(executionArn, { status: 'ABORTED' });
    return running.unlessEnded();
  }

  private end(executionArn: string, end: ExecutionEnd): void {
    const running = this.running.get(executionArn);
    if (!running) return;
    this.running.delete(executionArn);
    running.end();
    const ended = { ...this.executions.get(executionArn)!, ...end, stopDate: this.props.clock.now() };
    this.executions.set(executionArn, ended);
    this.props.onStatusChange?.(ended);
  }
}
