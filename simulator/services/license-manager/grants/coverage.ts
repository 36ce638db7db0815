import { GroupPrincipal } from './grantee-principal';
import { OrganizationState } from '../../../organization/organization-state';
import { Variants } from '../../variants';

/**
 * The accounts that a grant to an organization or organizational unit is made for, those of nested units included
 * (License Manager user guide, "Distribute"), without the grantor, who holds the license itself.
 */
export function coveredAccounts(
  principal: GroupPrincipal, grantorAccountId: string, organization: OrganizationState, { inactiveAccounts }: Variants,
): string[] {
  return organization.accountsUnder(topOf(principal, organization))
    .filter(({ id, state }) => id !== grantorAccountId && (state === 'ACTIVE' || inactiveAccounts === 'failed-grants'))
    .map(({ id }) => id);
}

/** Whether an account is below the principal, whatever its state. */
export function isBelow(accountId: string, principal: GroupPrincipal, organization: OrganizationState): boolean {
  const account = organization.account(accountId);
  return account !== undefined && organization.pathTo(account.parentId).includes(topOf(principal, organization));
}

function topOf(principal: GroupPrincipal, organization: OrganizationState): string {
  return principal.kind === 'organization' ? organization.rootId : principal.organizationalUnitId;
}
