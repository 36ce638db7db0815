import { Agreement, Entitlement } from './agreement';
import { statusAt } from '../license-manager/licenses/license-catalog';

export type AgreementStatus = 'ACTIVE' | 'EXPIRED' | 'RENEWED' | 'TERMINATED';

/**
 * How an agreement stands.
 * Guess: an organization file says how licenses stand; an agreement is TERMINATED with them, RENEWED if the next one of
 * its chain has begun when it is over, and ACTIVE before it starts, as one whose entitlements are scheduled.
 */
export function agreementStatus(agreement: Agreement, isContinued: boolean, now: Date): AgreementStatus {
  const statuses = agreement.entitlements.map(({ license }) => statusAt(license, now));
  if (statuses.every((status) => status === 'EXPIRED')) return isContinued ? 'RENEWED' : 'EXPIRED';
  return statuses.every((status) => ['DEACTIVATED', 'PENDING_DELETE', 'DELETED', 'EXPIRED'].includes(status)) ? 'TERMINATED' : 'ACTIVE';
}

export type EntitlementStatus =
  | { readonly status: 'PROVISIONED' }
  | { readonly status: 'SCHEDULED'; readonly statusReasonCode: 'FUTURE_START_DATE' }
  | { readonly status: 'PENDING'; readonly statusReasonCode: 'PROVISIONING_IN_PROGRESS' }
  | { readonly status: 'FAILED'; readonly statusReasonCode: 'ACCOUNT_SUSPENDED' }
  | { readonly status: 'DEPROVISIONED'; readonly statusReasonCode: 'AGREEMENT_INACTIVE' };

/** Guess: which status of a license is which of its entitlement; the model has the names and reasons. */
export function entitlementStatus({ license }: Entitlement, now: Date): EntitlementStatus {
  if (license.validity.begin > now) return { status: 'SCHEDULED', statusReasonCode: 'FUTURE_START_DATE' };
  switch (statusAt(license, now)) {
    case 'AVAILABLE': return { status: 'PROVISIONED' };
    case 'PENDING_AVAILABLE': return { status: 'PENDING', statusReasonCode: 'PROVISIONING_IN_PROGRESS' };
    case 'SUSPENDED': return { status: 'FAILED', statusReasonCode: 'ACCOUNT_SUSPENDED' };
    default: return { status: 'DEPROVISIONED', statusReasonCode: 'AGREEMENT_INACTIVE' };
  }
}
