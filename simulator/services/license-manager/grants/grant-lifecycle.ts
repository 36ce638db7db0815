import type { GrantStatus } from '@aws-sdk/client-license-manager';

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

/** An organization's grant only reports that its workflow ran; the accounts' own grants hold the truth. */
export function statusAfterDistribution(toGroup: boolean, accepted: boolean): GrantStatus {
  if (toGroup) return 'WORKFLOW_COMPLETED';
  return accepted ? 'DISABLED' : 'PENDING_ACCEPT';
}

/** An auto-accepted grant is refused, too: https://github.com/hashicorp/terraform-provider-aws/issues/34977 */
export function canBeAccepted(status: GrantStatus): boolean {
  return status === 'PENDING_ACCEPT';
}

/**
 * The console offers it for grants that are pending or disabled.
 * Guess: for active ones as well, since Terraform's accepter rejects whatever it finds.
 */
export function canBeRejected(status: GrantStatus): boolean {
  return status === 'PENDING_ACCEPT' || status === 'DISABLED' || status === 'ACTIVE';
}

/**
 * Whether a new version may be made.
 * Guess: not while a workflow runs (nothing is documented; refusing finds clients that do not wait), nor after a
 * failed one (no way back is documented).
 */
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
