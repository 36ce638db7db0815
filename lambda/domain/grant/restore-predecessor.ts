import type { AccountSelection } from './account-selection';
import type { ActivationOverrideBehavior, Grant } from './grant';
import { isLive } from './grant-status';
import type { Circumstances, SuspendedProgress } from './reconciliation';
import { isActive, switchGrant } from './switch-grant';

/**
 * How long it may take to make a grant active again that was to be replaced: changes take minutes, as distribution does ("two to three minutes",
 * Amazon Bedrock user guide). The ten minutes that grants get by default leave a function as much.
 */
export const RESTORING_MILLISECONDS = 240_000;

/** A replacement that is undone. */
export interface Restoration extends Circumstances {
  readonly predecessorArn: string;
  /** In which it was active before its replacement began, if that is known. */
  readonly predecessorVersion?: string;
  /** Absent if it was never made. */
  readonly successorArn?: string;
  /** What the successor's activation was to do to other grants of the product. */
  readonly override?: ActivationOverrideBehavior;
  /** The accounts in which the predecessor was active, if not as a whole: the others must not be active for a moment. */
  readonly accounts?: AccountSelection;
  /** Whether the successor is given time to become active after all, where License Manager works on it. */
  readonly givesTimeToSuccessor?: boolean;
  /** How far the attempt came that this one goes on with. */
  readonly resumed?: SuspendedProgress;
}

/** What stands in the way of a grant that is to be active again. */
export interface Obstacle {
  readonly why: string;
  /** Whether it is a matter of time. */
  readonly passes: boolean;
  /** What another attempt goes on with; absent if that begins anew. */
  readonly progress?: SuspendedProgress;
}

/**
 * Makes the grant before active again, unless it is, or is no grant any more. Where the service may swap the two it does so
 * in one step; otherwise the successor is deactivated first.
 */
export async function restorePredecessor(restoration: Restoration): Promise<Obstacle | undefined> {
  const { predecessorArn, override, accounts, resumed, world, journal } = restoration;
  const predecessor = await world.licenseManager.findGrant(predecessorArn);
  if (!predecessor || !isLive(predecessor.status) || (!resumed && await isUntouched(predecessor, restoration))) {
    return undefined;
  }
  const swap = override === 'ALL_GRANTS_PERMITTED_BY_ISSUER';
  const inTheWay = resumed ? undefined : await clearSuccessor(restoration, swap);
  if (inTheWay !== undefined) {
    return { why: `the grant before, ${predecessorArn}, cannot be active while its successor may be: ${inTheWay}`, passes: true };
  }
  const outcome = await switchGrant(restoration, predecessor, { mode: 'ACTIVE', override: swap ? override : undefined, accounts });
  journal.note('The grant before is to be active again', { grantArn: predecessorArn, outcome: outcome.kind });
  return outcome.kind === 'settled' ? undefined : {
    why: `the grant before, ${predecessorArn}, could not be activated again: ${outcome.why}`,
    passes: outcome.kind === 'pending',
    progress: outcome.kind === 'pending' ? outcome.progress : undefined,
  };
}

/** The accounts of an organization's grant show its deactivation later than the grant itself; its version tells at once. */
async function isUntouched(predecessor: Grant, { predecessorVersion = predecessor.version, world }: Restoration): Promise<boolean> {
  const isUnchanged = predecessor.status === 'ACTIVE' || predecessor.version === predecessorVersion;
  return isUnchanged && await isActive(predecessor, world);
}

/** Returns what there is to wait for. Another failure shows when the predecessor is activated. */
async function clearSuccessor(restoration: Restoration, swap: boolean): Promise<string | undefined> {
  const { successorArn, givesTimeToSuccessor, world } = restoration;
  const successor = successorArn === undefined ? undefined : await world.licenseManager.findGrant(successorArn);
  if (givesTimeToSuccessor && successor?.status === 'PENDING_WORKFLOW') {
    return 'License Manager is still working on that';
  }
  if (swap || !successor || !mayBecomeActive(successor)) {
    return undefined;
  }
  const outcome = await switchGrant(restoration, successor, { mode: 'DISABLED' });
  return outcome.kind === 'pending' ? outcome.why : undefined;
}

/** Its activation may still be under way. */
function mayBecomeActive({ status }: Grant): boolean {
  return status === 'ACTIVE' || status === 'PENDING_WORKFLOW' || status === 'WORKFLOW_COMPLETED';
}
