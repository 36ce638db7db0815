import { CORE_ROLE, MANAGEMENT_ACCOUNT_ROLE, MARKETPLACE_ROLE, MEMBER_ACCOUNT_ROLE } from './service-linked-role';
import type { ServiceLinkedRole } from './service-linked-role';
import type { FeatureSet } from '../organization/organization';
import { LICENSE_MANAGER, LICENSE_MANAGER_MEMBER_ACCOUNT, MARKETPLACE_LICENSE_MANAGEMENT } from '../organization/service-principals';

/** One thing that has to be on for managed entitlements to work. */
export type Switch =
  | { readonly kind: 'trusted-access'; readonly servicePrincipal: string }
  | { readonly kind: 'service-linked-role'; readonly role: ServiceLinkedRole }
  | { readonly kind: 'linking' }
  | { readonly kind: 'delegated-administrator'; readonly accountId: string };

/** The account that is registered, if any, does so for this service. An organization has one at most. */
export const DELEGATING_SERVICE = LICENSE_MANAGER;

const TRUSTED_ACCESS: readonly Switch[] = [LICENSE_MANAGER, LICENSE_MANAGER_MEMBER_ACCOUNT, MARKETPLACE_LICENSE_MANAGEMENT]
  .map((servicePrincipal) => ({ kind: 'trusted-access', servicePrincipal }));

const ROLES: readonly Switch[] = [CORE_ROLE, MANAGEMENT_ACCOUNT_ROLE, MEMBER_ACCOUNT_ROLE, MARKETPLACE_ROLE].map(roleSwitch);

/** Member roles are what License Manager links with; without all features there is nothing to link. */
const ROLES_FOR_CONSOLIDATED_BILLING: readonly Switch[] = [CORE_ROLE, MARKETPLACE_ROLE].map(roleSwitch);

const LINKING: Switch = { kind: 'linking' };

/** What the management account needs, in the order in which the services build on each other. */
export function requiredSwitches(featureSet: FeatureSet, delegatedAdministrator: string | undefined): readonly Switch[] {
  return featureSet === 'ALL'
    ? [...TRUSTED_ACCESS, ...ROLES, LINKING, ...(delegatedAdministrator === undefined ? [] : [delegation(delegatedAdministrator)])]
    : ROLES_FOR_CONSOLIDATED_BILLING;
}

/** Everything that may be on, in the order in which the services let go of it. */
export function undoableSwitches(featureSet: FeatureSet, delegatedAdministrators: readonly string[]): readonly Switch[] {
  const roles = [MANAGEMENT_ACCOUNT_ROLE, MEMBER_ACCOUNT_ROLE, MARKETPLACE_ROLE, CORE_ROLE].map(roleSwitch);
  return featureSet === 'ALL' ? [...delegatedAdministrators.map(delegation), LINKING, ...TRUSTED_ACCESS, ...roles] : roles;
}

/** Unique, stable and short: it is recorded with the stack. */
export function nameOf(which: Switch): string {
  switch (which.kind) {
    case 'trusted-access':
      return `${which.kind}:${withoutDomain(which.servicePrincipal)}`;
    case 'service-linked-role':
      return `${which.kind}:${withoutDomain(which.role.servicePrincipal)}`;
    default:
      return which.kind;
  }
}

/** For a message: 'is missing' or 'was kept' can follow. */
export function describe(which: Switch): string {
  switch (which.kind) {
    case 'trusted-access':
      return `trusted access for ${which.servicePrincipal}`;
    case 'service-linked-role':
      return `the service-linked role ${which.role.name}`;
    case 'linking':
      return 'the linking of AWS Organizations in License Manager';
    case 'delegated-administrator':
      return `the registration of account ${which.accountId} as delegated administrator of License Manager`;
  }
}

function roleSwitch(role: ServiceLinkedRole): Switch {
  return { kind: 'service-linked-role', role };
}

function delegation(accountId: string): Switch {
  return { kind: 'delegated-administrator', accountId };
}

function withoutDomain(servicePrincipal: string): string {
  return servicePrincipal.replace(/\.amazonaws\.com$/, '');
}
