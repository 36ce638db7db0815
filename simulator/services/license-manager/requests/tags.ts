import type { Tag } from '@aws-sdk/client-license-manager';
import { invalidTags } from '../errors';

/** AWS's common limits of tags; the model has none: https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html */
const MAXIMUM_TAGS = 50;
const MAXIMUM_KEY_LENGTH = 128;
const MAXIMUM_VALUE_LENGTH = 256;

/** The resource's tags with the new ones among them. */
export function withTags(existing: ReadonlyMap<string, string>, tags: readonly Tag[] | undefined): Map<string, string> {
  const merged = new Map(existing);
  for (const { Key, Value } of tags ?? []) {
    if (Key === undefined || Key === '') throw invalidTags('a tag without a key');
    if (Key.length > MAXIMUM_KEY_LENGTH) throw invalidTags(`the key ${Key} is longer than ${MAXIMUM_KEY_LENGTH} characters`);
    if (Key.toLowerCase().startsWith('aws:')) throw invalidTags(`the key ${Key} begins with aws:, which is reserved`);
    if ((Value ?? '').length > MAXIMUM_VALUE_LENGTH) throw invalidTags(`the value of ${Key} is longer than ${MAXIMUM_VALUE_LENGTH} characters`);
    merged.set(Key, Value ?? '');
  }
  if (merged.size > MAXIMUM_TAGS) throw invalidTags(`a resource cannot have more than ${MAXIMUM_TAGS} tags`);
  return merged;
}
