import { Failure } from '../failure';
import type { Grant } from './grant';
import type { Tag } from './grant-spec';
import type { LicenseManagerGateway } from './license-manager-gateway';
import { isOwnedBy, ownerIn, ownershipKeysIn } from './ownership';
import type { Owner } from './ownership';
import { readTags } from './standing';

/** A grant that another resource of this library has. */
export interface RivalGrant {
  readonly grant: Grant;
  readonly tags: readonly Tag[];
}

/** The tags of a grant if they name another owner. That of a grant without an owner cannot be told. */
export async function findRivalTags(grantArn: string, owner: Owner, licenseManager: LicenseManagerGateway): Promise<readonly Tag[] | undefined> {
  const tags = await readTags(grantArn, licenseManager) ?? [];
  return ownerIn(tags) && !isOwnedBy(owner, tags) ? tags : undefined;
}

/** What is asked for is nothing that this owner can have while the other one has it. */
export function ownedByRival(asked: string, { grant, tags }: RivalGrant, owner: Owner): Failure {
  const rival = ownerIn(tags)!;
  const described = `the grant ${grant.arn} ('${grant.name}', ${grant.status}) belongs to the resource ${rival.logicalId}`;
  return rival.stackId === owner.stackId
    ? new Failure(asked, `${described} of the same stack`,
      `give this resource the logical id ${rival.logicalId} with overrideLogicalId(); or deploy ${rival.logicalId} with GrantRemoval.leave(), then the app without it, `
      + 'then with this one and ExistingGrant.adopt()')
    : new Failure(asked, `${described} of the stack ${rival.stackId}`,
      'remove it from one of the two apps; with GrantRemoval.leave() it stays and can be adopted. If that stack is gone, release the grant first: '
      + `'aws license-manager untag-resource --resource-arn ${grant.arn} --tag-keys ${ownershipKeysIn(tags).join(' ')}'`);
}
