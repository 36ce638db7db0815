import { ChoiceRule, ChoiceState } from './definition';
import { checkPath, requiredValueAt, Scope, valueAt } from './paths';
import { ERRORS, StateFailure } from './state-failure';
import { UnplayableDefinition } from './unplayable-definition';

type Comparison = (left: never, right: never) => boolean;

const ORDERS: Readonly<Record<string, (left: string | number, right: string | number) => boolean>> = {
  Equals: (left, right) => left === right,
  LessThan: (left, right) => left < right,
  LessThanEquals: (left, right) => left <= right,
  GreaterThan: (left, right) => left > right,
  GreaterThanEquals: (left, right) => left >= right,
};

const TYPE_TESTS: Readonly<Record<string, (value: unknown) => boolean>> = {
  IsPresent: (value) => value !== undefined,
  IsNull: (value) => value === null,
  IsString: (value) => typeof value === 'string',
  IsNumeric: (value) => typeof value === 'number',
  IsBoolean: (value) => typeof value === 'boolean',
  IsTimestamp: isTimestamp,
};

/** By operator, without `Path` at the end. Values of another type than the operator's never match. */
const COMPARISONS: Readonly<Record<string, Comparison>> = Object.fromEntries([
  ...Object.entries(ORDERS).flatMap(([name, order]): [string, Comparison][] => [
    [`String${name}`, (left: unknown, right: unknown) => typeof left === 'string' && typeof right === 'string' && order(left, right)],
    [`Numeric${name}`, (left: unknown, right: unknown) => typeof left === 'number' && typeof right === 'number' && order(left, right)],
    [`Timestamp${name}`, (left: unknown, right: unknown) => isTimestamp(left) && isTimestamp(right) && order(Date.parse(left), Date.parse(right))],
  ]),
  ['BooleanEquals', (left: unknown, right: unknown) => typeof left === 'boolean' && left === right],
  ['StringMatches', (left: unknown, right: unknown) => typeof left === 'string' && typeof right === 'string' && glob(right).test(left)],
]);

const COMBINATIONS = ['And', 'Or', 'Not'];

/** The state that follows: that of the first rule that holds, or the default. */
export function chosenState({ Choices, Default }: ChoiceState, scope: Scope): string {
  const chosen = Choices.find((rule) => holds(rule, scope))?.Next ?? Default;
  if (chosen === undefined) throw new StateFailure(ERRORS.noChoiceMatched, `No rule holds for ${JSON.stringify(scope.data)}`);
  return chosen;
}

/** Throws for a rule that the simulator does not know. */
export function checkRule(rule: ChoiceRule): void {
  const parts = [rule.And ?? [], rule.Or ?? [], rule.Not ?? []].flat();
  if (parts.length > 0) {
    parts.forEach(checkRule);
    return;
  }
  if (rule.Variable === undefined) throw new UnplayableDefinition(`A rule of a choice names no Variable: ${JSON.stringify(rule)}.`);
  checkPath(rule.Variable);
  const operator = operatorOf(rule);
  if (operator === undefined) {
    const known = [...Object.keys(TYPE_TESTS), ...Object.keys(COMPARISONS), ...COMBINATIONS];
    throw new UnplayableDefinition(`The simulator knows no comparison in ${JSON.stringify(rule)}; it knows ${known.join(', ')}.`);
  }
  if (operator.endsWith('Path')) checkPath(String(rule[operator]));
}

function holds(rule: ChoiceRule, scope: Scope): boolean {
  if (rule.And) return rule.And.every((part) => holds(part, scope));
  if (rule.Or) return rule.Or.some((part) => holds(part, scope));
  if (rule.Not) return !holds(rule.Not, scope);
  const operator = operatorOf(rule)!;
  const operand = rule[operator];
  if (operator === 'IsPresent') return TYPE_TESTS.IsPresent(valueAt(rule.Variable!, scope)) === operand;
  const value = requiredValueAt(rule.Variable!, scope);
  if (operator in TYPE_TESTS) return TYPE_TESTS[operator](value) === operand;
  const expected = operator.endsWith('Path') ? requiredValueAt(String(operand), scope) : operand;
  return COMPARISONS[withoutPath(operator)](value as never, expected as never);
}

function operatorOf(rule: ChoiceRule): string | undefined {
  return Object.keys(rule).find((name) => name in TYPE_TESTS || withoutPath(name) in COMPARISONS);
}

function withoutPath(operator: string): string {
  return operator.replace(/Path$/, '');
}

function isTimestamp(value: unknown): value is string {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(value);
}

/** `*` stands for anything; a backslash takes the meaning from what follows. */
function glob(pattern: string): RegExp {
  const parts = pattern.match(/\\.|\*|[^\\*]+/gs) ?? [];
  const source = parts.map((part) => part === '*' ? '.*' : part.replace(/^\\(?=[\\*]$)/, '').replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${source.join('')}$`, 's');
}
