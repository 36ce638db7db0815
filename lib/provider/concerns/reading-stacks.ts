import { ArnFormat, Aws, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { Permission } from '../permission';

/*
 * No request of CloudFormation says that it is part of a rollback, which undoes what otherwise would stay, and none is told that it was cancelled.
 * The status of the stack tells both.
 */
const READ_STACK = { sid: 'ReadStack', actions: ['cloudformation:DescribeStacks'] };

/** For a function and resources of the same stack. */
export const READ_OWN_STACK: Permission = { ...READ_STACK, resources: [Aws.STACK_ID] };

/** What a function needs that serves a resource of another stack than its own. */
export function readOtherStack(provider: Construct, resource: Construct): Permission[] {
  const stack = Stack.of(resource);
  return stack === Stack.of(provider) ? [] : [readStackByName(stack)];
}

/** A reference to the id would let the stacks depend on each other. */
function readStackByName(stack: Stack): Permission {
  return {
    ...READ_STACK,
    resources: [stack.formatArn({ service: 'cloudformation', resource: 'stack', resourceName: `${namePattern(stack)}/*`, arnFormat: ArnFormat.SLASH_RESOURCE_NAME })],
    wildcardReason: 'CloudFormation chooses the ids of stacks and the names of nested ones',
  };
}

/** The name of a nested stack begins with that of the stack around it. */
function namePattern({ stackName, nestedStackParent }: Stack): string {
  if (!nestedStackParent) {
    return stackName;
  }
  const parent = namePattern(nestedStackParent);
  return parent.endsWith('*') ? parent : `${parent}-*`;
}
