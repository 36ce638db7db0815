import { chosenState } from './choice';
import { selectedInput, selectedOutput, withResult } from './data-flow';
import { FailState, State, StateMachineDefinition, TaskState } from './definition';
import { ExecutionSurroundings } from './execution-surroundings';
import { History } from './history';
import { requiredValueAt, Scope } from './paths';
import { fillTemplate } from './payload-template';
import { ERRORS, isNamedBy, StateFailure } from './state-failure';
import { performTask } from './task';

export type ExecutionOutcome =
  | { readonly status: 'SUCCEEDED'; readonly output: string }
  | { readonly status: 'FAILED'; readonly error?: string; readonly cause?: string };

/** Where a state leads to. */
interface Step {
  readonly output: unknown;
  /** Absent at the end of the execution. */
  readonly next?: string;
}

/** A state is entered and left. */
const EVENTS_OF_A_STATE = 2;

/** Runs a state machine to its end. Input and output are JSON texts. */
export async function runExecution(
  definition: StateMachineDefinition, input: string, surroundings: ExecutionSurroundings,
): Promise<ExecutionOutcome> {
  const history = new History();
  let data = JSON.parse(input);
  let name: string | undefined = definition.StartAt;
  try {
    while (name !== undefined) {
      await surroundings.transition();
      history.add(EVENTS_OF_A_STATE);
      ({ output: data, next: name } = await play(definition.States[name], scopeOf(name, data, surroundings), surroundings, history));
    }
    return { status: 'SUCCEEDED', output: JSON.stringify(data) };
  } catch (error) {
    if (error instanceof StateFailure) return { status: 'FAILED', error: error.error, cause: error.reason };
    throw error;
  }
}

async function play(state: State, scope: Scope, surroundings: ExecutionSurroundings, history: History): Promise<Step> {
  if (state.Type === 'Fail') throw failureOf(state, scope);
  if (state.Type === 'Task') return playTask(state, scope, surroundings, history);
  const input = { ...scope, data: selectedInput(state, scope) };
  switch (state.Type) {
    case 'Pass': {
      const result = state.Result ?? (state.Parameters === undefined ? input.data : fillTemplate(state.Parameters, input));
      return { output: selectedOutput(state, { ...scope, data: withResult(scope.data, result, state.ResultPath) }), next: state.Next };
    }
    case 'Wait':
      await surroundings.sleep(state.Seconds ?? seconds(state.SecondsPath!, input));
      return { output: selectedOutput(state, input), next: state.Next };
    case 'Choice':
      return { output: selectedOutput(state, input), next: chosenState(state, input) };
    case 'Succeed':
      return { output: selectedOutput(state, input) };
  }
}

async function playTask(task: TaskState, scope: Scope, surroundings: ExecutionSurroundings, history: History): Promise<Step> {
  try {
    const result = await performTask(task, { ...scope, data: selectedInput(task, scope) }, surroundings, history);
    return { output: selectedOutput(task, { ...scope, data: withResult(scope.data, result, task.ResultPath) }), next: task.Next };
  } catch (error) {
    const catcher = error instanceof StateFailure ? task.Catch?.find(({ ErrorEquals }) => isNamedBy(ErrorEquals, error.error)) : undefined;
    if (!catcher) throw error;
    // Guess: what is caught without a cause has an empty one.
    const { error: Error, reason: Cause = '' } = error as StateFailure;
    return { output: withResult(scope.data, { Error, Cause }, catcher.ResultPath), next: catcher.Next };
  }
}

function failureOf({ Error, ErrorPath, Cause, CausePath }: FailState, scope: Scope): StateFailure {
  return new StateFailure(
    ErrorPath === undefined ? Error : text(ErrorPath, scope),
    CausePath === undefined ? Cause : text(CausePath, scope),
  );
}

/** Guess: what is no whole number from 0 on breaks the execution as a wrong path does. */
function seconds(path: string, scope: Scope): number {
  const value = requiredValueAt(path, scope);
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0) {
    throw new StateFailure(ERRORS.runtime, `The path ${path} has to point to a number of seconds; it points to ${JSON.stringify(value)}`);
  }
  return value;
}

/** Guess: what is no text breaks the execution as a wrong path does. */
function text(path: string, scope: Scope): string {
  const value = requiredValueAt(path, scope);
  if (typeof value !== 'string') throw new StateFailure(ERRORS.runtime, `The path ${path} has to point to a text; it points to ${JSON.stringify(value)}`);
  return value;
}

function scopeOf(name: string, data: unknown, { context, now }: ExecutionSurroundings): Scope {
  return { data, context: { ...context, State: { Name: name, EnteredTime: now().toISOString() } } };
}
