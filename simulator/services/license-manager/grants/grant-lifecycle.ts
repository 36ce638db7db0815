import type { GrantStatus } from '@aws-sdk/client-license-manager';
import { Variants } from '../../variants';

// The grant state machine, by the License Manager user guide ("Grant statuses") and AWS's "How to use Managed
// entitlements". Pure: no store, no clock, no caller.

/** Rejected and deleted grants never come back: make a new one. */
export function isTerminal(status: GrantStatus): boolean {
  return status === 'REJECTED' || status === 'DELETED';
}

/** Takes the place of another grant of the same license to the same grantee. */
export function isLive(status: GrantStatus): boolean {
  return !isTerminal(status) && status !== 'PENDING_DELETE';
}

/** What a grant shows before it has reached anybody. */
export function statusDuringDistribution(toGroup: boolean, variants: Variants): GrantStatus {
  return toGroup ? 'PENDING_WORKFLOW' : variants.statusDuringDistribution;
}

export function statusAfterDistribution(accepted: boolean): GrantStatus {
  return accepted ? 'DISABLED' : 'PENDING_ACCEPT';
}

/**
 * Where an organization's grant rests: it only reports that its workflow ran, the accounts' own grants hold the truth.
 * @param status what was asked for
 */
export function restingStatusOfGroup(status: GrantStatus, { organizationGrantStatus }: Variants): GrantStatus {
  return organizationGrantStatus === 'as-asked-for' ? status : 'WORKFLOW_COMPLETED';
}

export function canBeAccepted(status: GrantStatus): boolean {
  return status === 'PENDING_ACCEPT';
}

/** The console offers it for grants that are pending or disabled. */
export function canBeRejected(status: GrantStatus, { rejectionOfActiveGrant }: Variants): boolean {
  return status === 'PENDING_ACCEPT' || status === 'DISABLED' || (status === 'ACTIVE' && rejectionOfActiveGrant === 'possible');
}

/** Whether a new version may be made, at rest. Guess: not after a failed workflow, from which no way back is documented. */
export function canBeRevised(status: GrantStatus): boolean {
  return status === 'PENDING_ACCEPT' || status === 'DISABLED' || status === 'ACTIVE' || status === 'WORKFLOW_COMPLETED';
}

/** Activation comes after acceptance. */
export function canBeSwitched(status: GrantStatus): boolean {
  return canBeRevised(status) && status !== 'PENDING_ACCEPT';
}

/** Every grant that is live, one whose workflow runs or failed among them. */
export function canBeDeleted(status: GrantStatus): boolean {
  return isLive(status);
}
