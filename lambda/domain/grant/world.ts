import type { GranteeGateway } from './grantee-gateway';
import type { LicenseManagerGateway } from './license-manager-gateway';
import type { OrganizationsGateway } from '../organization/organizations-gateway';

/** The services around a grant, as the granting account sees them. */
export interface World {
  readonly accountId: string;
  readonly licenseManager: LicenseManagerGateway;
  readonly organizations: OrganizationsGateway;
  /** The grantee's side, if there is a role for it. */
  readonly grantee?: GranteeGateway;
}
