import type { Tag } from './grant-spec';

/*
 * What grants remember of a replacement. A rollback may arrive as a Delete of the new grant alone, which says nothing about
 * the old one; and an old grant that could not be deleted is to go with its successor, not to come back.
 */
const REPLACES = 'cdk-managed-entitlements:replaces';
const ABANDONED = 'cdk-managed-entitlements:abandoned';

/** On the new grant: the active grant whose place it takes. */
export function replacesTag(predecessorArn: string): Tag {
  return { key: REPLACES, value: predecessorArn };
}

export function predecessorIn(tags: readonly Tag[]): string | undefined {
  return tags.find(({ key }) => key === REPLACES)?.value;
}

/** On a grant that was to be deleted and could not be. */
export const ABANDONED_TAG: Tag = { key: ABANDONED, value: 'true' };

export function isAbandoned(tags: readonly Tag[]): boolean {
  return tags.some(({ key }) => key === ABANDONED);
}
