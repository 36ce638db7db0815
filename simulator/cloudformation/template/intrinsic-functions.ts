import { cidrBlocks } from './cidr-blocks';
import { TemplateError } from './template-error';

/** What intrinsic functions refer to. */
export interface ResolutionScope {
  /** The value of a parameter, a pseudo parameter or a resource. */
  reference(name: string): unknown;
  attribute(logicalId: string, attributeName: string): unknown;
  condition(name: string): boolean;
  /** Undefined if the mapping has no such keys. */
  mapping(mapName: string, topLevelKey: string, secondLevelKey: string): unknown;
  /** The values of all parameters of that type. */
  parametersOfType(type: string): readonly unknown[];
  importValue(exportName: string): unknown;
  stackOutput(request: StackOutputRequest): unknown;
  /** What a macro makes of its place in the template. */
  macroResult(macroName: string): unknown;
}

/** An output of another stack that does not know of its use. */
export interface StackOutputRequest {
  readonly StackName: string;
  readonly OutputName: string;
  /** @default - the Region of the stack that asks */
  readonly Region?: string;
  /** A role of the account that has the stack. @default - the account of the stack that asks */
  readonly RoleArn?: string;
}

/** What `AWS::NoValue` stands for: the property or the list element is not there. */
export const NO_VALUE = Symbol('AWS::NoValue');

/** Seen: https://github.com/aws/aws-cdk/issues/4808 */
const JOIN_ARGUMENTS = 'every Fn::Join object requires two parameters, (1) a string delimiter and (2) a list of strings to be joined ' +
  'or a function that returns a list of strings (such as Fn::GetAZs) to be joined.';
/** Guess: the words, after those of Fn::Join. */
const SPLIT_ARGUMENTS = 'every Fn::Split object requires two parameters, (1) a string delimiter and (2) a string to be split ' +
  'or a function that returns a string to be split.';

type IntrinsicFunction = (argument: unknown, scope: ResolutionScope) => unknown;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html */
const INTRINSIC_FUNCTIONS: Readonly<Record<string, IntrinsicFunction>> = {
  'Ref': (argument, scope) => scope.reference(argument as string),
  'Condition': (argument, scope) => scope.condition(argument as string),
  // Guess: outside of rules as well.
  'Fn::RefAll': (argument, scope) => scope.parametersOfType(argument as string),
  'Fn::Transform': (argument, scope) => scope.macroResult(macroName(argument)),
  'Fn::GetAtt': (argument, scope) => scope.attribute(...attributeReference(argument)),
  'Fn::Sub': substitute,
  'Fn::If': (argument, scope) => resolve(branchOf(argument, scope), scope),
  'Fn::FindInMap': (argument, scope) => {
    const [mapName, topLevelKey, secondLevelKey, options] = listOf(argument, scope) as [string, string, string, { DefaultValue?: unknown }?];
    const value = scope.mapping(mapName, topLevelKey, secondLevelKey) ?? options?.DefaultValue;
    if (value === undefined) throw new TemplateError(`Template error: Unable to get mapping for ${mapName}::${topLevelKey}::${secondLevelKey}`);
    return value;
  },
  'Fn::ImportValue': (argument, scope) => scope.importValue(resolve(argument, scope) as string),
  'Fn::GetStackOutput': (argument, scope) => scope.stackOutput(resolve(argument, scope) as StackOutputRequest),
  'Fn::Join': (argument, scope) => {
    const [delimiter, values] = listOf(argument, scope) as [string, unknown];
    if (!Array.isArray(values)) throw new TemplateError(`Template error: ${JOIN_ARGUMENTS}`);
    return values.map(String).join(delimiter);
  },
  'Fn::Split': (argument, scope) => {
    const [delimiter, text] = listOf(argument, scope) as [string, unknown];
    if (Array.isArray(text)) throw new TemplateError(`Template error: ${SPLIT_ARGUMENTS}`);
    return String(text).split(delimiter);
  },
  'Fn::Select': (argument, scope) => {
    const [index, values] = listOf(argument, scope) as [string | number, unknown];
    // Guess: the words.
    if (!Array.isArray(values)) throw new TemplateError(`Template error: Fn::Select selects from a list; got ${JSON.stringify(values)}`);
    if (!(Number(index) in values)) throw new TemplateError(`Template error: Fn::Select cannot select nonexistent value at index ${index}`);
    return values[Number(index)];
  },
  'Fn::Base64': (argument, scope) => Buffer.from(String(resolve(argument, scope))).toString('base64'),
  'Fn::Length': (argument, scope) => (listOf(argument, scope)).length,
  'Fn::ToJsonString': (argument, scope) => JSON.stringify(resolve(argument, scope)),
  // Every Region has at least these two; templates may not depend on more.
  'Fn::GetAZs': (argument, scope) => {
    const region = resolve(argument, scope) || scope.reference('AWS::Region');
    return [`${region}a`, `${region}b`];
  },
  'Fn::Cidr': (argument, scope) => {
    const [block, count, hostBits] = listOf(argument, scope) as [string, string, string?];
    // Five bits: the function's own default.
    return cidrBlocks(block, Number(count), Number(hostBits ?? 5));
  },
  'Fn::Equals': (argument, scope) => {
    const [one, other] = listOf(argument, scope);
    return String(one) === String(other);
  },
  'Fn::Not': (argument, scope) => !(listOf(argument, scope)[0] as boolean),
  'Fn::And': (argument, scope) => listOf(argument, scope).every(Boolean),
  'Fn::Or': (argument, scope) => listOf(argument, scope).some(Boolean),
  'Fn::EachMemberEquals': (argument, scope) => {
    const [values, value] = listOf(argument, scope) as [unknown[], unknown];
    return values.every((member) => String(member) === String(value));
  },
  'Fn::EachMemberIn': (argument, scope) => {
    const [values, allowed] = listOf(argument, scope) as [unknown[], unknown[]];
    return values.every((member) => allowed.map(String).includes(String(member)));
  },
  'Fn::Contains': (argument, scope) => {
    const [values, value] = listOf(argument, scope) as [unknown[], unknown];
    return values.map(String).includes(String(value));
  },
};

