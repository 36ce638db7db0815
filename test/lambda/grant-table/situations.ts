import { NOTHING_MADE } from '../../../lambda/cloudformation/custom-resource';
import type { Tag } from '../../../lambda/domain/grant/grant-spec';
import { ADOPTED_TAG, ownershipTags } from '../../../lambda/domain/grant/ownership';
import type { GranteeProperties, GrantProperties } from '../../../lib/grant/grant-properties';
import licenseManager from '../../../simulator/models/license-manager.json';
import type { GrantDefinition } from '../../../simulator/organization/organization-definition';
import { OWNER } from '../support/grants';

export type GrantStatus = GrantDefinition['status'];

/** All that the service's model knows. */
export const STATUSES = licenseManager.shapes.GrantStatus.enum as GrantStatus[];

/** What License Manager holds when an event arrives, and which id CloudFormation knows. */
export interface Situation {
  /** Whose grant is found: the situations of one origin differ in the status. What the words mean is in the README beside. */
  readonly origin: string;
  /** Absent if nothing is found. */
  readonly status?: GrantStatus;
  /** By the name under which the table shows them. */
  readonly grants: Readonly<Record<string, GrantDefinition>>;
  /** The name of a grant, or an id as it is. Absent before a Create. */
  readonly physicalId?: string;
}

/** An id that License Manager does not know. */
export const UNKNOWN_GRANT = 'arn:aws:license-manager::111111111111:grant:g-ffffffffffffffffffffffffffffffff';

const OWN = ownershipTags(OWNER);
const ADOPTED = [...OWN, ADOPTED_TAG];
const OF_ANOTHER_STACK = ownershipTags({ stackId: OWNER.stackId.replace('quick-start', 'another'), logicalId: OWNER.logicalId });

/** A request that knows no grant: a Create, or a Delete after a Create that did not answer. */
export function unknownTo(type: 'Create' | 'Delete', properties: GrantProperties): Situation[] {
  const physicalId = type === 'Create' ? undefined : NOTHING_MADE;
  return [
    { origin: 'none', grants: {}, physicalId },
    ...inEveryStatus('own', (status) => ({ grants: { found: asAskedFor(properties, status, OWN) }, physicalId })),
    ...inEveryStatus('adopted', (status) => ({ grants: { found: asAskedFor(properties, status, ADOPTED) }, physicalId })),
    ...inEveryStatus('foreign', (status) => ({ grants: { found: fromElsewhere(properties, status, []) }, physicalId })),
    ...inEveryStatus("another's", (status) => ({ grants: { found: fromElsewhere(properties, status, OF_ANOTHER_STACK) }, physicalId })),
  ];
}

/** A request about the grant that was made for the properties of before. */
export function knownAs(properties: GrantProperties): Situation[] {
  const gone = asAskedFor(properties, 'DELETED', OWN);
  return [
    { origin: 'none', grants: {}, physicalId: UNKNOWN_GRANT },
    ...inEveryStatus('own', (status) => ({ grants: { found: asAskedFor(properties, status, OWN) }, physicalId: 'found' })),
    ...inEveryStatus('adopted', (status) => ({ grants: { found: asAskedFor(properties, status, ADOPTED) }, physicalId: 'found' })),
    ...inEveryStatus('untagged', (status) => ({ grants: { found: asAskedFor(properties, status, []) }, physicalId: 'found' })),
    ...inEveryStatus('taken over', (status) => ({ grants: { found: asAskedFor(properties, status, OF_ANOTHER_STACK) }, physicalId: 'found' })),
    ...inEveryStatus('foreign instead', (status) => ({
      grants: { gone, found: fromElsewhere(properties, status, []) }, physicalId: 'gone',
    })),
    ...inEveryStatus("another's instead", (status) => ({
      grants: { gone, found: fromElsewhere(properties, status, OF_ANOTHER_STACK) }, physicalId: 'gone',
    })),
  ];
}

/** A request that replaces a healthy grant, while another one is there of what it asks for. */
export function foundByReplacement(properties: GrantProperties, oldProperties: GrantProperties): Situation[] {
  const before = asAskedFor(oldProperties, 'ACTIVE', OWN);
  return [
    ...inEveryStatus('own', (status) => ({ grants: { before, found: asAskedFor(properties, status, OWN) }, physicalId: 'before' })),
    ...inEveryStatus('adopted', (status) => ({ grants: { before, found: asAskedFor(properties, status, ADOPTED) }, physicalId: 'before' })),
    ...inEveryStatus('foreign', (status) => ({ grants: { before, found: fromElsewhere(properties, status, []) }, physicalId: 'before' })),
    ...inEveryStatus("another's", (status) => ({ grants: { before, found: fromElsewhere(properties, status, OF_ANOTHER_STACK) }, physicalId: 'before' })),
  ];
}

function inEveryStatus(origin: string, situation: (status: GrantStatus) => Omit<Situation, 'origin' | 'status'>): Situation[] {
  return STATUSES.map((status) => ({ origin, status, ...situation(status) }));
}

function asAskedFor(properties: GrantProperties, status: GrantStatus, ownership: readonly Tag[]): GrantDefinition {
  const tags = [...(properties.Tags ?? []).map(({ Key, Value }) => ({ key: Key, value: Value })), ...ownership];
  return {
    licenseArn: properties.LicenseArn,
    granteePrincipalArn: principalArn(properties.Grantee),
    name: properties.GrantName,
    status,
    allowedOperations: properties.AllowedOperations as GrantDefinition['allowedOperations'],
    tags: Object.fromEntries(tags.map(({ key, value }) => [key, value])),
  };
}

function fromElsewhere(properties: GrantProperties, status: GrantStatus, ownership: readonly Tag[]): GrantDefinition {
  return { ...asAskedFor({ ...properties, Tags: [], AllowedOperations: undefined }, status, ownership), name: 'from-elsewhere' };
}

/** An account or an organizational unit, as the events name them. */
export function principalArn({ Kind, Identifier }: GranteeProperties): string {
  return Kind === 'ACCOUNT' ? `arn:aws:iam::${Identifier}:root` : `arn:aws:organizations::111111111111:ou/o-exampleorg1/${Identifier}`;
}
