import type { ServiceLinkedRolesGateway } from './service-linked-roles-gateway';
import type { LicenseManagerGateway } from '../grant/license-manager-gateway';
import type { OrganizationsGateway } from '../organization/organizations-gateway';

/** The services that managed entitlements have to be set up in. */
export interface SetupWorld {
  readonly accountId: string;
  readonly organizations: OrganizationsGateway;
  /** In the Region that AWS Marketplace keeps its licenses in. */
  readonly licenseManager: LicenseManagerGateway;
  readonly serviceLinkedRoles: ServiceLinkedRolesGateway;
}
