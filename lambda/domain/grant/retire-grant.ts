import { isAccessDenied, isRefusedRequest } from '../service-error';
import type { AccountSelection } from './account-selection';
import { deleteGrant } from './delete-grant';
import type { ActivationOverrideBehavior, Grant } from './grant';
import type { Tag } from './grant-spec';
import { isLive } from './grant-status';
import { isOwnedBy } from './ownership';
import { ABANDONED_TAG, isAbandoned, predecessorIn } from './predecessor';
import type { Circumstances } from './reconciliation';
import { restorePredecessor } from './restore-predecessor';
import { findUnsettledSuccessor } from './succession';

/** A grant that its resource gives up. */
export interface Retirement extends Circumstances {
  readonly grantArn: string;
  readonly tags: readonly Tag[];
  readonly reason?: string;
  /** What the grant's activation was to do to other grants of the product. */
  readonly override?: ActivationOverrideBehavior;
  /** The accounts in which the grant was to be active, if not as a whole; its predecessor is taken to have had the same. */
  readonly accounts?: AccountSelection;
}

/**
 * Deletes a grant. One that took the place of another is deleted while that is still there in two cases: a rollback removes the
 * new grant without asking for the old one, which is active again then; or the old one could not be deleted in its time, and
 * goes now. Returns what the person who reads the stack's events should know.
 */
export async function retireGrant(retirement: Retirement): Promise<string | undefined> {
  const replaced = await findReplaced(retirement);
  const obstacle = await restore(replaced, retirement);
  await deleteOrAbandon(retirement);
  if (replaced?.abandoned) {
    await deleteOrAbandon({ ...retirement, grantArn: replaced.grant.arn });
  }
  return obstacle;
}

/** The grant whose place this one took, if its resource has it still. */
export interface ReplacedGrant {
  readonly grant: Grant;
  readonly abandoned: boolean;
}

/** For a grant that stays: the one whose place it took is active again. Returns what stood in the way. */
export async function restoreReplaced(retirement: Retirement): Promise<string | undefined> {
  return restore(await findReplaced(retirement), retirement);
}

async function restore(replaced: ReplacedGrant | undefined, retirement: Retirement): Promise<string | undefined> {
  if (!replaced || replaced.abandoned) {
    return undefined;
  }
  const obstacle = await restorePredecessor({ ...retirement, predecessorArn: replaced.grant.arn, successorArn: retirement.grantArn });
  return obstacle?.why;
}

export async function findReplaced(retirement: Retirement): Promise<ReplacedGrant | undefined> {
  const { owner, world } = retirement;
  const arn = predecessorIn(retirement.tags);
  const grant = arn === undefined ? undefined : await world.licenseManager.findGrant(arn);
  if (!grant || !isLive(grant.status)) {
    return undefined;
  }
  const tags = await readTags(grant.arn, retirement);
  return isOwnedBy(owner, tags) && await isSuccessor(retirement, tags) ? { grant, abandoned: isAbandoned(tags) } : undefined;
}

/** Since then another grant may have come to take the place. */
async function isSuccessor(retirement: Retirement, tags: readonly Tag[]): Promise<boolean> {
  const successor = await findUnsettledSuccessor(tags, retirement);
  return successor === undefined || successor.arn === retirement.grantArn;
}

/** A grant that cannot be deleted remembers that it was to be. */
async function deleteOrAbandon(retirement: Retirement): Promise<void> {
  const { licenseManager } = retirement.world;
  try {
    await deleteGrant({ ...retirement, licenseManager });
  } catch (error) {
    await licenseManager.tag(retirement.grantArn, [ABANDONED_TAG]).catch((refusal: Error) =>
      retirement.journal.note('The grant could not be marked as one that is to be deleted', { grantArn: retirement.grantArn, said: refusal.message }));
    throw error;
  }
}

/** Nothing if they cannot be read: deleting a grant must not depend on that. */
async function readTags(grantArn: string, { world }: Retirement): Promise<readonly Tag[]> {
  try {
    return await world.licenseManager.listTags(grantArn);
  } catch (error) {
    if (isAccessDenied(error) || isRefusedRequest(error)) {
      return [];
    }
    throw error;
  }
}
