import { Aws } from 'aws-cdk-lib';
import { Concern } from './concern';
import { READ_OWN_STACK } from './reading-stacks';

/** Answers `Custom::ReceivedLicenseGrant`. */
export const RECEIVED_GRANTS: Concern = {
  id: 'ReceivedGrants',
  handler: 'received-grants',
  description: 'Answers grants of AWS Marketplace licenses that the account has received (cdk-managed-entitlements)',
  permissions: [
    {
      // The grants to this account, and the products of their licenses.
      sid: 'FindReceivedGrants',
      actions: ['license-manager:ListReceivedGrants', 'license-manager:ListReceivedLicenses'],
      resources: ['*'],
      wildcardReason: 'License Manager defines no resource type for these actions; they read only',
    },
    {
      // Grants belong to the account that made them; License Manager lets a grantee change none but its own. All of this is needed as
      // long as a grant is in the stack, whatever it is to be: a role changes before what was replaced or taken out of the app is removed.
      sid: 'AnswerReceivedGrants',
      actions: [
        'license-manager:AcceptGrant',
        'license-manager:CreateGrantVersion',
        'license-manager:GetGrant',
        'license-manager:RejectGrant',
      ],
      resources: [`arn:${Aws.PARTITION}:license-manager::*:grant:*`],
      wildcardReason: 'the grants are in the accounts of their grantors, and a grant that is replaced may be that of another grantor',
    },
    READ_OWN_STACK,
  ],
};
