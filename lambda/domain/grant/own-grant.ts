import { isGrantArn } from './arns';
import type { Grant } from './grant';
import type { Tag } from './grant-spec';
import { isLive } from './grant-status';
import type { DistributedGrantFilter, LicenseManagerGateway } from './license-manager-gateway';
import { isOwnedBy } from './ownership';
import type { Owner } from './ownership';

export interface TaggedGrant {
  readonly grant: Grant;
  readonly tags: readonly Tag[];
}

export interface LiveGrants {
  readonly own: readonly TaggedGrant[];
  readonly others: readonly TaggedGrant[];
}

/** The live grants that the owner made or adopted, among those that match. */
export async function listOwnGrants(owner: Owner, filter: DistributedGrantFilter, licenseManager: LicenseManagerGateway): Promise<Grant[]> {
  const { own } = await sortLiveGrants(owner, filter, licenseManager);
  return own.map(({ grant }) => grant);
}

/**
 * The live grants that match, apart from those that License Manager made for single accounts below another grant.
 *
 * @param isMeant what License Manager has no filter for; whose a grant is takes a call for each
 */
export async function sortLiveGrants(
  owner: Owner, filter: DistributedGrantFilter, licenseManager: LicenseManagerGateway, isMeant: (grant: Grant) => boolean = () => true,
): Promise<LiveGrants> {
  const own: TaggedGrant[] = [];
  const others: TaggedGrant[] = [];
  for (const grant of await licenseManager.listDistributedGrants(filter)) {
    if (isLive(grant.status) && !isGrantArn(grant.parentArn) && isMeant(grant)) {
      const tags = await licenseManager.listTags(grant.arn);
      (isOwnedBy(owner, tags) ? own : others).push({ grant, tags });
    }
  }
  return { own, others };
}
