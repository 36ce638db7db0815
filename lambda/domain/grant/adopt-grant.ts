import { Failure } from '../failure';
import type { Journal } from '../journal';
import { foundStateTags } from './found-state';
import type { FoundStatus } from './found-state';
import type { Grant } from './grant';
import type { GrantSpec } from './grant-spec';
import type { LicenseManagerGateway } from './license-manager-gateway';
import { sortLiveGrants } from './own-grant';
import type { TaggedGrant } from './own-grant';
import { ADOPTED_TAG, isAdopted, ownerIn } from './ownership';
import type { Owner } from './ownership';
import { findRivalTags, ownedByRival } from './rival';
import { isActiveInAccounts } from './switch-grant';

/** A grant that is there already, and is the owner's from now on. */
export interface ExistingGrant {
  readonly grant: Grant;
  readonly adopted: boolean;
}

interface Adoption {
  readonly desired: GrantSpec;
  readonly owner: Owner;
  readonly licenseManager: LicenseManagerGateway;
  readonly journal: Journal;
}

/**
 * The live grant of that license to that grantee: the owner's, or one that was made in another way and that the owner may
 * adopt. Any other is a failure: it is not ours to change.
 */
export async function findOrAdoptGrant(adoption: Adoption): Promise<ExistingGrant | undefined> {
  const { desired, owner, licenseManager } = adoption;
  const { own, others } = await sortLiveGrants(owner, { licenseArn: desired.licenseArn, granteePrincipalArn: desired.grantee.arn }, licenseManager);
  if (own.length > 0) {
    return { grant: own[0].grant, adopted: isAdopted(own[0].tags) };
  }
  if (others.length === 0) {
    return undefined;
  }
  const rival = others.find(({ tags }) => ownerIn(tags));
  if (rival) {
    throw ownedByRival(describe(desired), rival, owner);
  }
  if (!desired.adoptsExisting) {
    throw notToBeAdopted(desired, others[0].grant);
  }
  if (others.length > 1) {
    throw ambiguous(desired, others);
  }
  return { grant: await adopt(others[0].grant, adoption), adopted: true };
}

/** Tags come first: what is changed has to be known as the owner's, so that a run that dies is followed by one that goes on. */
async function adopt(grant: Grant, adoption: Adoption): Promise<Grant> {
  const { desired, owner, licenseManager, journal } = adoption;
  if (grant.status === 'FAILED_WORKFLOW') {
    throw new Failure(describe(desired), `the grant ${grant.arn} ('${grant.name}') is FAILED_WORKFLOW, which nothing brings back`,
      'delete that grant, then deploy again: this makes a new one');
  }
  const found = foundStateTags(grant, await statusOf(grant, adoption));
  await licenseManager.tag(grant.arn, [...desired.tags, ...desired.provisionalTags ?? [], ADOPTED_TAG, ...found]);
  // Somebody else may have done the same meanwhile. Reads may lag behind, and then show no owner at all.
  const tags = await findRivalTags(grant.arn, owner, licenseManager);
  if (tags) {
    throw ownedByRival(describe(desired), { grant, tags }, owner);
  }
  journal.note('Grant adopted', { grantArn: grant.arn, name: grant.name, status: grant.status });
  return grant;
}

async function statusOf(grant: Grant, { desired, licenseManager }: Adoption): Promise<FoundStatus | undefined> {
  if (grant.status === 'PENDING_WORKFLOW' || grant.status === 'PENDING_ACCEPT') {
    return undefined;
  }
  const isActive = desired.grantee.kind === 'ACCOUNT' ? grant.status === 'ACTIVE' : await isActiveInAccounts(grant, licenseManager);
  return isActive ? 'ACTIVE' : 'DISABLED';
}

function notToBeAdopted(desired: GrantSpec, grant: Grant): Failure {
  return new Failure(
    describe(desired),
    `there is a grant already that this stack did not make: ${grant.arn} ('${grant.name}', ${grant.status})`,
    'let the stack take it over with `existingGrant: ExistingGrant.adopt()`, delete that grant, or remove this one from the app',
  );
}

function ambiguous(desired: GrantSpec, grants: readonly TaggedGrant[]): Failure {
  const list = grants.map(({ grant }) => `${grant.arn} ('${grant.name}', ${grant.status})`).join(', ');
  return new Failure(describe(desired), `there are ${grants.length} grants that could be adopted: ${list}`, 'delete all but the one to adopt, then deploy again');
}

function describe(desired: GrantSpec): string {
  return `Grant of the license ${desired.licenseArn} to ${desired.grantee.arn}`;
}
