import type { Grant } from './grant';
import type { Tag } from './grant-spec';
import { isLive } from './grant-status';
import { sortLiveGrants } from './own-grant';
import { isOwnedBy } from './ownership';
import { abandonmentIn, predecessorIn, predecessorTag, SUCCESSOR_KEYS, successorIn, successorTag } from './predecessor';
import { CONFIRMATIONS, ReadingPauses } from './reading-pauses';
import type { Circumstances } from './reconciliation';
import { readTags } from './standing';
import { reconcileTags } from './tagging';

/*
 * A replacement that outlasts its deployment: CloudFormation asks for the deletion of the old grant as soon as the deployment ends, and
 * until the new grant is settled the old one is needed. Each of the two remembers the other.
 */

type Context = Pick<Circumstances, 'owner' | 'world'>;

/**
 * From now on the old grant is kept, whoever asks for its deletion, until the successor is settled. CloudFormation may ask seconds later: it is
 * waited until the old grant shows that.
 */
export async function beginSuccession(
  predecessorArn: string, successorArn: string, { world: { licenseManager }, clock, deadline }: Pick<Circumstances, 'world' | 'clock' | 'deadline'>,
): Promise<void> {
  await reconcileTags(successorArn, [predecessorTag({ arn: predecessorArn, wasInUse: true })], [], licenseManager);
  await reconcileTags(predecessorArn, [successorTag(successorArn)], [], licenseManager);
  const pauses = new ReadingPauses(clock, deadline);
  while (successorIn(await licenseManager.listTags(predecessorArn)) !== successorArn && pauses.hasTime()) {
    await pauses.pause();
  }
}

/** The successor is settled. Returns whether the deletion of the old grant was asked for meanwhile. */
export async function endSuccession(predecessorArn: string, { owner, world: { licenseManager } }: Context): Promise<boolean> {
  const tags = await readTags(predecessorArn, licenseManager) ?? [];
  if (!isOwnedBy(owner, tags)) {
    return false;
  }
  if (successorIn(tags) === undefined) {
    return abandonmentIn(tags) !== undefined;
  }
  await licenseManager.untag(predecessorArn, SUCCESSOR_KEYS);
  // Only now: who asks for the deletion says so first, and then looks whether there is a successor still.
  return abandonmentIn(await readTags(predecessorArn, licenseManager) ?? []) !== undefined;
}

/**
 * The successor is settled in place of another one, which a rollback may lead back to: until CloudFormation asks for the deletion of that other
 * one, the old grant is left to it. Returns whether it could be.
 */
export async function leaveToOther(predecessorArn: string, otherArn: string, context: Context): Promise<boolean> {
  if (!await findKept(otherArn, context)) {
    return false;
  }
  await reconcileTags(predecessorArn, [successorTag(otherArn)], [], context.world.licenseManager);
  // Again: who deletes the other one says so first, and then looks what is left to it.
  return await findKept(otherArn, context) !== undefined;
}

/** Whether a grant whose deletion was just asked for is still needed. Its successor may have been settled meanwhile; reads of that may lag behind. */
export async function isStillNeeded(grantArn: string, { world: { licenseManager }, clock, deadline }: Circumstances): Promise<boolean> {
  const pauses = new ReadingPauses(clock, deadline);
  for (let reading = 1; reading <= CONFIRMATIONS; reading += 1) {
    await pauses.pause();
    if (successorIn(await readTags(grantArn, licenseManager) ?? []) === undefined) {
      return false;
    }
  }
  return true;
}

/** The old grant whose replacement by this one is not at its end, also if this one is no more. */
export async function findUnfinishedPredecessor(successor: Grant, context: Context): Promise<Grant | undefined> {
  const { owner, world: { licenseManager } } = context;
  const predecessorArn = await findPredecessorArn(successor, context);
  const predecessor = predecessorArn === undefined ? undefined : await licenseManager.findGrant(predecessorArn);
  if (!predecessor || !isLive(predecessor.status)) {
    return undefined;
  }
  const tags = await readTags(predecessor.arn, licenseManager) ?? [];
  return isOwnedBy(owner, tags) && successorIn(tags) === successor.arn ? predecessor : undefined;
}

/** Nothing says that the tags of a grant that is deleted can be read. Then the old one is looked for among those of the same grantee. */
async function findPredecessorArn(
  { arn, status, granteePrincipalArn }: Grant, { owner, world: { licenseManager } }: Context,
): Promise<string | undefined> {
  const remembered = predecessorIn(await readTags(arn, licenseManager) ?? []);
  if (remembered || isLive(status)) {
    return remembered?.arn;
  }
  const { own } = await sortLiveGrants(owner, { granteePrincipalArn }, licenseManager);
  return own.find(({ tags }) => successorIn(tags) === arn)?.grant.arn;
}

/** The grant that takes the place of the one with these tags, and is not settled yet. */
export async function findUnsettledSuccessor(tags: readonly Tag[], context: Context): Promise<Grant | undefined> {
  const successorArn = successorIn(tags);
  return successorArn === undefined ? undefined : findKept(successorArn, context);
}

/** The grant, unless it is no more, somebody else's by now, or about to be deleted. */
export async function findKept(grantArn: string, { owner, world: { licenseManager } }: Context): Promise<Grant | undefined> {
  const grant = await licenseManager.findGrant(grantArn);
  if (!grant || !isLive(grant.status)) {
    return undefined;
  }
  const tags = await readTags(grantArn, licenseManager) ?? [];
  return isOwnedBy(owner, tags) && abandonmentIn(tags) === undefined ? grant : undefined;
}
