import type { Grant } from './grant';
import type { Tag } from './grant-spec';
import { isLive } from './grant-status';
import type { LicenseManagerGateway } from './license-manager-gateway';
import { isOwnedBy } from './ownership';
import { isAbandoned, predecessorIn, replacesTag, SUCCESSOR_KEYS, successorIn, successorTag } from './predecessor';
import type { Circumstances } from './reconciliation';
import { readTags } from './standing';
import { reconcileTags } from './tagging';

/*
 * A replacement that outlasts its deployment: CloudFormation asks for the deletion of the old grant as soon as the deployment ends, and
 * until the new grant is settled the old one is needed. Each of the two remembers the other.
 */

type Context = Pick<Circumstances, 'owner' | 'world'>;

/** From now on the old grant is kept, whoever asks for its deletion, until the successor is settled. */
export async function beginSuccession(predecessorArn: string, successorArn: string, licenseManager: LicenseManagerGateway): Promise<void> {
  await reconcileTags(successorArn, [replacesTag(predecessorArn)], [], licenseManager);
  await reconcileTags(predecessorArn, [successorTag(successorArn)], [], licenseManager);
}

/** The successor is settled. Returns whether the deletion of the old grant was asked for meanwhile. */
export async function endSuccession(predecessorArn: string, { owner, world: { licenseManager } }: Context): Promise<boolean> {
  const tags = await readTags(predecessorArn, licenseManager) ?? [];
  if (!isOwnedBy(owner, tags)) {
    return false;
  }
  if (successorIn(tags) !== undefined) {
    await licenseManager.untag(predecessorArn, SUCCESSOR_KEYS);
  }
  // Only now: who asks for the deletion says so first, and then looks whether there is a successor still.
  return isAbandoned(await readTags(predecessorArn, licenseManager) ?? []);
}

/** The old grant whose replacement by this one is not at its end. */
export async function findUnfinishedPredecessor({ arn }: Grant, { owner, world: { licenseManager } }: Context): Promise<Grant | undefined> {
  const predecessorArn = predecessorIn(await readTags(arn, licenseManager) ?? []);
  const predecessor = predecessorArn === undefined ? undefined : await licenseManager.findGrant(predecessorArn);
  if (!predecessor || !isLive(predecessor.status)) {
    return undefined;
  }
  const tags = await readTags(predecessor.arn, licenseManager) ?? [];
  return isOwnedBy(owner, tags) && successorIn(tags) === arn ? predecessor : undefined;
}

/** The grant that takes the place of the one with these tags, and is not settled yet. */
export async function findUnsettledSuccessor(tags: readonly Tag[], { owner, world: { licenseManager } }: Context): Promise<Grant | undefined> {
  const successorArn = successorIn(tags);
  const successor = successorArn === undefined ? undefined : await licenseManager.findGrant(successorArn);
  if (!successor || !isLive(successor.status)) {
    return undefined;
  }
  const successorTags = await readTags(successor.arn, licenseManager) ?? [];
  return isOwnedBy(owner, successorTags) && !isAbandoned(successorTags) ? successor : undefined;
}
