/** Every status that License Manager knows for a grant. */
export type GrantStatus =
  | 'PENDING_WORKFLOW'
  | 'PENDING_ACCEPT'
  | 'REJECTED'
  | 'ACTIVE'
  | 'FAILED_WORKFLOW'
  | 'DELETED'
  | 'PENDING_DELETE'
  | 'DISABLED'
  | 'WORKFLOW_COMPLETED';

/** Deleted, or about to be: nothing brings such a grant back, a new one has to be made. */
export function isGone(status: GrantStatus): boolean {
  return status === 'DELETED' || status === 'PENDING_DELETE';
}

/** Still a grant that counts. A rejected one stays listed, yet is as final as a deleted one. */
export function isLive(status: GrantStatus): boolean {
  return !isGone(status) && status !== 'REJECTED';
}

/** What the grantor can do nothing about: the grantee or License Manager has decided, or the grantee is yet to decide. */
export function isInOthersHands(status: GrantStatus): boolean {
  return status === 'REJECTED' || status === 'FAILED_WORKFLOW' || status === 'PENDING_ACCEPT';
}