/** Replaces all intrinsic functions in a value by what they stand for. */
export function resolve(value: unknown, scope: ResolutionScope): unknown {
  if (Array.isArray(value)) return value.map((element) => resolve(element, scope)).filter((element) => element !== NO_VALUE);
  if (typeof value !== 'object' || value === null) return value;
  const call = intrinsicCall(value);
  if (call) return functionOf(call.name)(call.argument, scope);
  const entries = Object.entries(value).map(([key, element]) => [key, resolveMember(key, element, scope)] as const);
  return Object.fromEntries(entries.filter(([, element]) => element !== NO_VALUE));
}

/** Beside other members a transform adds members of its own, which nobody knows here. */
function resolveMember(key: string, element: unknown, scope: ResolutionScope): unknown {
  if (key !== 'Fn::Transform') return resolve(element, scope);
  scope.macroResult(macroName(element));
  return NO_VALUE;
}

/** The one branch that a `Fn::If` stands for. */
export function branchOf(argument: unknown, scope: Pick<ResolutionScope, 'condition'>): unknown {
  const [condition, ifTrue, ifFalse] = argument as [string, unknown, unknown];
  return scope.condition(condition) ? ifTrue : ifFalse;
}

export function intrinsicCall(value: object): { readonly name: string; readonly argument: unknown } | undefined {
  const [name, ...others] = Object.keys(value);
  if (name === undefined || others.length > 0) return undefined;
  const argument = (value as Record<string, unknown>)[name];
  // A property may be called Condition: as a function it names one.
  const isCall = name.startsWith('Fn::') || name === 'Ref' || (name === 'Condition' && typeof argument === 'string');
  return isCall ? { name, argument } : undefined;
}

/** The logical id and the attribute of a `Fn::GetAtt` in either notation. */
export function attributeReference(argument: unknown): [logicalId: string, attributeName: string] {
  const parts = Array.isArray(argument) ? argument.map(String) : String(argument).split('.');
  return [parts[0], parts.slice(1).join('.')];
}

/** The text of a `Fn::Sub`, and what it defines for itself. The words are CloudFormation's. */
export function substitutionArguments(argument: unknown): [text: string, variables: Readonly<Record<string, unknown>>] {
  const [text, variables = {}] = Array.isArray(argument) ? argument : [argument];
  if (typeof text === 'string' && typeof variables === 'object' && variables !== null) return [text, variables as Record<string, unknown>];
  throw new TemplateError(
    'Template error: One or more Fn::Sub intrinsic functions don\'t specify expected arguments. ' +
    'Specify a string as first argument, and an optional second argument to specify a mapping of values to replace in the string',
  );
}

/** The names between `${` and `}` in the text of a `Fn::Sub`, without literals (`${!…}`). */
export function substitutionsOf(text: string): string[] {
  return [...text.matchAll(/\$\{([^!}][^}]*)\}/g)].map(([, name]) => name.trim());
}

function substitute(argument: unknown, scope: ResolutionScope): string {
  const [text, variables] = substitutionArguments(argument);
  return text
    .replace(/\$\{([^!}][^}]*)\}/g, (_match, name: string) => String(substitutionFor(name.trim(), variables, scope)))
    .replace(/\$\{!([^}]*)\}/g, '${$1}');
}

function substitutionFor(name: string, variables: Record<string, unknown>, scope: ResolutionScope): unknown {
  if (name in variables) return resolve(variables[name], scope);
  return name.includes('.') ? scope.attribute(...attributeReference(name)) : scope.reference(name);
}

function macroName(argument: unknown): string {
  return String((argument as { readonly Name?: unknown } | null)?.Name);
}

function functionOf(name: string): IntrinsicFunction {
  const found = INTRINSIC_FUNCTIONS[name];
  if (!found) throw new TemplateError(`The simulator does not know the intrinsic function ${name}.`);
  return found;
}

function listOf(argument: unknown, scope: ResolutionScope): unknown[] {
  return resolve(argument, scope) as unknown[];
}
