import { inertResource, textProperty } from './inert-resource';
import { generatedName } from './physical-names';
import { ResourceProperties, ResourceRequest, ResourceType } from './resource-type';
import { NamedPolicy, PolicyDocument } from '../../authorization/policy-document';
import { RoleDefinition, TrustPolicy } from '../../services/iam/roles';
import { StackRoles } from '../../simulated-aws';

/** IAM's limit for a role's name: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const LONGEST_NAME = 64;

/** AWS::IAM::Role: IAM and STS know it as well. */
export function iamRole(roles: StackRoles): ResourceType {
  return inertResource({
    physicalId: (request) => textProperty(request.properties, 'RoleName') ?? generatedName(request, LONGEST_NAME),
    attributeNames: ['Arn', 'RoleId'],
    requiredProperties: ['AssumeRolePolicyDocument'],
    attributes: (roleName, request) => {
      const { arn, roleId } = roles.put(roleDefinition(roleName, request));
      return { Arn: arn, RoleId: roleId };
    },
    replacedBy: ['RoleName', 'Path'],
    onDelete: (roleName, request) => roles.remove(request.stack.accountId, roleName),
  });
}

function roleDefinition(roleName: string, { stack, properties }: ResourceRequest): RoleDefinition {
  return {
    accountId: stack.accountId,
    roleName,
    path: textProperty(properties, 'Path'),
    trustPolicy: properties.AssumeRolePolicyDocument as TrustPolicy,
    description: textProperty(properties, 'Description'),
    maximumSessionSeconds: properties.MaxSessionDuration === undefined ? undefined : Number(properties.MaxSessionDuration),
    tags: tagsOf(properties),
    inlinePolicies: inlinePoliciesOf(properties),
    managedPolicyArns: properties.ManagedPolicyArns as readonly string[] | undefined,
    permissionsBoundaryArn: textProperty(properties, 'PermissionsBoundary'),
  };
}

function inlinePoliciesOf(properties: ResourceProperties): NamedPolicy[] {
  const policies = (properties.Policies ?? []) as readonly { readonly PolicyName: string; readonly PolicyDocument: PolicyDocument }[];
  return policies.map(({ PolicyName, PolicyDocument: document }) => ({ name: PolicyName, document }));
}

function tagsOf(properties: ResourceProperties): Record<string, string> {
  const tags = (properties.Tags ?? []) as readonly { readonly Key: string; readonly Value: string }[];
  return Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]));
}
