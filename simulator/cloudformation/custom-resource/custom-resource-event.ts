import { ResourceProperties } from '../resources/resource-type';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-requests.html */
export interface CustomResourceEvent {
  readonly RequestType: 'Create' | 'Update' | 'Delete';
  readonly ServiceToken: string;
  readonly ResponseURL: string;
  readonly StackId: string;
  readonly RequestId: string;
  readonly LogicalResourceId: string;
  readonly PhysicalResourceId?: string;
  readonly ResourceType: string;
  readonly ResourceProperties: ResourceProperties;
  readonly OldResourceProperties?: ResourceProperties;
}

/**
 * Functions get every scalar as a string; `ServiceToken` and `ServiceTimeout` stay among the properties.
 * https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/custom-resources/README.md (the request's fields)
 */
export function withScalarsAsStrings(properties: ResourceProperties): ResourceProperties {
  return stringify(properties) as ResourceProperties;
}

function stringify(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(stringify);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, element]) => [key, stringify(element)]));
  }
  return String(value);
}
