import { Token } from 'aws-cdk-lib';

/** https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html */
const MAXIMUM_KEY_LENGTH = 128;
const MAXIMUM_VALUE_LENGTH = 256;
const MAXIMUM_COUNT = 50;

/** What the handler puts on grants itself: whose they are and how they came to be, so that the stack finds them again. */
const OWNERSHIP_PREFIX = 'cdk-managed-entitlements:';
/** Stack and resource, adopted or not, settled or not, and two for the replacement of one grant by another. */
const OWNERSHIP_COUNT = 6;

/** What is wrong with a grant's tags, whether they come from the property or from `Tags.of()`. */
export function invalidTags(tags: Record<string, string>): string[] {
  const problems = Object.entries(tags).flatMap(([key, value]) => [...invalidKey(key), ...invalidValue(key, value)]);
  const count = Object.keys(tags).length;
  if (count > MAXIMUM_COUNT - OWNERSHIP_COUNT) {
    problems.push(
      `a grant can have ${MAXIMUM_COUNT - OWNERSHIP_COUNT} tags besides those of this library, got ${count}; remove some, `
      + 'for example with Tags.of(grant).remove()',
    );
  }
  return problems;
}

function invalidKey(key: string): string[] {
  if (Token.isUnresolved(key)) {
    return [];
  }
  if (/^aws:/i.test(key)) {
    return [`a tag's key must not begin with 'aws:', got '${key}'; AWS reserves it`];
  }
  if (key.startsWith(OWNERSHIP_PREFIX)) {
    return [`a tag's key must not begin with '${OWNERSHIP_PREFIX}', got '${key}'; it marks the grants that a stack owns`];
  }
  return key.length < 1 || key.length > MAXIMUM_KEY_LENGTH
    ? [`a tag's key must have 1 to ${MAXIMUM_KEY_LENGTH} characters, got ${key.length} in '${key}'`]
    : [];
}

function invalidValue(key: string, value: string): string[] {
  return !Token.isUnresolved(value) && value.length > MAXIMUM_VALUE_LENGTH
    ? [`a tag's value must have at most ${MAXIMUM_VALUE_LENGTH} characters, got ${value.length} for the tag '${key}'`]
    : [];
}
