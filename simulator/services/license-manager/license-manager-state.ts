import { AccountGrants } from './grants/account-grants';
import { ExistingGrants } from './grants/existing-grants';
import { Grant } from './grants/grant';
import { GrantStore } from './grants/grant-store';
import { GrantWorkflows } from './grants/grant-workflows';
import { accountPrincipalArn } from './grants/grantee-principal';
import { Membership } from './grants/membership';
import { License } from './licenses/license';
import { LicenseCatalog } from './licenses/license-catalog';
import { ClientTokens } from './requests/client-tokens';
import { Linking } from './settings/linking';
import { ServiceSettingsStore } from './settings/service-settings';
import { Clock } from '../../clock/clock';
import { OrganizationDefinition } from '../../organization/organization-definition';
import { OrganizationState } from '../../organization/organization-state';
import { ServiceLinkedRoles } from '../iam/service-linked-roles';
import { Variants } from '../variants';
import { WorkflowDurations } from '../workflow-durations';

export interface LicenseManagerSurroundings {
  readonly definition: OrganizationDefinition;
  readonly organization: OrganizationState | undefined;
  readonly serviceLinkedRoles: ServiceLinkedRoles;
  readonly clock: Clock;
  readonly durations: WorkflowDurations;
  readonly variants: Variants;
}

/** All that License Manager knows, and the workflows that change it. */
export class LicenseManagerState {
  readonly organization: OrganizationState | undefined;
  readonly licenses: LicenseCatalog;
  readonly grants: GrantStore;
  readonly settings = new ServiceSettingsStore();
  readonly clientTokens: ClientTokens;
  readonly linking: Linking;
  readonly accountGrants: AccountGrants;
  readonly workflows: GrantWorkflows;
  readonly variants: Variants;

  constructor({ definition, organization, serviceLinkedRoles, clock, durations, variants }: LicenseManagerSurroundings) {
    this.organization = organization;
    this.variants = variants;
    this.licenses = new LicenseCatalog(definition);
    this.grants = new GrantStore(variants);
    this.clientTokens = new ClientTokens(this.grants, variants);
    this.linking = new Linking(organization, this.settings, serviceLinkedRoles, variants);
    this.accountGrants = new AccountGrants(
      this.grants, { licenses: this.licenses, organization, linking: this.linking, roles: serviceLinkedRoles, clock, variants });
    this.workflows = new GrantWorkflows(this.grants, this.accountGrants, clock, durations, variants);
    this.licenses.all().forEach((license) => this.grantToSubscriber(license));
    if (organization) {
      new Membership(organization, this.grants, this.accountGrants, this.workflows, this.linking, clock).followChanges();
      if (definition.linked) this.linking.turnOn(organization, clock.now());
    }
    const existing = new ExistingGrants(this.licenses, this.grants, this.accountGrants, this.workflows, variants);
    definition.grants?.forEach((grant) => existing.add(grant));
  }

  /** The grant with which AWS Marketplace gave the license to its subscriber. */
  subscribersGrant(license: License): Grant {
    return this.grants.heldBy(license.subscriberAccountId).find(({ identity }) =>
      identity.licenseArn === license.arn && identity.grantorAccountId === license.issuerAccountId)!;
  }

  /** Licenses that one buys are accepted and active: License Manager user guide, "Granted licenses". */
  private grantToSubscriber(license: License): void {
    this.grants.add({
      parentArn: license.arn,
      licenseArn: license.arn,
      homeRegion: license.homeRegion,
      grantorAccountId: license.issuerAccountId,
      granteePrincipalArn: accountPrincipalArn(license.subscriberAccountId),
      grantee: { kind: 'account', accountId: license.subscriberAccountId },
    }, { name: license.product.name, operations: license.allowedOperations, status: 'ACTIVE' });
  }
}
