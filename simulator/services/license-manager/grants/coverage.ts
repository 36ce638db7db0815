import { GroupPrincipal } from './grantee-principal';
import { OrganizationState } from '../../../organization/organization-state';

/**
 * The accounts that a grant to an organization or organizational unit reaches: active ones, those of nested units
 * included (License Manager user guide, "Distribute"), without the grantor, who holds the license itself.
 */
export function coveredAccounts(principal: GroupPrincipal, grantorAccountId: string, organization: OrganizationState): string[] {
  const top = principal.kind === 'organization' ? organization.rootId : principal.organizationalUnitId;
  return organization.accountsUnder(top)
    .filter(({ id, state }) => state === 'ACTIVE' && id !== grantorAccountId)
    .map(({ id }) => id);
}

/** Whether an account is below the principal, whatever its state. */
export function isBelow(accountId: string, principal: GroupPrincipal, organization: OrganizationState): boolean {
  const top = principal.kind === 'organization' ? organization.rootId : principal.organizationalUnitId;
  return organization.accountsUnder(top).some(({ id }) => id === accountId);
}
