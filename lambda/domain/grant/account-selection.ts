import type { Activation } from './grant-spec';

/** Which accounts of a grant to an organization or organizational unit are activated, if not all. */
export interface AccountSelection {
  readonly kind: 'EXCEPT' | 'ONLY';
  readonly accountIds: readonly string[];
  /** Those that the grant need not reach: a missing account is no typing error if it was accepted before, or is the grantor's own. */
  readonly mayBeMissing: readonly string[];
}

export function isSelected({ kind, accountIds }: AccountSelection, accountId: string): boolean {
  return accountIds.includes(accountId) === (kind === 'ONLY');
}

/** Whether the activation cannot do without a look at the grants of the single accounts. */
export function needsAccountGrants({ accounts, onConflict }: Activation): boolean {
  return accounts !== undefined || onConflict === 'FAIL';
}
