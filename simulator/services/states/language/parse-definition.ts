import { checkRule } from './choice';
import { Catcher, ChoiceState, INVOKE_FUNCTION, Retrier, State, StateMachineDefinition, TaskState, WaitState } from './definition';
import { checkPath } from './paths';
import { checkTemplate, memberNames } from './payload-template';
import { ERRORS } from './state-failure';
import { UnplayableDefinition } from './unplayable-definition';

const STATE_MACHINE_FIELDS = ['Comment', 'QueryLanguage', 'StartAt', 'States', 'TimeoutSeconds', 'Version'];
const FIELDS_OF_ALL_STATES = ['Type', 'Comment', 'QueryLanguage'];
const FIELDS: Readonly<Record<State['Type'], readonly string[]>> = {
  Task: [
    'InputPath', 'OutputPath', 'ResultPath', 'Parameters', 'ResultSelector', 'Resource', 'TimeoutSeconds', 'HeartbeatSeconds', 'Retry', 'Catch',
    'Next', 'End',
  ],
  Pass: ['InputPath', 'OutputPath', 'ResultPath', 'Parameters', 'Result', 'Next', 'End'],
  Wait: ['InputPath', 'OutputPath', 'Seconds', 'SecondsPath', 'Next', 'End'],
  Choice: ['InputPath', 'OutputPath', 'Choices', 'Default'],
  Succeed: ['InputPath', 'OutputPath'],
  Fail: ['Error', 'ErrorPath', 'Cause', 'CausePath'],
};
const RETRIER_FIELDS = ['ErrorEquals', 'IntervalSeconds', 'MaxAttempts', 'BackoffRate', 'MaxDelaySeconds', 'JitterStrategy'];
const CATCHER_FIELDS = ['ErrorEquals', 'Next', 'ResultPath', 'Comment'];
const PATH_FIELDS = ['InputPath', 'OutputPath', 'ResultPath', 'SecondsPath', 'ErrorPath', 'CausePath'];
/** Of the parameters of Lambda's Invoke: those without which a task makes no sense, and no others. */
const INVOKE_PARAMETERS = ['FunctionName', 'Payload'];

/** Reads a definition; what AWS would refuse, or the simulator does not play, is an error that names it. */
export function parseDefinition(text: string): StateMachineDefinition {
  const definition = readJson(text);
  checkFields('the state machine', definition, STATE_MACHINE_FIELDS);
  checkQueryLanguage('The state machine', definition);
  if (typeof definition.States !== 'object') throw new UnplayableDefinition('The definition has no States.');
  checkTarget('StartAt', definition.StartAt, definition);
  for (const [name, state] of Object.entries(definition.States)) checkState(name, state, definition);
  return definition;
}

function readJson(text: string): StateMachineDefinition {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UnplayableDefinition(`The definition is not JSON: ${(error as Error).message}`);
  }
}

function checkState(name: string, state: State, definition: StateMachineDefinition): void {
  const where = `the state ${name}`;
  if (!Object.hasOwn(FIELDS, state.Type)) {
    throw new UnplayableDefinition(`The simulator plays states of the types ${Object.keys(FIELDS).join(', ')}; ${where} is of the type ${state.Type as string}.`);
  }
  checkFields(where, state, [...FIELDS_OF_ALL_STATES, ...FIELDS[state.Type]]);
  checkQueryLanguage(`The state ${name}`, state);
  checkPaths(state);
  targetsOf(state, where).forEach(([field, target]) => checkTarget(`${field} of ${where}`, target, definition));
  if (state.Type === 'Task') checkTask(where, state);
  if (state.Type === 'Pass') checkTemplate(state.Parameters);
  if (state.Type === 'Choice') state.Choices.forEach(checkRule);
  if (state.Type === 'Wait') checkWait(where, state);
}

/** The states that may follow. A state that ends the execution has none. */
function targetsOf(state: State, where: string): [string, string][] {
  if (state.Type === 'Succeed' || state.Type === 'Fail') return [];
  if (state.Type === 'Choice') return choiceTargets(state);
  if ((state.Next === undefined) === (state.End !== true)) throw new UnplayableDefinition(`It takes either Next or End in ${where}.`);
  const catchers = state.Type === 'Task' ? state.Catch ?? [] : [];
  return [...catchers.map(({ Next }): [string, string] => ['Catch', Next]), ...state.Next === undefined ? [] : [['Next', state.Next] as [string, string]]];
}

function choiceTargets({ Choices, Default }: ChoiceState): [string, string][] {
  return [...Choices.map(({ Next }): [string, string] => ['Choices', Next]), ...Default === undefined ? [] : [['Default', Default] as [string, string]]];
}

function checkTarget(where: string, target: string, { States }: StateMachineDefinition): void {
  if (!Object.hasOwn(States, target)) throw new UnplayableDefinition(`There is no state ${target}, which ${where} names.`);
}

