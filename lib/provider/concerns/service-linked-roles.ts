import { Aws } from 'aws-cdk-lib';
import { Permission } from '../permission';

/** A role that an AWS service defines and that an account has at most once. */
export interface ServiceLinkedRole {
  readonly servicePrincipal: string;
  readonly roleName: string;
}

/**
 * Names and principals as in the user guides.
 *
 * @see https://docs.aws.amazon.com/license-manager/latest/userguide/using-service-linked-roles.html
 * @see https://docs.aws.amazon.com/marketplace/latest/buyerguide/buyer-using-service-linked-roles-license-manager.html
 */
const CORE: ServiceLinkedRole = {
  servicePrincipal: 'license-manager.amazonaws.com',
  roleName: 'AWSServiceRoleForAWSLicenseManagerRole',
};
const MANAGEMENT_ACCOUNT: ServiceLinkedRole = {
  servicePrincipal: 'license-manager.master-account.amazonaws.com',
  roleName: 'AWSServiceRoleForAWSLicenseManagerMasterAccountRole',
};
const MEMBER_ACCOUNT: ServiceLinkedRole = {
  servicePrincipal: 'license-manager.member-account.amazonaws.com',
  roleName: 'AWSServiceRoleForAWSLicenseManagerMemberAccountRole',
};
const MARKETPLACE: ServiceLinkedRole = {
  servicePrincipal: 'license-management.marketplace.amazonaws.com',
  roleName: 'AWSServiceRoleForMarketplaceLicenseManagement',
};

export const ROLES_OF_THE_MANAGEMENT_ACCOUNT = [CORE, MANAGEMENT_ACCOUNT, MEMBER_ACCOUNT, MARKETPLACE];
export const ROLES_OF_A_MEMBER_ACCOUNT = [CORE, MEMBER_ACCOUNT, MARKETPLACE];

/** To find these roles and to create those that are missing, and no others. */
export function createServiceLinkedRoles(roles: ServiceLinkedRole[]): Permission[] {
  return [
    {
      // IAM is asked by the role's name. The path of a role that does not exist is unknown to it, and the refusals that users report
      // then name the role without one: without the second ARN the answer could be a refusal instead of "no such role".
      sid: 'ReadServiceLinkedRoles',
      actions: ['iam:GetRole'],
      resources: roles.flatMap((role) => [arnOf(role), arnWithoutPathOf(role)]),
    },
    {
      // IAM asks for the role and lets the service be a condition; both together leave no other role and no other service.
      sid: 'CreateServiceLinkedRoles',
      actions: ['iam:CreateServiceLinkedRole'],
      resources: roles.map(arnOf),
      conditions: { StringEquals: { 'iam:AWSServiceName': roles.map((role) => role.servicePrincipal) } },
    },
  ];
}

/** To delete these roles and to follow the deletion, which is asynchronous. */
export function deleteServiceLinkedRoles(roles: ServiceLinkedRole[]): Permission[] {
  return [
    {
      sid: 'DeleteServiceLinkedRoles',
      actions: ['iam:DeleteServiceLinkedRole', 'iam:GetServiceLinkedRoleDeletionStatus'],
      resources: roles.map(arnOf),
    },
  ];
}

/** The account and partition are those that the stack is deployed to, so a template reads the same with and without an environment. */
function arnOf(role: ServiceLinkedRole): string {
  return `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:role/aws-service-role/${role.servicePrincipal}/${role.roleName}`;
}

function arnWithoutPathOf(role: ServiceLinkedRole): string {
  return `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:role/${role.roleName}`;
}
