import type { RemovalMode } from '../../../lib/grant/grant-properties';
import { Failure } from '../failure';
import { ServiceError } from '../service-error';
import type { AccountSelection } from './account-selection';
import { deleteGrant } from './delete-grant';
import type { ActivationOverrideBehavior, Grant } from './grant';
import type { Tag } from './grant-spec';
import { isLive } from './grant-status';
import { ownershipKeysIn } from './ownership';
import { abandonedTag, abandonmentIn } from './predecessor';
import type { Circumstances } from './reconciliation';
import { findReplaced } from './replaced-grant';
import type { ReplacedGrant } from './replaced-grant';
import { restorePredecessor } from './restore-predecessor';
import { readStanding } from './standing';
import type { Standing } from './standing';
import { endSuccession, findUnsettledSuccessor, isStillNeeded } from './succession';
import { switchGrant } from './switch-grant';
import { undoAdoption } from './undo-adoption';
import { isRollingBack, isUpdating } from '../stack/stack-status';

/** A grant that its resource gives up. */
export interface Removal extends Circumstances {
  readonly grantArn: string;
  /** What the app chose. */
  readonly mode?: RemovalMode;
  readonly reason?: string;
  /** What the grant's activation was to do to other grants of the product. */
  readonly override?: ActivationOverrideBehavior;
  /** The accounts in which the grant was to be active, if not as a whole; its predecessor is taken to have had the same. */
  readonly accounts?: AccountSelection;
  /** Whether CloudFormation was ever told about the grant: it was not if the request that brought it about had no answer. */
  readonly wasAnswered: boolean;
  /** What the stack is doing; nothing if that cannot be found out. */
  readonly readStackStatus: () => Promise<string | undefined>;
}

/** A removal that takes place, with all that is known by then. */
interface End extends Removal {
  readonly standing: Standing;
  readonly tags: readonly Tag[];
  /** Whether it takes back what brought the grant about. Absent if that is not known. */
  readonly isRollback?: boolean;
}

/**
 * Deletes a grant or lets it stay, released: without the tags of its owner, so that it can be adopted again. A grant that is
 * not owned (any more) is left alone, and one whose successor is not settled yet goes later. Returns what the person who reads the
 * stack's events should know.
 */
export async function removeGrant(removal: Removal): Promise<string | undefined> {
  const { grantArn, world: { licenseManager } } = removal;
  const standing = await readStanding(grantArn, { ...removal, licenseManager });
  if (standing.origin === 'NOT_OWNED') {
    return leaveAlone(removal);
  }
  const stackStatus = await removal.readStackStatus();
  const isRollback = isRollingBack(stackStatus);
  const mark = abandonedTag(abandonmentIn(standing.tags) ?? (isRollback ? 'undone' : 'replaced'));
  const successor = await findUnsettledSuccessor(standing.tags, removal);
  if (successor) {
    await licenseManager.tag(grantArn, [mark]);
    if (await isStillNeeded(grantArn, removal)) {
      return leaveTo(successor, removal);
    }
  }
  const isRemembered = !successor && removal.wasAnswered && !isRollback && isUpdating(stackStatus) !== false && await remember(mark, removal);
  return end({ ...removal, standing, tags: [...standing.tags, ...successor || isRemembered ? [mark] : []], isRollback });
}

/** Removes a grant whose deletion was asked for when it was still needed, or which could not be deleted then. */
export async function removeAbandonedGrant(removal: Removal): Promise<string | undefined> {
  const { grantArn, world: { licenseManager } } = removal;
  const standing = await readStanding(grantArn, { ...removal, licenseManager });
  if (standing.origin === 'NOT_OWNED') {
    return leaveAlone(removal);
  }
  return end({ ...removal, standing, tags: standing.tags, isRollback: abandonmentIn(standing.tags) === 'undone' });
}

/**
 * In an update CloudFormation goes on without a grant that cannot be deleted: then that goes with its successor. Returns whether the mark could
 * be made.
 */
async function remember(mark: Tag, { grantArn, world: { licenseManager }, journal }: Removal): Promise<boolean> {
  const grant = await licenseManager.findGrant(grantArn);
  if (!grant || !isLive(grant.status)) {
    return false;
  }
  try {
    await licenseManager.tag(grantArn, [mark]);
    return true;
  } catch (error) {
    if (!(error instanceof ServiceError)) {
      throw error;
    }
    journal.note('The grant could not be marked as one that is to be deleted', { grantArn, said: error.message });
    return false;
  }
}

