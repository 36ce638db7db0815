import { OrganizationState } from '../../../organization/organization-state';
import { CallContext } from '../../../wire/service';
import { notAllowed } from '../errors';
import { LicenseManagerState } from '../license-manager-state';
import { CORE } from '../settings/linking';

/** The organization, for its management account or License Manager's delegated administrator. */
export function administeredOrganization({ organization, variants }: LicenseManagerState, { caller }: CallContext): OrganizationState {
  const delegateMayRead = variants.readersOfOrganizationGrants === 'delegated-administrator-too';
  const isAdministrator = organization
    && (caller.accountId === organization.managementAccountId
      || (delegateMayRead && organization.isDelegatedAdministrator(caller.accountId, CORE)));
  if (!isAdministrator) throw notAllowed(caller.accountId, 'read what the organization received');
  return organization;
}
