import type { Grant } from './grant';
import { sortLiveGrants } from './own-grant';
import type { TaggedGrant } from './own-grant';
import { predecessorIn } from './predecessor';
import type { Circumstances } from './reconciliation';

/**
 * Grants that were to take the place of the one that CloudFormation knows, and that it knows nothing of: the rollback of their update did not come
 * to its end, or the update was delivered once more after it. Not among them is what the known one has replaced: a grant that its resource was
 * told to retain has the same owner in its tags.
 *
 * All grants of the account are listed, a call for each hundred, since such a grant may be of another license or to another grantee, and License
 * Manager cannot filter by tags. Whose a grant is takes a call for each, so that is asked only of those to the same grantee or of the same
 * name, which is derived from the construct unless it was chosen: a handful where the account has thousands.
 */
export async function findStrandedGrants(knownArn: string, { owner, world: { licenseManager } }: Pick<Circumstances, 'owner' | 'world'>): Promise<Grant[]> {
  const known = await licenseManager.findGrant(knownArn);
  if (!known) {
    return [];
  }
  const { own } = await sortLiveGrants(owner, {}, licenseManager,
    ({ name, granteePrincipalArn }) => name === known.name || granteePrincipalArn === known.granteePrincipalArn);
  const replacedArn = own.filter(({ grant }) => grant.arn === known.arn).map(predecessorArnOf)[0];
  return own
    .filter((each) => each.grant.arn !== known.arn && (hasSamePlace(each.grant, known) || follows(each, [known.arn, replacedArn])))
    .map(({ grant }) => grant);
}

function hasSamePlace({ licenseArn, granteePrincipalArn }: Grant, known: Grant): boolean {
  return licenseArn === known.licenseArn && granteePrincipalArn === known.granteePrincipalArn;
}

function follows(successor: TaggedGrant, grantArns: readonly (string | undefined)[]): boolean {
  const predecessorArn = predecessorArnOf(successor);
  return predecessorArn !== undefined && grantArns.includes(predecessorArn);
}

function predecessorArnOf({ tags }: TaggedGrant): string | undefined {
  return predecessorIn(tags)?.arn;
}
