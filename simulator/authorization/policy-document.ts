/** A policy as IAM and Organizations take it, as far as the simulator itself looks into it. */
export interface PolicyDocument {
  readonly Version?: string;
  readonly Statement: PolicyStatement | readonly PolicyStatement[];
}

export interface PolicyStatement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
}

export const ALLOW_EVERYTHING: PolicyDocument = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };

export interface NamedPolicy {
  /** Its own name, or its ARN. */
  readonly name: string;
  readonly document: PolicyDocument;
}

export function statementsOf({ Statement }: PolicyDocument): readonly PolicyStatement[] {
  return listOf(Statement);
}

/** Wherever a policy takes a list, it takes a single item as well. */
export function listOf<Item>(value: Item | readonly Item[] | undefined): readonly Item[] {
  if (value === undefined) return [];
  return isList(value) ? value : [value];
}

function isList<Item>(value: Item | readonly Item[]): value is readonly Item[] {
  return Array.isArray(value);
}
