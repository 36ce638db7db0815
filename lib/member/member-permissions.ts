import { Aws } from 'aws-cdk-lib';
import { Permission } from '../provider/permission';

/** What the grantor's function does in a grantee's account. */
export function memberPermissions(grantorAccountId: string): Permission[] {
  return [
    {
      sid: 'FindGrants',
      actions: ['license-manager:ListReceivedGrants'],
      resources: ['*'],
      wildcardReason: 'License Manager defines no resource type for this action; it reads only',
    },
    {
      // Grants belong to the account that made them.
      sid: 'AcceptAndActivateGrants',
      actions: ['license-manager:AcceptGrant', 'license-manager:CreateGrantVersion', 'license-manager:GetGrant'],
      resources: [`arn:${Aws.PARTITION}:license-manager::${grantorAccountId}:grant:*`],
      wildcardReason: 'License Manager chooses the id of a grant when it is created',
    },
  ];
}