function leaveTo(successor: Grant, { grantArn, journal }: Removal): string {
  journal.note('The grant is needed until its successor is settled', { grantArn, successorArn: successor.arn });
  return leftTo(grantArn, successor.arn);
}

/** What the person who reads the stack's events should know of a grant that goes later. */
export function leftTo(grantArn: string, successorArn: string): string {
  return `the grant ${grantArn} is deleted, or left as chosen, once the grant that takes its place is settled: ${successorArn}`;
}

/** The grant whose place this one took comes first: what this one remembers of it goes with this one. */
async function end(removal: End): Promise<string | undefined> {
  const { standing, mode: chosen } = removal;
  const replaced = await findReplaced(removal);
  const standard = standing.origin === 'ADOPTED' ? 'LEAVE' : 'DELETE';
  // Whether it is undone or given up, the end of a grant that is deleted is the same.
  const undone = (standing.origin === 'ADOPTED' || (chosen ?? standard) !== 'DELETE') && isUndone(removal, replaced);
  const mode = undone ? standard : chosen ?? standard;
  const remarks = [
    replaced && await settleReplaced(replaced, removal),
    undone ? await undoAdoption(removal) : undefined,
    mode === 'DELETE' ? await deleteGrant({ ...removal, licenseManager: removal.world.licenseManager }) : await letStay(removal, mode),
  ];
  return remarks.filter((remark) => remark !== undefined).join('; ') || undefined;
}

/**
 * Whether this takes back what brought the grant about: no deployment has succeeded with it, or the stack is rolled back. If nobody can tell,
 * the same is taken to hold for a grant that goes before the one whose place it took.
 */
function isUndone({ standing, wasAnswered, isRollback }: End, replaced: ReplacedGrant | undefined): boolean {
  return standing.isProvisional || !wasAnswered || (isRollback ?? isInUseAgain(replaced));
}

/**
 * In a rollback the grant before is active again. Otherwise it is none of this grant's business, unless its deletion was asked for: then it goes
 * too.
 */
async function settleReplaced(replaced: ReplacedGrant, removal: End): Promise<string | undefined> {
  if (replaced.isAbandoned) {
    return removeAbandonedGrant({ ...removal, grantArn: replaced.grant.arn, wasAnswered: true });
  }
  if (!isInUseAgain(replaced) || removal.isRollback === false) {
    return undefined;
  }
  const obstacle = await restorePredecessor({ ...removal, predecessorArn: replaced.grant.arn, successorArn: removal.grantArn });
  await endSuccession(replaced.grant.arn, removal);
  return obstacle?.why;
}

function isInUseAgain(replaced: ReplacedGrant | undefined): boolean {
  return replaced !== undefined && replaced.wasInUse && !replaced.isAbandoned;
}

async function leaveAlone({ grantArn, world, journal }: Removal): Promise<string | undefined> {
  const grant = await world.licenseManager.findGrant(grantArn);
  if (!grant || !isLive(grant.status)) {
    return undefined;
  }
  journal.note('Grant left alone, since its tags name another owner or none', { grantArn, status: grant.status });
  return `the grant ${grantArn} stays: its tags do not say that it belongs to this stack`;
}

/** A grant that is rejected or deleted cannot stay, and whether License Manager changes its tags is not documented. */
async function letStay(removal: End, mode: RemovalMode): Promise<string | undefined> {
  const grant = await removal.world.licenseManager.findGrant(removal.grantArn);
  if (!grant || !isLive(grant.status)) {
    return undefined;
  }
  if (mode === 'DEACTIVATE' && canBeActive(grant)) {
    await deactivate(grant, removal, removal.reason);
  }
  return release(removal);
}

/** What is not accepted or has failed cannot be used as it is. */
function canBeActive({ status }: Grant): boolean {
  return status !== 'PENDING_ACCEPT' && status !== 'FAILED_WORKFLOW';
}

async function deactivate(grant: Grant, circumstances: Circumstances, reason: string | undefined): Promise<void> {
  const outcome = await switchGrant(circumstances, grant, { mode: 'DISABLED', reason });
  if (outcome.kind !== 'settled') {
    throw new Failure(`Deactivation of the grant ${grant.arn}`, outcome.why, 'delete the stack again later, or retain the resource');
  }
}

async function release({ grantArn, tags, world, journal }: End): Promise<string> {
  await world.licenseManager.untag(grantArn, ownershipKeysIn(tags));
  journal.note('Grant released', { grantArn });
  return `the grant ${grantArn} stays and is no longer managed`;
}
