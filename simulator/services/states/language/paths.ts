import { ERRORS, StateFailure } from './state-failure';
import { UnplayableDefinition } from './unplayable-definition';

/** What paths point into: the data of a state, and with `$$` what is known of the execution. */
export interface Scope {
  readonly data: unknown;
  readonly context: unknown;
}

const STEP = /\.([\p{L}_][\p{L}\p{N}_-]*)|\[(\d+)\]|\['([^']*)'\]/uy;

/** Throws for a path that is more than members and positions: filters, ranges, functions. */
export function checkPath(path: string): void {
  stepsOf(path.startsWith('$$') ? path.slice(1) : path);
}

/** Undefined if there is nothing. */
export function valueAt(path: string, { data, context }: Scope): unknown {
  const isOfContext = path.startsWith('$$');
  return stepsOf(isOfContext ? path.slice(1) : path).reduce<unknown>(
    (value, step) => isContainer(value) && Object.hasOwn(value, step) ? value[step] : undefined, isOfContext ? context : data);
}

/** Guess: nothing there breaks the execution. */
export function requiredValueAt(path: string, scope: Scope): unknown {
  const value = valueAt(path, scope);
  if (value === undefined) throw new StateFailure(ERRORS.runtime, notFound(path, scope));
  return value;
}

export function notFound(path: string, { data }: Scope): string {
  return `The path ${path} could not be found in ${JSON.stringify(data)}`;
}

/** The data with the value put where the path points; members on the way are made if they are missing. */
export function withValueAt(path: string, data: unknown, value: unknown): unknown {
  return put(stepsOf(path), data, value);
}

function put([step, ...rest]: readonly string[], data: unknown, value: unknown): unknown {
  if (step === undefined) return value;
  if (Array.isArray(data) && Number(step) < data.length) {
    return data.map((element, index) => index === Number(step) ? put(rest, element, value) : element);
  }
  if (Array.isArray(data) || !isContainer(data)) {
    throw new StateFailure(ERRORS.resultPathMatchFailure, `There is no place for ${step} in ${JSON.stringify(data)}`);
  }
  return { ...data, [step]: put(rest, data[step] ?? {}, value) };
}

function stepsOf(path: string): string[] {
  const steps: string[] = [];
  STEP.lastIndex = 1;
  for (let match = STEP.exec(path); match; match = STEP.exec(path)) {
    steps.push(match[1] ?? match[2] ?? match[3]);
    if (STEP.lastIndex === path.length) return steps;
  }
  if (path === '$') return steps;
  throw new UnplayableDefinition(`The simulator knows paths like $.name['other name'][0] only; got ${path}.`);
}

function isContainer(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
