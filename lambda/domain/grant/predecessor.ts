import type { Tag } from './grant-spec';

/*
 * What grants remember of a replacement. A rollback may arrive as a Delete of the new grant alone, which says nothing about
 * the old one; an old grant that could not be deleted is to go with its successor, not to come back; and one whose replacement
 * goes on in a workflow is still needed when CloudFormation deletes it.
 */
const REPLACES = 'cdk-managed-entitlements:replaces';
const SUCCESSOR = 'cdk-managed-entitlements:successor';
const ABANDONED = 'cdk-managed-entitlements:abandoned';

/** On the new grant: the active grant whose place it takes. */
export function replacesTag(predecessorArn: string): Tag {
  return { key: REPLACES, value: predecessorArn };
}

export function predecessorIn(tags: readonly Tag[]): string | undefined {
  return valueOf(REPLACES, tags);
}

/** On the old grant: the one that takes its place, until that is settled. */
export function successorTag(successorArn: string): Tag {
  return { key: SUCCESSOR, value: successorArn };
}

export function successorIn(tags: readonly Tag[]): string | undefined {
  return valueOf(SUCCESSOR, tags);
}

/** On a grant that was to be deleted and could not be, or that is still needed. */
export const ABANDONED_TAG: Tag = { key: ABANDONED, value: 'true' };

export function isAbandoned(tags: readonly Tag[]): boolean {
  return valueOf(ABANDONED, tags) !== undefined;
}

/** What takes the successor off an old grant. */
export const SUCCESSOR_KEYS: readonly string[] = [SUCCESSOR];

/** What takes everything off a grant that is for old grants alone: it may be the one that its resource stands for again. */
export const OLD_GRANT_KEYS: readonly string[] = [SUCCESSOR, ABANDONED];

function valueOf(wanted: string, tags: readonly Tag[]): string | undefined {
  return tags.find(({ key }) => key === wanted)?.value;
}
