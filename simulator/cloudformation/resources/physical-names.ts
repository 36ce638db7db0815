import { CreateRequest, ResourceRequest } from './resource-type';
import { deriveHexadecimal } from '../../lambda/derived-identifiers';

/**
 * The name that CloudFormation gives to a resource without one: `Stack-LogicalId-SUFFIX`, cut to what the service takes.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-name.html
 */
export function generatedName(request: CreateRequest, longest: number): string {
  const suffix = nameSuffix(request, request.generation);
  return `${`${request.stack.stackName}-${request.logicalId}`.slice(0, longest - suffix.length - 1)}-${suffix}`;
}

export function nameSuffix({ stack, logicalId }: ResourceRequest, generation: string | number): string {
  return deriveHexadecimal(12, 'name', stack.stackId, logicalId, generation).toUpperCase();
}
