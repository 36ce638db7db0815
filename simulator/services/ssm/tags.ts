import { tooManyTags } from './errors';

export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

/** AWS's common limit: https://docs.aws.amazon.com/systems-manager/latest/userguide/tagging-resources.html */
const MOST_TAGS = 50;

/** The parameter's tags with the new ones among them. */
export function withTags(existing: ReadonlyMap<string, string>, tags: readonly Tag[]): ReadonlyMap<string, string> {
  const merged = new Map([...existing, ...tags.map(({ Key, Value }) => [Key, Value] as const)]);
  if (merged.size > MOST_TAGS) throw tooManyTags();
  return merged;
}
