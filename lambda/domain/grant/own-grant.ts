import { Failure } from '../failure';
import type { Grant } from './grant';
import { isLive } from './grant-status';
import type { DistributedGrantFilter, LicenseManagerGateway } from './license-manager-gateway';
import { isOwnedBy } from './ownership';
import type { Owner } from './ownership';

/** The live grant of that license to that grantee, if it is the owner's. Anyone else's is a failure: it is not ours to change. */
export async function findOwnGrant(
  owner: Owner, licenseArn: string, granteePrincipalArn: string, licenseManager: LicenseManagerGateway,
): Promise<Grant | undefined> {
  const { own, foreign } = await sortLiveGrants(owner, { licenseArn, granteePrincipalArn }, licenseManager);
  if (own.length === 0 && foreign.length > 0) {
    throw new Failure(
      `Grant of the license ${licenseArn} to ${granteePrincipalArn}`,
      `there is a grant already that this stack did not make: ${foreign[0].arn} ('${foreign[0].name}', ${foreign[0].status})`,
      'delete that grant, or remove this one from the app',
    );
  }
  return own[0];
}

/** The live grants that the owner made, among those that match. */
export async function listOwnGrants(owner: Owner, filter: DistributedGrantFilter, licenseManager: LicenseManagerGateway): Promise<Grant[]> {
  const { own } = await sortLiveGrants(owner, filter, licenseManager);
  return own;
}

async function sortLiveGrants(
  owner: Owner, filter: DistributedGrantFilter, licenseManager: LicenseManagerGateway,
): Promise<{ own: Grant[]; foreign: Grant[] }> {
  const own: Grant[] = [];
  const foreign: Grant[] = [];
  for (const grant of await licenseManager.listDistributedGrants(filter)) {
    if (isLive(grant.status)) {
      (isOwnedBy(owner, await licenseManager.listTags(grant.arn)) ? own : foreign).push(grant);
    }
  }
  return { own, foreign };
}
