import { CfnCustomResource, CustomResource, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';

/** Lets the operation on the stack fail once the constructs are there, or are changed. */
export function failAfter(...constructs: Construct[]): void {
  failBeside(constructs[0]).node.addDependency(...constructs);
}

/** Lets the operation on the stack fail at once, while it works on the construct. */
export function failBeside(construct: Construct): CustomResource {
  return new CustomResource(Stack.of(construct), 'Failure', { serviceToken: serviceTokenOf(construct), resourceType: 'Custom::Unknown' });
}

/** Our functions answer resource types that they do not know with a failure. */
function serviceTokenOf(construct: Construct): string {
  const resource = construct.node.findAll().find((child): child is CustomResource => child instanceof CustomResource)!;
  return (resource.node.defaultChild as CfnCustomResource).serviceToken;
}
