import { MANAGEMENT_ACCOUNT } from './grants';
import type { RoleDefinition, TrustStatement } from '../../../simulator/services/iam/roles';

export const MEMBER_ROLE_ARN = 'arn:aws:iam::222222222222:role/EntitlementsMember';

/** The role in the grantee's account that grants are accepted with, as far as it matters who may assume it. */
export function memberRole(condition?: TrustStatement['Condition'], grantor = MANAGEMENT_ACCOUNT): RoleDefinition {
  return {
    accountId: '222222222222',
    roleName: 'EntitlementsMember',
    trustPolicy: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: `arn:aws:iam::${grantor}:root` }, Condition: condition }],
    },
  };
}
