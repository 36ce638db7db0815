/** A state machine in the Amazon States Language, as far as the simulator runs it: tasks that invoke functions, one after the other. */
export interface StateMachineDefinition {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, TaskState>>;
}

export interface TaskState {
  readonly Type: 'Task';
  /** The ARN of a function. */
  readonly Resource: string;
  readonly Retry?: readonly Retrier[];
  readonly Catch?: readonly Catcher[];
  readonly Next?: string;
  readonly End?: boolean;
}

export interface Retrier {
  readonly ErrorEquals: readonly string[];
  readonly IntervalSeconds?: number;
  readonly MaxAttempts?: number;
  readonly BackoffRate?: number;
  readonly MaxDelaySeconds?: number;
}

export interface Catcher {
  readonly ErrorEquals: readonly string[];
  readonly Next: string;
}

const STATE_MACHINE_FIELDS = ['Comment', 'QueryLanguage', 'StartAt', 'States', 'Version'];
const TASK_FIELDS = ['Type', 'Comment', 'Resource', 'Retry', 'Catch', 'Next', 'End'];
const RETRIER_FIELDS = ['ErrorEquals', 'IntervalSeconds', 'MaxAttempts', 'BackoffRate', 'MaxDelaySeconds'];
const CATCHER_FIELDS = ['ErrorEquals', 'Next'];

/** Says in one line what the simulator cannot run. */
export class UnknownLanguage extends Error {}

/** Reads a definition; what the simulator cannot run is an error that names it. */
export function parseDefinition(text: string): StateMachineDefinition {
  const definition = JSON.parse(text) as StateMachineDefinition;
  checkFields('the state machine', definition, STATE_MACHINE_FIELDS);
  for (const [name, state] of Object.entries(definition.States)) checkState(name, state);
  return definition;
}

function checkState(name: string, state: TaskState): void {
  if (state.Type !== 'Task') {
    throw new UnknownLanguage(`The simulator runs states of the type Task only; the state ${name} is of the type ${state.Type as string}.`);
  }
  checkFields(`the state ${name}`, state, TASK_FIELDS);
  if (!/^arn:[^:]+:lambda:/.test(state.Resource)) {
    throw new UnknownLanguage(`The simulator runs tasks whose resource is the ARN of a function only; that of the state ${name} is ${state.Resource}.`);
  }
  for (const retrier of state.Retry ?? []) checkFields(`Retry of the state ${name}`, retrier, RETRIER_FIELDS);
  for (const catcher of state.Catch ?? []) checkFields(`Catch of the state ${name}`, catcher, CATCHER_FIELDS);
}

function checkFields(where: string, value: object, known: readonly string[]): void {
  const unknown = Object.keys(value).filter((field) => !known.includes(field));
  if (unknown.length > 0) throw new UnknownLanguage(`The simulator does not know the field ${unknown.join(', ')} in ${where}.`);
}
