import type { Grant } from './grant';
import { isLive } from './grant-status';
import type { LicenseManagerGateway } from './license-manager-gateway';
import type { AccountGrants } from './step';
import { isAccessDenied } from '../service-error';

/** The grants of the single accounts below a grant to an organization or organizational unit, as far as License Manager shows them. */
export async function readAccountGrants(grant: Grant, licenseManager: LicenseManagerGateway): Promise<AccountGrants> {
  try {
    const accountGrants = await licenseManager.listAccountGrants(grant.licenseArn, grant.arn);
    return accountGrants.length === 0 && await areShownOtherwise(grant, licenseManager) ? 'NOT_SHOWN' : accountGrants;
  } catch (error) {
    if (isAccessDenied(error)) {
      return 'NOT_PERMITTED';
    }
    throw error;
  }
}

/**
 * That the grants of accounts name the organization's grant as their parent follows from a filter of the list, and no document shows one. If they
 * name the license instead, they cannot be told from grants that were made to those accounts; that there are such of the same name is enough
 * not to take the organization for one without accounts.
 */
async function areShownOtherwise(grant: Grant, licenseManager: LicenseManagerGateway): Promise<boolean> {
  const grants = await licenseManager.listAccountGrants(grant.licenseArn, grant.licenseArn);
  return grants.some(({ arn, name, status }) => arn !== grant.arn && name === grant.name && isLive(status));
}
