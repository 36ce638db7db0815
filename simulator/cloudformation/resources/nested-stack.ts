import { nameSuffix } from './physical-names';
import { ResourceType } from './resource-type';
import { NestedStacks } from '../engine/nested-stacks';

/** AWS::CloudFormation::Stack */
export function nestedStack(nestedStacks: NestedStacks): ResourceType {
  return {
    replacementRollback: 'restore',
    create: (request) => nestedStacks.create(
      request, `${request.stack.stackName}-${request.logicalId}-${nameSuffix(request, request.generation)}`),
    update: (request) => nestedStacks.update(request),
    delete: (request) => nestedStacks.delete(request),
    settle: (physicalId) => nestedStacks.settle(physicalId),
    needsReplacement: () => false,
  };
}
