import type { Organization } from './organization';
import type { OrganizationAccount } from './organization-account';

/** AWS Organizations as the domain needs it. */
export interface OrganizationsGateway {
  /** Nothing if the account is in no organization. */
  describeOrganization(): Promise<Organization | undefined>;
  /** Service principals with trusted access. Only the management account and delegated administrators may ask. */
  listTrustedServices(): Promise<string[]>;
  /** Every account. Only the management account and delegated administrators may ask. */
  listAccounts(): Promise<OrganizationAccount[]>;
  enableTrustedAccess(servicePrincipal: string): Promise<void>;
  disableTrustedAccess(servicePrincipal: string): Promise<void>;
  /** Accounts that are registered as delegated administrator for the service principal. */
  listDelegatedAdministrators(servicePrincipal: string): Promise<string[]>;
  registerDelegatedAdministrator(accountId: string, servicePrincipal: string): Promise<void>;
  deregisterDelegatedAdministrator(accountId: string, servicePrincipal: string): Promise<void>;
}
