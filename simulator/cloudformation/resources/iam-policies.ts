import { inertResource, textProperty } from './inert-resource';
import { generatedName } from './physical-names';
import { ResourceRequest, ResourceType } from './resource-type';
import { PolicyDocument } from '../../authorization/policy-document';
import { AttachedPolicy } from '../../services/iam/policies';
import { StackRoles } from '../../simulated-aws';

/** IAM's limit for the name of a policy: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const LONGEST_NAME = 128;

/** AWS::IAM::Policy: a policy that is written into roles. */
export function iamPolicy(roles: StackRoles): ResourceType {
  return inertResource({
    physicalId: (request) => generatedName(request, LONGEST_NAME),
    attributeNames: ['Id'],
    requiredProperties: ['PolicyDocument', 'PolicyName'],
    attributes: (id) => ({ Id: id }),
    onPut: (id, request) => roles.putPolicy(id, attachedPolicy(textProperty(request.properties, 'PolicyName') ?? id, request)),
    onDelete: (id) => roles.removePolicy(id),
  });
}

/** AWS::IAM::ManagedPolicy: a policy with an ARN, which roles name or which names roles. */
export function iamManagedPolicy(roles: StackRoles): ResourceType {
  return inertResource({
    physicalId: (request) => {
      const { stack: { partition, accountId }, properties } = request;
      const name = textProperty(properties, 'ManagedPolicyName') ?? generatedName(request, LONGEST_NAME);
      return `arn:${partition}:iam::${accountId}:policy${textProperty(properties, 'Path') ?? '/'}${name}`;
    },
    attributeNames: ['PolicyArn'],
    requiredProperties: ['PolicyDocument'],
    attributes: (arn) => ({ PolicyArn: arn }),
    replacedBy: ['ManagedPolicyName', 'Path', 'Description'],
    onPut: (arn, request) => roles.putPolicy(arn, attachedPolicy(arn, request)),
    onDelete: (arn) => roles.removePolicy(arn),
  });
}

function attachedPolicy(name: string, { stack, properties }: ResourceRequest): AttachedPolicy {
  return {
    name,
    document: properties.PolicyDocument as PolicyDocument,
    accountId: stack.accountId,
    roleNames: (properties.Roles ?? []) as readonly string[],
  };
}