function checkTask(where: string, { Resource, Parameters, ResultSelector, TimeoutSeconds, HeartbeatSeconds, Retry, Catch }: TaskState): void {
  checkTemplate(Parameters);
  checkTemplate(ResultSelector);
  if (INVOKE_FUNCTION.test(Resource)) {
    checkInvocation(where, Parameters);
  } else if (!/^arn:[^:]+:lambda:/.test(Resource)) {
    throw new UnplayableDefinition(
      `The simulator plays tasks that invoke a function, by its ARN or by arn:aws:states:::lambda:invoke; the resource of ${where} is ${Resource}.`);
  }
  if (HeartbeatSeconds !== undefined && HeartbeatSeconds >= (TimeoutSeconds ?? Infinity)) {
    throw new UnplayableDefinition(`HeartbeatSeconds has to be less than TimeoutSeconds in ${where}.`);
  }
  (Retry ?? []).forEach((retrier, index) => checkRetrier(`Retry of ${where}`, retrier, index === Retry!.length - 1));
  (Catch ?? []).forEach((catcher, index) => checkCatcher(`Catch of ${where}`, catcher, index === Catch!.length - 1));
}

function checkInvocation(where: string, parameters: unknown): void {
  const unknown = memberNames(parameters).filter((name) => !INVOKE_PARAMETERS.includes(name));
  if (unknown.length > 0) throw new UnplayableDefinition(`The simulator does not know the parameter ${unknown.join(', ')} in ${where}.`);
  if (!memberNames(parameters).includes('FunctionName')) throw new UnplayableDefinition(`The parameter FunctionName is missing in ${where}.`);
}

function checkRetrier(where: string, retrier: Retrier, isLast: boolean): void {
  checkFields(where, retrier, RETRIER_FIELDS);
  checkErrorNames(where, retrier, isLast);
  const { IntervalSeconds = 1, MaxAttempts = 0, BackoffRate = 1, MaxDelaySeconds = Infinity, JitterStrategy = 'NONE' } = retrier;
  checkNumber(where, 'IntervalSeconds', IntervalSeconds, { least: 1, whole: true });
  checkNumber(where, 'MaxAttempts', MaxAttempts, { least: 0, whole: true });
  checkNumber(where, 'BackoffRate', BackoffRate, { least: 1, whole: false });
  if (MaxDelaySeconds <= IntervalSeconds) throw new UnplayableDefinition(`MaxDelaySeconds has to be more than IntervalSeconds in ${where}.`);
  if (!['FULL', 'NONE'].includes(JitterStrategy)) throw new UnplayableDefinition(`JitterStrategy is FULL or NONE in ${where}; got ${JitterStrategy}.`);
}

function checkCatcher(where: string, catcher: Catcher, isLast: boolean): void {
  checkFields(where, catcher, CATCHER_FIELDS);
  checkErrorNames(where, catcher, isLast);
  checkPaths(catcher);
}

/** https://states-language.net/spec.html#errors */
function checkErrorNames(where: string, { ErrorEquals }: Retrier | Catcher, isLast: boolean): void {
  if (ErrorEquals.includes(ERRORS.all) && !(isLast && ErrorEquals.length === 1)) {
    throw new UnplayableDefinition(`${ERRORS.all} has to stand alone and last in ${where}.`);
  }
}

function checkWait(where: string, { Seconds, SecondsPath }: WaitState): void {
  if ((Seconds === undefined) === (SecondsPath === undefined)) throw new UnplayableDefinition(`One of Seconds and SecondsPath has to be in ${where}.`);
  if (Seconds !== undefined) checkNumber(where, 'Seconds', Seconds, { least: 0, whole: true });
}

function checkNumber(where: string, name: string, value: number, { least, whole }: { least: number; whole: boolean }): void {
  if (typeof value === 'number' && value >= least && (Number.isInteger(value) || !whole)) return;
  throw new UnplayableDefinition(`${name} is a ${whole ? 'whole ' : ''}number from ${least} on in ${where}; got ${value as unknown as string}.`);
}

function checkQueryLanguage(what: string, holder: object): void {
  const { QueryLanguage = 'JSONPath' } = holder as { readonly QueryLanguage?: string };
  if (QueryLanguage !== 'JSONPath') throw new UnplayableDefinition(`${what} has the query language ${QueryLanguage}; the simulator plays JSONPath only.`);
}

function checkPaths(holder: object): void {
  const fields = holder as Readonly<Record<string, string | null | undefined>>;
  PATH_FIELDS.map((name) => fields[name]).forEach((path) => typeof path === 'string' && checkPath(path));
}

function checkFields(where: string, value: object, known: readonly string[]): void {
  const unknown = Object.keys(value).filter((field) => !known.includes(field));
  if (unknown.length > 0) throw new UnplayableDefinition(`The simulator does not know the field ${unknown.join(', ')} in ${where}.`);
}
