import { ConditionContext } from '../wire/authorizer';

/** A tag as requests and answers have it; the models of some services demand neither member. */
export interface Tag {
  readonly Key?: string;
  readonly Value?: string;
}

export function tagList(tags: ReadonlyMap<string, string>): { Key: string; Value: string }[] {
  return [...tags].map(([Key, Value]) => ({ Key, Value }));
}

/** What IAM is told of the tags of a request. */
export function requestTagContext(tags: readonly Tag[] | undefined): ConditionContext {
  const named = (tags ?? []).filter((tag): tag is { Key: string; Value?: string } => tag.Key !== undefined);
  if (named.length === 0) return {};
  return {
    'aws:TagKeys': named.map(({ Key }) => Key),
    ...Object.fromEntries(named.map(({ Key, Value }) => [`aws:RequestTag/${Key}`, Value ?? ''])),
  };
}

/** What IAM is told of the tags that a resource has. */
export function resourceTagContext(tags: ReadonlyMap<string, string> | undefined): ConditionContext {
  return Object.fromEntries([...tags ?? []].map(([key, value]) => [`aws:ResourceTag/${key}`, value]));
}
