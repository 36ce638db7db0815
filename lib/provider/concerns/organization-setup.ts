import { Aws } from 'aws-cdk-lib';
import { Concern } from './concern';
import { READ_OWN_STACK } from './reading-stacks';
import { createServiceLinkedRoles, deleteServiceLinkedRoles, ROLES_OF_THE_MANAGEMENT_ACCOUNT } from './service-linked-roles';
import { Permission } from '../permission';

/**
 * The services that distribution needs trusted access for.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/services-that-can-integrate-license-manager.html
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/services-that-can-integrate-marketplace.html
 */
const TRUSTED_SERVICES = [
  'license-manager.amazonaws.com',
  'license-manager.member-account.amazonaws.com',
  'license-management.marketplace.amazonaws.com',
];

/** The one that a delegated administrator is registered for. */
const DELEGATING_SERVICE = 'license-manager.amazonaws.com';

/** Answers `Custom::ManagedEntitlementsSetup`. */
export const ORGANIZATION_SETUP: Concern = {
  id: 'OrganizationSetup',
  handler: 'organization-setup',
  description: 'Prepares an organization for managed entitlements (cdk-managed-entitlements)',
  permissions: [
    {
      sid: 'ReadOrganization',
      actions: ['organizations:DescribeOrganization', 'organizations:ListAWSServiceAccessForOrganization'],
      resources: ['*'],
      wildcardReason: 'Organizations defines no resource type for these actions; they read only',
    },
    {
      sid: 'EnableTrustedAccess',
      actions: ['organizations:EnableAWSServiceAccess'],
      resources: ['*'],
      conditions: { StringEquals: { 'organizations:ServicePrincipal': TRUSTED_SERVICES } },
      wildcardReason: 'Organizations defines no resource type for this action; a condition limits it to three services',
    },
    {
      sid: 'LinkOrganization',
      actions: ['license-manager:GetServiceSettings', 'license-manager:UpdateServiceSettings'],
      resources: ['*'],
      wildcardReason: 'License Manager defines no resource type for these actions: an account has one set of settings per Region',
    },
    ...createServiceLinkedRoles(ROLES_OF_THE_MANAGEMENT_ACCOUNT),
    READ_OWN_STACK,
  ],
};

const FIND_DELEGATED_ADMINISTRATOR: Permission = {
  sid: 'FindDelegatedAdministrator',
  actions: ['organizations:ListDelegatedAdministrators'],
  resources: ['*'],
  conditions: { StringEquals: { 'organizations:ServicePrincipal': DELEGATING_SERVICE } },
  wildcardReason: 'Organizations defines no resource type for this action; it reads only',
};

/** What a setup with a delegated administrator needs besides. An organization has one at most, so another one replaces it. */
export const DELEGATE_ADMINISTRATION: Permission[] = [
  FIND_DELEGATED_ADMINISTRATOR,
  {
    sid: 'RegisterDelegatedAdministrator',
    actions: ['organizations:DeregisterDelegatedAdministrator', 'organizations:RegisterDelegatedAdministrator'],
    resources: [`arn:${Aws.PARTITION}:organizations::${Aws.ACCOUNT_ID}:account/o-*/*`],
    conditions: { StringEquals: { 'organizations:ServicePrincipal': DELEGATING_SERVICE } },
    wildcardReason: 'the id of the organization is read at deployment, and the administrator may be another account after an update',
  },
];

/** What a setup needs besides that is not always retained. */
export const UNDO_ORGANIZATION_SETUP: Permission[] = [
  FIND_DELEGATED_ADMINISTRATOR,
  {
    // As long as there are grants, nothing is undone: they need all of it.
    sid: 'FindGrants',
    actions: ['license-manager:ListDistributedGrants'],
    resources: ['*'],
    wildcardReason: 'License Manager defines no resource type for this action; it reads only',
  },
  {
    sid: 'DisableTrustedAccess',
    actions: ['organizations:DisableAWSServiceAccess'],
    resources: ['*'],
    conditions: { StringEquals: { 'organizations:ServicePrincipal': TRUSTED_SERVICES } },
    wildcardReason: 'Organizations defines no resource type for this action; a condition limits it to three services',
  },
  ...deleteServiceLinkedRoles(ROLES_OF_THE_MANAGEMENT_ACCOUNT),
];
