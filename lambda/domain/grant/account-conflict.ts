import type { Grant } from './grant';
import type { GrantStatus } from './grant-status';
import { accountIdOf } from './principal';
import type { Journal } from '../journal';

/** An account whose part of a grant to an organization or organizational unit is not what it is to be. */
export interface AccountConflict {
  readonly accountId: string;
  readonly status: GrantStatus;
  readonly reason?: string;
}

/** @param refusal what License Manager said to a change of this account's grant, if it refused one */
export function conflictOf({ granteePrincipalArn, status, statusReason }: Grant, refusal?: string): AccountConflict {
  return { accountId: accountIdOf(granteePrincipalArn), status, reason: refusal ?? statusReason };
}

/** A message has to fit into an answer to CloudFormation; the log has the rest. */
const MOST_DESCRIBED = 10;

export function describeConflicts(conflicts: readonly AccountConflict[]): string {
  const described = conflicts.slice(0, MOST_DESCRIBED).map(({ accountId, status, reason }) => `${accountId} ${status}${reason ? ` (${reason})` : ''}`);
  return [...described, ...(conflicts.length > MOST_DESCRIBED ? [`${conflicts.length - MOST_DESCRIBED} more`] : [])].join(', ');
}

/** CloudWatch Logs takes 256 KB at once, and a reason can have 400 characters. */
const MOST_NOTED_AT_ONCE = 100;

export function noteConflicts(conflicts: readonly AccountConflict[], journal: Journal): void {
  for (let first = 0; first < conflicts.length; first += MOST_NOTED_AT_ONCE) {
    journal.note('Accounts in which the grant is not as asked for', { accounts: conflicts.slice(first, first + MOST_NOTED_AT_ONCE) });
  }
}
