import type { Tag } from './grant-spec';

/** Who made a grant: one resource of one stack. Tags on the grant say so, since a lost answer takes the grant's ARN with it. */
export interface Owner {
  readonly stackId: string;
  readonly logicalId: string;
}

const PREFIX = 'cdk-managed-entitlements:';
const STACK_ID = `${PREFIX}stack-id`;
const LOGICAL_ID = `${PREFIX}logical-id`;

export function ownershipTags(owner: Owner): Tag[] {
  return [{ key: STACK_ID, value: owner.stackId }, { key: LOGICAL_ID, value: owner.logicalId }];
}

export function isOwnershipTag(key: string): boolean {
  return key.startsWith(PREFIX);
}

export function isOwnedBy(owner: Owner, tags: readonly Tag[]): boolean {
  return ownershipTags(owner).every((wanted) => tags.some(({ key, value }) => key === wanted.key && value === wanted.value));
}
