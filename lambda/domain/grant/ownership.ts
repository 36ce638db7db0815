import type { Tag } from './grant-spec';

/** Who made a grant: one resource of one stack. Tags on the grant say so, since a lost answer takes the grant's ARN with it. */
export interface Owner {
  readonly stackId: string;
  readonly logicalId: string;
}

const PREFIX = 'cdk-managed-entitlements:';
const STACK_ID = `${PREFIX}stack-id`;
const LOGICAL_ID = `${PREFIX}logical-id`;

/** On a grant that its owner did not make, but found. */
export const ADOPTED_TAG: Tag = { key: `${PREFIX}adopted`, value: 'true' };

/** On a new or adopted grant until CloudFormation is told of its success: until then nobody counts on it. */
export const PROVISIONAL_TAG: Tag = { key: `${PREFIX}provisional`, value: 'true' };

export function ownershipTags(owner: Owner): Tag[] {
  return [{ key: STACK_ID, value: owner.stackId }, { key: LOGICAL_ID, value: owner.logicalId }];
}

export function isOwnershipTag(key: string): boolean {
  return key.startsWith(PREFIX);
}

export function isOwnedBy(owner: Owner, tags: readonly Tag[]): boolean {
  return ownershipTags(owner).every((wanted) => hasTag(wanted, tags));
}

export function isAdopted(tags: readonly Tag[]): boolean {
  return hasTag(ADOPTED_TAG, tags);
}

export function isProvisional(tags: readonly Tag[]): boolean {
  return hasTag(PROVISIONAL_TAG, tags);
}

/** Nothing for a grant that was made in another way than by this library. */
export function ownerIn(tags: readonly Tag[]): Owner | undefined {
  const [stackId, logicalId] = [STACK_ID, LOGICAL_ID].map((wanted) => tags.find(({ key }) => key === wanted)?.value);
  return stackId === undefined || logicalId === undefined ? undefined : { stackId, logicalId };
}

/** What takes the ownership off a grant. */
export function ownershipKeysIn(tags: readonly Tag[]): string[] {
  return tags.map(({ key }) => key).filter(isOwnershipTag);
}

function hasTag(wanted: Tag, tags: readonly Tag[]): boolean {
  return tags.some(({ key, value }) => key === wanted.key && value === wanted.value);
}
