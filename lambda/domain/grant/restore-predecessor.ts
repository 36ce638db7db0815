import type { AccountSelection } from './account-selection';
import type { ActivationOverrideBehavior, Grant } from './grant';
import { isLive } from './grant-status';
import type { Circumstances } from './reconciliation';
import { isActive, switchGrant } from './switch-grant';

/** A replacement that is undone. */
export interface Restoration extends Circumstances {
  readonly predecessorArn: string;
  /** Absent if it was never made. */
  readonly successorArn?: string;
  /** What the successor's activation was to do to other grants of the product. */
  readonly override?: ActivationOverrideBehavior;
  /** The accounts in which the predecessor was active, if not as a whole: the others must not be active for a moment. */
  readonly accounts?: AccountSelection;
}

/**
 * Makes the grant before active again, unless it is, or is no grant any more. Where the service may swap the two it does so
 * in one step; otherwise the successor is deactivated first. Returns what stood in the way.
 */
export async function restorePredecessor(restoration: Restoration): Promise<string | undefined> {
  const { predecessorArn, override, accounts, world, journal } = restoration;
  const predecessor = await world.licenseManager.findGrant(predecessorArn);
  if (!predecessor || !isLive(predecessor.status) || await isActive(predecessor, world)) {
    return undefined;
  }
  const swap = override === 'ALL_GRANTS_PERMITTED_BY_ISSUER';
  if (!swap) {
    await deactivateSuccessor(restoration);
  }
  const outcome = await switchGrant(restoration, predecessor, { mode: 'ACTIVE', override: swap ? override : undefined, accounts });
  journal.note('The grant before is to be active again', { grantArn: predecessorArn, outcome: outcome.kind });
  return outcome.kind === 'settled' ? undefined : `the grant before, ${predecessorArn}, could not be activated again: ${outcome.why}`;
}

async function deactivateSuccessor(restoration: Restoration): Promise<void> {
  const { successorArn, world } = restoration;
  const successor = successorArn === undefined ? undefined : await world.licenseManager.findGrant(successorArn);
  if (successor && mayBecomeActive(successor)) {
    await switchGrant(restoration, successor, { mode: 'DISABLED' });
  }
}

/** Its activation may still be under way. */
function mayBecomeActive({ status }: Grant): boolean {
  return status === 'ACTIVE' || status === 'PENDING_WORKFLOW' || status === 'WORKFLOW_COMPLETED';
}
