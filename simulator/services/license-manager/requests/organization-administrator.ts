import { OrganizationState } from '../../../organization/organization-state';
import { CallContext } from '../../../wire/service';
import { notAllowed } from '../errors';
import { LicenseManagerState } from '../license-manager-state';
import { CORE } from '../settings/linking';

/**
 * The organization, for its management account or License Manager's delegated administrator.
 * Guess: the delegated administrator may do here what the management account may; the user guide speaks of administrators.
 */
export function administeredOrganization({ organization }: LicenseManagerState, { caller }: CallContext): OrganizationState {
  const isAdministrator = organization
    && (caller.accountId === organization.managementAccountId || organization.isDelegatedAdministrator(caller.accountId, CORE));
  if (!isAdministrator) throw notAllowed(caller.accountId, 'read what the organization received');
  return organization;
}
