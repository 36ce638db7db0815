import { CfnResource, CustomResource, Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { Concern } from './concerns/concern';
import { ManagedEntitlementsProvider } from './managed-entitlements-provider';
import { Permission } from './permission';
import { FUNCTION_SERVICE_TIMEOUT } from './service-timeout';
import { invalidRemovalPolicy } from '../validation/removal-policy';

export interface BackedResourceOptions<Properties> {
  readonly type: string;
  readonly concern: Concern;
  readonly properties: Properties;
  readonly provider?: ManagedEntitlementsProvider;
  readonly removalPolicy?: RemovalPolicy;
  /** What this resource needs beyond the permissions that its concern always has. */
  readonly permissions?: Permission[];
  /** How long CloudFormation waits for an answer. @default - as long as the function can take */
  readonly serviceTimeout?: Duration;
}

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
    serviceTimeout: options.serviceTimeout ?? FUNCTION_SERVICE_TIMEOUT,
    resourceType: options.type,
    properties: options.properties,
    removalPolicy: options.removalPolicy,
  });
  const formed = resource.node.defaultChild as CfnResource;
  resource.node.addValidation({ validate: () => invalidRemovalPolicy(formed) });
  // So that `applyRemovalPolicy()` and escape hatches on the construct reach what is deployed.
  scope.node.defaultChild = formed;
  return resource;
}
