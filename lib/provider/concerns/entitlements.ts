import { Aws } from 'aws-cdk-lib';
import { Concern } from './concern';
import { READ_OWN_STACK } from './reading-stacks';
import { Permission } from '../permission';

/** Answers `Custom::MarketplaceLicense` and `Custom::MarketplaceLicenseGrant`. */
export const ENTITLEMENTS: Concern = {
  id: 'Entitlements',
  handler: 'entitlements',
  description: 'Looks AWS Marketplace licenses up and manages their grants (cdk-managed-entitlements)',
  permissions: [
    {
      // Licenses by product, the grants of a license, the accounts that a grant to an organization or OU reached, and whether the
      // organization is linked.
      sid: 'FindLicensesAndGrants',
      actions: [
        'license-manager:GetServiceSettings',
        'license-manager:ListDistributedGrants',
        'license-manager:ListReceivedGrantsForOrganization',
        'license-manager:ListReceivedLicenses',
      ],
      resources: ['*'],
      wildcardReason: 'License Manager defines no resource type for these actions; they read only',
    },
    {
      // Grants are made out to the organization or an OU by an ARN that holds the ids of the organization and of its management
      // account, and trusted access is what most failures come down to.
      sid: 'ReadOrganization',
      actions: ['organizations:DescribeOrganization', 'organizations:ListAWSServiceAccessForOrganization'],
      resources: ['*'],
      wildcardReason: 'Organizations defines no resource type for these actions; they read only',
    },
    {
      // The license is the resource of CreateGrant, and a Marketplace license belongs to an account of AWS, not to the caller's.
      sid: 'CreateGrants',
      actions: ['license-manager:CreateGrant'],
      resources: [`arn:${Aws.PARTITION}:license-manager::*:license:*`],
      wildcardReason: 'AWS Marketplace licenses live in an account that AWS owns, and their ids are not known before deployment',
    },
    {
      // Grants belong to the account that made them.
      sid: 'ManageOwnGrants',
      actions: [
        'license-manager:CreateGrantVersion',
        'license-manager:DeleteGrant',
        'license-manager:GetGrant',
        'license-manager:ListTagsForResource',
        'license-manager:TagResource',
        'license-manager:UntagResource',
      ],
      resources: [`arn:${Aws.PARTITION}:license-manager::${Aws.ACCOUNT_ID}:grant:*`],
      wildcardReason: 'License Manager chooses the id of a grant when it is created',
    },
    READ_OWN_STACK,
  ],
};

/**
 * What grants to an organization or organizational unit need besides, and only if one is not active in some account: accounts that are suspended or
 * being closed do not count.
 */
export const READ_ACCOUNTS: Permission = {
  sid: 'ReadAccounts',
  actions: ['organizations:ListAccounts'],
  resources: ['*'],
  wildcardReason: 'Organizations defines no resource type for this action; it reads only',
};
