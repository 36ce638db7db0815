import type { RemovalMode } from '../../../lib/grant/grant-properties';
import { Failure } from '../failure';
import type { Grant } from './grant';
import { isLive } from './grant-status';
import { ownershipKeysIn } from './ownership';
import { ABANDONED_TAG, successorIn } from './predecessor';
import { CONFIRMATIONS, ReadingPauses } from './reading-pauses';
import type { Circumstances } from './reconciliation';
import { findReplaced, restoreReplaced, retireGrant } from './retire-grant';
import type { Retirement } from './retire-grant';
import { readStanding, readTags } from './standing';
import type { Standing } from './standing';
import { findUnsettledSuccessor } from './succession';
import { switchGrant } from './switch-grant';
import { undoAdoption } from './undo-adoption';

/** A grant that its resource gives up. */
export interface Removal extends Omit<Retirement, 'tags'> {
  /** What the app chose. */
  readonly mode?: RemovalMode;
  /** Whether CloudFormation was ever told about the grant: it was not if the request that brought it about had no answer. */
  readonly wasAnswered: boolean;
  /** Whether the stack is on its way back to what it was. */
  readonly isRollingBack: () => Promise<boolean>;
}

/**
 * Deletes a grant or lets it stay, released: without the tags of its owner, so that it can be adopted again. A grant that is
 * not owned (any more) is left alone. Returns what the person who reads the stack's events should know.
 */
export async function removeGrant(removal: Removal): Promise<string | undefined> {
  const { licenseManager } = removal.world;
  const standing = await readStanding(removal.grantArn, { ...removal, licenseManager });
  if (standing.origin === 'NOT_OWNED') {
    return leaveAlone(removal);
  }
  const successor = await findUnsettledSuccessor(standing.tags, removal);
  if (successor && await isLeftTo(successor, removal)) {
    return `the grant ${removal.grantArn} is deleted, or left as chosen, once the grant that takes its place is settled: ${successor.arn}`;
  }
  const retirement = { ...removal, tags: standing.tags };
  const standard = standing.origin === 'ADOPTED' ? 'LEAVE' : 'DELETE';
  const chosen = removal.mode ?? standard;
  // Whether it is undone or given up, the end of a grant that is deleted is the same.
  const undone = (standing.origin === 'ADOPTED' || chosen !== 'DELETE') && await isUndone(retirement, standing);
  const mode = undone ? standard : chosen;
  if (mode === 'DELETE') {
    return retireGrant(retirement);
  }
  const remarks = [
    await restoreReplaced(retirement),
    undone ? await undoAdoption(retirement) : undefined,
    await letStay(retirement, mode),
  ];
  return remarks.filter((remark) => remark !== undefined).join('; ') || undefined;
}

/**
 * Whether this takes back what brought the grant about: that was never what the app asked for, or the stack is rolled back. The same
 * holds for a grant that goes before the one whose place it took: only a rollback does that.
 */
async function isUndone(removal: Removal & Retirement, { settled }: Standing): Promise<boolean> {
  if (!settled || !removal.wasAnswered || await removal.isRollingBack()) {
    return true;
  }
  const replaced = await findReplaced(removal);
  return replaced !== undefined && !replaced.abandoned;
}

/**
 * Whether the settling of the successor ends with the removal of this grant, which is needed until then. It may have been settled at this very
 * moment, and reads of that may lag behind.
 */
async function isLeftTo(successor: Grant, { grantArn, world: { licenseManager }, clock, deadline, journal }: Removal): Promise<boolean> {
  await licenseManager.tag(grantArn, [ABANDONED_TAG]);
  const pauses = new ReadingPauses(clock, deadline);
  for (let reading = 1; reading <= CONFIRMATIONS; reading += 1) {
    await pauses.pause();
    if (successorIn(await readTags(grantArn, licenseManager) ?? []) === undefined) {
      return false;
    }
  }
  journal.note('The grant is needed until its successor is settled', { grantArn, successorArn: successor.arn });
  return true;
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
async function letStay(retirement: Retirement, mode: RemovalMode): Promise<string | undefined> {
  const grant = await retirement.world.licenseManager.findGrant(retirement.grantArn);
  if (!grant || !isLive(grant.status)) {
    return undefined;
  }
  if (mode === 'DEACTIVATE' && canBeActive(grant)) {
    await deactivate(grant, retirement, retirement.reason);
  }
  return release(retirement);
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

async function release({ grantArn, tags, world, journal }: Retirement): Promise<string> {
  await world.licenseManager.untag(grantArn, ownershipKeysIn(tags));
  journal.note('Grant released', { grantArn });
  return `the grant ${grantArn} stays and is no longer managed`;
}
