import { inertResource } from './inert-resource';
import { ResourceRequest, ResourceType } from './resource-type';

/** AWS::Lambda::Version: its functions run the code that is the latest, which is all that the simulator keeps. */
export const lambdaVersion: ResourceType = inertResource({
  physicalId: (request) => `${functionArnOf(request)}:${request.generation}`,
  attributeNames: ['FunctionArn', 'Version'],
  requiredProperties: ['FunctionName'],
  attributes: (arn) => ({ FunctionArn: arn, Version: arn.slice(arn.lastIndexOf(':') + 1) }),
  replacedBy: ['FunctionName', 'Description', 'CodeSha256'],
});

/** AWS::Lambda::Alias */
export const lambdaAlias: ResourceType = inertResource({
  physicalId: (request) => `${functionArnOf(request)}:${String(request.properties.Name)}`,
  attributeNames: ['AliasArn'],
  requiredProperties: ['FunctionName', 'FunctionVersion', 'Name'],
  attributes: (arn) => ({ AliasArn: arn }),
  replacedBy: ['FunctionName', 'Name'],
});

/** `FunctionName` may be a name or an ARN. */
export function functionArnOf({ stack, properties }: ResourceRequest): string {
  const functionName = String(properties.FunctionName);
  return functionName.startsWith('arn:') ? functionName : `arn:${stack.partition}:lambda:${stack.region}:${stack.accountId}:function:${functionName}`;
}
