import { CustomResource, Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { FUNCTION_TIMEOUT } from './backing-function';
import { Concern } from './concerns/concern';
import { ManagedEntitlementsProvider } from './managed-entitlements-provider';
import { Permission } from './permission';

export interface BackedResourceOptions<Properties> {
  readonly type: string;
  readonly concern: Concern;
  readonly properties: Properties;
  readonly provider?: ManagedEntitlementsProvider;
  readonly removalPolicy?: RemovalPolicy;
  /** What this resource needs beyond the permissions that its concern always has. */
  readonly permissions?: Permission[];
}

/**
 * How long CloudFormation waits for an answer: as long as the function may run, and two minutes for Lambda to start it, or to start it
 * again after a crash, which it does after one minute: https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 * CloudFormation's own default is an hour, in which a stack would hang.
 */
const SERVICE_TIMEOUT = Duration.seconds(FUNCTION_TIMEOUT.toSeconds() + Duration.minutes(2).toSeconds());

/** The custom resource behind a construct. */
export function backedResource<Properties extends object>(
  scope: Construct,
  id: string,
  options: BackedResourceOptions<Properties>,
): CustomResource {
  const provider = options.provider ?? ManagedEntitlementsProvider._ofStack(scope);
  const backing = provider._backing(options.concern);
  backing.permit(options.permissions ?? []);

  const resource = new CustomResource(scope, id, {
    serviceToken: backing.functionArn,
    serviceTimeout: SERVICE_TIMEOUT,
    resourceType: options.type,
    properties: options.properties,
    removalPolicy: options.removalPolicy,
  });
  // So that `applyRemovalPolicy()` and escape hatches on the construct reach what is deployed.
  scope.node.defaultChild = resource.node.defaultChild;
  return resource;
}
