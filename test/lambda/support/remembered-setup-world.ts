import { MANAGEMENT_ACCOUNT } from './grants';
import { ScriptedLicenseManager } from './scripted-license-manager';
import type { LicenseManagerGateway } from '../../../lambda/domain/grant/license-manager-gateway';
import type { Organization } from '../../../lambda/domain/organization/organization';
import type { RoleDeletion } from '../../../lambda/domain/setup/service-linked-roles-gateway';
import type { SetupWorld } from '../../../lambda/domain/setup/setup-world';

export const ORGANIZATION: Organization = {
  id: 'o-exampleorg1',
  arn: 'arn:aws:organizations::111111111111:organization/o-exampleorg1',
  managementAccountId: MANAGEMENT_ACCOUNT,
  featureSet: 'ALL',
};

/** Everything that a setup is about, on or off; what is turned on shows only after some reads. */
export class RememberedSetupWorld implements SetupWorld {
  readonly accountId = MANAGEMENT_ACCOUNT;
  readonly trustedServices = new Set<string>();
  readonly roleNames = new Set<string>();
  readonly administrators = new Set<string>();
  readonly calls: string[] = [];
  linked = false;
  /** For how many reads of the trusted services none of them shows. */
  readsThatLag = 0;
  /** Services that create the role themselves before anyone else can. */
  readonly rolesTaken = new Set<string>();
  deletion: RoleDeletion = { status: 'SUCCEEDED' };

  readonly organizations = {
    describeOrganization: async () => ORGANIZATION,
    listTrustedServices: async () => {
      this.readsThatLag -= 1;
      return this.readsThatLag >= 0 ? [] : [...this.trustedServices];
    },
    listAccounts: async () => [],
    enableTrustedAccess: async (service: string) => this.change(`enable ${service}`, () => this.trustedServices.add(service)),
    disableTrustedAccess: async (service: string) => this.change(`disable ${service}`, () => this.trustedServices.delete(service)),
    listDelegatedAdministrators: async () => [...this.administrators],
    registerDelegatedAdministrator: async (accountId: string) => this.change(`register ${accountId}`, () => this.administrators.add(accountId)),
    deregisterDelegatedAdministrator: async (accountId: string) => this.change(`deregister ${accountId}`, () => this.administrators.delete(accountId)),
  };

  readonly serviceLinkedRoles = {
    exists: async ({ name }: { name: string }) => this.roleNames.has(name),
    create: async ({ name }: { name: string }) => {
      this.change(`create ${name}`, () => this.roleNames.add(name));
      return !this.rolesTaken.has(name);
    },
    beginDeletion: async ({ name }: { name: string }) => {
      this.change(`delete ${name}`, () => this.deletion.status === 'SUCCEEDED' && this.roleNames.delete(name));
      return name;
    },
    readDeletion: async () => this.deletion,
  };

  readonly licenseManager: LicenseManagerGateway = Object.assign(new ScriptedLicenseManager(), {
    readServiceSettings: async () => ({ linked: this.linked }),
    setOrganizationsLinking: async (linked: boolean) => this.change(linked ? 'link' : 'unlink', () => { this.linked = linked; }),
  });

  private change(call: string, effect: () => unknown): void {
    this.calls.push(call);
    effect();
  }
}
