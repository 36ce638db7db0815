import type { Role as RoleAnswer } from '@aws-sdk/client-iam';
import { Role } from './roles';

/** A role as IAM shows it: the trust policy is URL-encoded. */
export function roleAnswer(role: Role): RoleAnswer {
  const tags = Object.entries(role.tags).map(([Key, Value]) => ({ Key, Value }));
  return {
    Path: role.path,
    RoleName: role.roleName,
    RoleId: role.roleId,
    Arn: role.arn,
    CreateDate: role.createdAt,
    AssumeRolePolicyDocument: encodeURIComponent(JSON.stringify(role.trustPolicy)),
    Description: role.description,
    MaxSessionDuration: role.maximumSessionSeconds,
    Tags: tags.length > 0 ? tags : undefined,
  };
}
