import { ServiceSettingsStore } from './service-settings';
import { OrganizationState } from '../../../organization/organization-state';
import { ServiceLinkedRoles } from '../../iam/service-linked-roles';
import { Variants } from '../../variants';

/** Where the switch counts for AWS Marketplace licenses: it is a setting of a Region, and they live in us-east-1. */
const LINKING_REGION = 'us-east-1';

export const CORE = 'license-manager.amazonaws.com';
export const MANAGEMENT = 'license-manager.master-account.amazonaws.com';
export const MEMBER = 'license-manager.member-account.amazonaws.com';
export const MARKETPLACE = 'license-management.marketplace.amazonaws.com';

/**
 * "Link AWS Organizations accounts" in License Manager's settings, and what it brings: trusted access for License
 * Manager's two principals, and its service-linked roles in the management account and in every member (License
 * Manager user guide, "Settings" and "Member role"; AWS's "How to use Managed entitlements").
 *
 * Guess: it does so at once, and every time.
 */
export class Linking {
  constructor(
    private readonly organization: OrganizationState | undefined,
    private readonly settings: ServiceSettingsStore,
    private readonly roles: ServiceLinkedRoles,
    private readonly variants: Variants,
  ) {}

  isOn(): boolean {
    return this.organization !== undefined
      && this.settings.get(this.organization.managementAccountId, LINKING_REGION).enableIntegration;
  }

  turnOn(organization: OrganizationState, now: Date): void {
    const settings = this.settings.get(organization.managementAccountId, LINKING_REGION);
    this.settings.put(organization.managementAccountId, LINKING_REGION, { ...settings, enableIntegration: true });
    this.establish(organization, now);
  }

  /** What linking does beside setting its switch. Unlinking sets the switch back and undoes none of this. */
  establish(organization: OrganizationState, now: Date): void {
    if (this.variants.trustedAccessByLinking === 'enabled') {
      [CORE, MEMBER].forEach((servicePrincipal) => organization.trust(servicePrincipal, now));
    }
    [CORE, MANAGEMENT].forEach((service) => this.roles.ensure(organization.managementAccountId, service, now));
    organization.accounts
      .filter(({ id }) => id !== organization.managementAccountId)
      .forEach(({ id }) => this.equipMember(id, now));
  }

  /** Accounts that join later get the same roles. */
  equipMember(accountId: string, now: Date): void {
    [CORE, MEMBER].forEach((service) => this.roles.ensure(accountId, service, now));
  }
}
