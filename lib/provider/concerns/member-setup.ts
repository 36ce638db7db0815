import { Concern } from './concern';
import { createServiceLinkedRoles, ROLES_OF_A_MEMBER_ACCOUNT } from './service-linked-roles';

/** Answers `Custom::ManagedEntitlementsMemberSetup`. */
export const MEMBER_SETUP: Concern = {
  id: 'MemberSetup',
  handler: 'member-setup',
  description: 'Prepares a member account for managed entitlements (cdk-managed-entitlements)',
  permissions: createServiceLinkedRoles(ROLES_OF_A_MEMBER_ACCOUNT),
};
