import { checkPath, notFound, Scope, valueAt } from './paths';
import { ERRORS, StateFailure } from './state-failure';
import { UnplayableDefinition } from './unplayable-definition';

/** Members whose name ends so hold a path instead of a value: https://states-language.net/spec.html#payload-template */
const PATH_SUFFIX = '.$';

/** The template with the values that its paths point to. */
export function fillTemplate(template: unknown, scope: Scope): unknown {
  if (Array.isArray(template)) return template.map((element) => fillTemplate(element, scope));
  if (typeof template !== 'object' || template === null) return template;
  return Object.fromEntries(Object.entries(template).map(([name, value]) => name.endsWith(PATH_SUFFIX)
    ? [name.slice(0, -PATH_SUFFIX.length), found(String(value), scope)]
    : [name, fillTemplate(value, scope)]));
}

export function checkTemplate(template: unknown): void {
  if (typeof template !== 'object' || template === null) return;
  for (const [name, value] of Object.entries(template)) {
    if (!name.endsWith(PATH_SUFFIX)) checkTemplate(value);
    else if (String(value).startsWith('$')) checkPath(String(value));
    else throw new UnplayableDefinition(`The simulator does not play intrinsic functions; ${name} is ${String(value)}.`);
  }
}

/** The names of a template's members, whether they hold values or paths. */
export function memberNames(template: unknown): string[] {
  return Object.keys((template ?? {}) as object).map((name) => name.endsWith(PATH_SUFFIX) ? name.slice(0, -PATH_SUFFIX.length) : name);
}

function found(path: string, scope: Scope): unknown {
  const value = valueAt(path, scope);
  if (value === undefined) throw new StateFailure(ERRORS.parameterPathFailure, notFound(path, scope));
  return value;
}
