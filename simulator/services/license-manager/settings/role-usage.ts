import { CORE, Linking, MANAGEMENT, MARKETPLACE, MEMBER } from './linking';
import { OrganizationState } from '../../../organization/organization-state';
import { Role } from '../../iam/roles';
import { RoleUsage, RoleUsageCheck } from '../../iam/service-linked-role-deletions';
import { ServiceLinkedRoles } from '../../iam/service-linked-roles';

/** Trusted access for this principal keeps that service's role alive in every account of the organization. */
const KEPT_BY_TRUSTED_ACCESS: Readonly<Record<string, string>> = {
  [CORE]: CORE,
  [MANAGEMENT]: CORE,
  [MEMBER]: MEMBER,
  [MARKETPLACE]: MARKETPLACE,
};

/**
 * Why License Manager and AWS Marketplace refuse to let a service-linked role go: trusted access is on and the account
 * is in the organization (Organizations user guide); the core role is the last one to go (License Manager user guide,
 * "Core role"). Guess: the texts, and that linking keeps the management account's role.
 */
export function licenseManagerRoleUsage(
  organization: OrganizationState | undefined, linking: Linking, roles: ServiceLinkedRoles,
): RoleUsageCheck {
  return (role) => {
    const service = roles.serviceOf(role) ?? '';
    const trusted = KEPT_BY_TRUSTED_ACCESS[service];
    if (trusted !== undefined && organization?.account(role.accountId) && organization.trusts(trusted)) {
      return inUse(role, `Trusted access for ${trusted} is enabled in AWS Organizations.`);
    }
    if (service === MANAGEMENT && linking.isOn()) {
      return inUse(role, 'AWS Organizations accounts are linked in the settings of AWS License Manager.');
    }
    if (service === CORE && [MANAGEMENT, MEMBER].some((other) => roles.exists(role.accountId, other))) {
      return inUse(role, 'The roles of AWS License Manager for the management account and for member accounts must be deleted first.');
    }
    return undefined;
  };
}

function inUse(role: Role, reason: string): RoleUsage {
  return { reason, region: 'us-east-1', resourceArn: role.arn };
}
