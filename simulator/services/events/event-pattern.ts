/**
 * Whether an event matches a pattern: each member that the pattern names has to match one of the pattern's values for it.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
export function matchesPattern(pattern: EventPattern, event: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(pattern).every(([name, expected]) => {
    if (name === '$or') return (expected as EventPattern[]).some((alternative) => matchesPattern(alternative, event));
    const value = event[name];
    if (Array.isArray(expected)) return expected.some((matcher) => matchesValue(matcher, value));
    return matchesPattern(expected as EventPattern, isRecord(value) ? value : {});
  });
}

export type EventPattern = Readonly<Record<string, unknown>>;

type Operator = (operand: unknown, value: unknown) => boolean;

const OPERATORS: Readonly<Record<string, Operator>> = {
  'prefix': (operand, value) => typeof value === 'string' && (isRecord(operand)
    ? value.toLowerCase().startsWith(String(operand['equals-ignore-case']).toLowerCase())
    : value.startsWith(String(operand))),
  'suffix': (operand, value) => typeof value === 'string' && (isRecord(operand)
    ? value.toLowerCase().endsWith(String(operand['equals-ignore-case']).toLowerCase())
    : value.endsWith(String(operand))),
  'equals-ignore-case': (operand, value) => typeof value === 'string' && value.toLowerCase() === String(operand).toLowerCase(),
  'wildcard': (operand, value) => typeof value === 'string' && wildcard(String(operand)).test(value),
  'anything-but': (operand, value) => value !== undefined && !matchesAnyOf(operand, value),
  'numeric': (operand, value) => typeof value === 'number' && comparisons(operand as unknown[]).every((holds) => holds(value)),
};

function matchesValue(matcher: unknown, value: unknown): boolean {
  // Of a list in the event one element has to match.
  if (Array.isArray(value)) {
    return isRecord(matcher) && 'exists' in matcher ? Boolean(matcher.exists) : value.some((element) => matchesValue(matcher, element));
  }
  if (!isRecord(matcher)) return value === matcher;
  const [[name, operand]] = Object.entries(matcher);
  // Only for members that hold no object: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html#eb-filtering-exists-matching
  if (name === 'exists') return Boolean(operand) === (value !== undefined && !isRecord(value));
  const operator = OPERATORS[name];
  if (!operator) throw new UnknownPattern(`The simulator does not know ${name} in event patterns; it knows exists, ${Object.keys(OPERATORS).join(', ')}.`);
  return operator(operand, value);
}

/** Says in one line what of a pattern the simulator does not know. */
export class UnknownPattern extends Error {}

/** The operand of `anything-but`: a value, values, or another operator with one or more operands. */
function matchesAnyOf(operand: unknown, value: unknown): boolean {
  if (!isRecord(operand)) return [operand].flat().includes(value);
  const [[name, operands]] = Object.entries(operand);
  return [operands].flat().some((single) => matchesValue({ [name]: single }, value));
}

/** `['>', 0, '<=', 5]` */
function comparisons(operand: unknown[]): ((value: number) => boolean)[] {
  const compare: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
    '=': (value, bound) => value === bound,
    '<': (value, bound) => value < bound,
    '<=': (value, bound) => value <= bound,
    '>': (value, bound) => value > bound,
    '>=': (value, bound) => value >= bound,
  };
  return operand.flatMap((symbol, index) => index % 2 === 0
    ? [(value: number) => compare[symbol as string](value, operand[index + 1] as number)]
    : []);
}

function wildcard(text: string): RegExp {
  const parts = text.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
