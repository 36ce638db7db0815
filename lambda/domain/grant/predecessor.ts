import type { Tag } from './grant-spec';

/*
 * What grants remember of a replacement. A rollback may arrive as a Delete of the new grant alone, which says nothing about
 * the old one; an old grant that could not be deleted is to go with its successor, not to come back; and one whose replacement
 * goes on in a workflow is still needed when CloudFormation deletes it.
 */
const REPLACES = 'cdk-managed-entitlements:replaces';
const FOLLOWS = 'cdk-managed-entitlements:follows';
const SUCCESSOR = 'cdk-managed-entitlements:successor';
const ABANDONED = 'cdk-managed-entitlements:abandoned';

/** What a new grant remembers of the one whose place it takes. */
export interface Predecessor {
  readonly arn: string;
  /** Whether it was in use, and may have to be again. */
  readonly wasInUse: boolean;
}

export function predecessorTag({ arn, wasInUse }: Predecessor): Tag {
  return { key: wasInUse ? REPLACES : FOLLOWS, value: arn };
}

export function predecessorIn(tags: readonly Tag[]): Predecessor | undefined {
  const replaced = valueOf(REPLACES, tags);
  const followed = valueOf(FOLLOWS, tags);
  if (replaced !== undefined) {
    return { arn: replaced, wasInUse: true };
  }
  return followed === undefined ? undefined : { arn: followed, wasInUse: false };
}

/** On the old grant: the one that takes its place, until that is settled. */
export function successorTag(successorArn: string): Tag {
  return { key: SUCCESSOR, value: successorArn };
}

export function successorIn(tags: readonly Tag[]): string | undefined {
  return valueOf(SUCCESSOR, tags);
}

/** What takes the successor off an old grant. */
export const SUCCESSOR_KEYS: readonly string[] = [SUCCESSOR];

/** Why a grant is to go: its resource has another one, or what had brought it about was rolled back. */
export type Abandonment = 'replaced' | 'undone';

/** On a grant whose deletion was asked for: it may not succeed, or have to wait. */
export function abandonedTag(abandonment: Abandonment): Tag {
  return { key: ABANDONED, value: abandonment };
}

export function abandonmentIn(tags: readonly Tag[]): Abandonment | undefined {
  const value = valueOf(ABANDONED, tags);
  return value === undefined || value === 'undone' ? value : 'replaced';
}

/** What takes everything off a grant that is for old grants alone: it may be the one that its resource stands for again. */
export const OLD_GRANT_KEYS: readonly string[] = [SUCCESSOR, ABANDONED];

function valueOf(wanted: string, tags: readonly Tag[]): string | undefined {
  return tags.find(({ key }) => key === wanted)?.value;
}
