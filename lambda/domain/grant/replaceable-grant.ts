import { Failure } from '../failure';
import { deleteGrant } from './delete-grant';
import type { Grant } from './grant';
import type { GrantSpec } from './grant-spec';
import { isGone } from './grant-status';
import type { LicenseManagerGateway } from './license-manager-gateway';
import { isAdopted, isOwnedBy } from './ownership';
import type { Circumstances } from './reconciliation';

interface MakingRoom extends Omit<Circumstances, 'world'> {
  readonly desired: GrantSpec;
  readonly licenseManager: LicenseManagerGateway;
}

/**
 * Whether a new grant is to take the place of this one, which is at its end: nothing brings a grant back that is deleted,
 * rejected or failed. A failed one is deleted for that, since License Manager may count it for as long as it is there.
 */
export async function makesRoom(grant: Grant, circumstances: MakingRoom): Promise<boolean> {
  switch (grant.status) {
    case 'REJECTED':
      return circumstances.desired.recreatesRejected ?? false;
    case 'FAILED_WORKFLOW':
      return deleteFailed(grant, circumstances);
    default:
      return isGone(grant.status);
  }
}

/**
 * The failed grant of an account is of no use to it. Below that of an organization there may be accounts that have the
 * license: it is left to people, and so is one that others made.
 */
async function deleteFailed(grant: Grant, circumstances: MakingRoom): Promise<boolean> {
  const { desired, owner, licenseManager, journal } = circumstances;
  const tags = desired.grantee.kind === 'ACCOUNT' ? await licenseManager.listTags(grant.arn) : [];
  if (!isOwnedBy(owner, tags) || isAdopted(tags)) {
    return false;
  }
  try {
    await deleteGrant({ ...circumstances, grantArn: grant.arn, reason: 'The workflow of the grant failed.' });
    return true;
  } catch (error) {
    if (error instanceof Failure) {
      journal.note('The failed grant could not be deleted', { grantArn: grant.arn, said: error.message });
      return false;
    }
    throw error;
  }
}
