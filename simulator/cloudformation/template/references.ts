import { attributeReference, branchOf, intrinsicCall, ResolutionScope, substitutionArguments, substitutionsOf } from './intrinsic-functions';

/** One place where a template names a resource (or a parameter, which has no attributes). */
export interface Reference {
  readonly name: string;
  readonly attributeName?: string;
}

/** Everything that a value refers to; of a `Fn::If` only the branch that is taken counts. */
export function referencesIn(value: unknown, scope: Pick<ResolutionScope, 'condition'>): Reference[] {
  if (typeof value !== 'object' || value === null) return [];
  const call = Array.isArray(value) ? undefined : intrinsicCall(value);
  if (!call) return Object.values(value).flatMap((element) => referencesIn(element, scope));
  switch (call.name) {
    case 'Ref':
      return [{ name: call.argument as string }];
    case 'Fn::GetAtt': {
      const [name, attributeName] = attributeReference(call.argument);
      return [{ name, attributeName }];
    }
    case 'Fn::Sub':
      return referencesInSubstitution(call.argument, scope);
    case 'Fn::If':
      return referencesIn(branchOf(call.argument, scope), scope);
    default:
      return referencesIn(call.argument, scope);
  }
}

/** All texts that a value holds; of a `Fn::If` only those of the branch that is taken. */
export function textsIn(value: unknown, scope: Pick<ResolutionScope, 'condition'>): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  const call = Array.isArray(value) ? undefined : intrinsicCall(value);
  if (call?.name === 'Fn::If') return textsIn(branchOf(call.argument, scope), scope);
  return Object.values(value).flatMap((element) => textsIn(element, scope));
}

function referencesInSubstitution(argument: unknown, scope: Pick<ResolutionScope, 'condition'>): Reference[] {
  const [text, variables] = substitutionArguments(argument);
  const named = substitutionsOf(text).filter((name) => !(name in variables)).map((name): Reference => {
    if (!name.includes('.')) return { name };
    const [logicalId, attributeName] = attributeReference(name);
    return { name: logicalId, attributeName };
  });
  return [...named, ...referencesIn(variables, scope)];
}
