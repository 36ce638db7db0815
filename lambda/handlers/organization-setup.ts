import { AwsLicenseManager } from '../aws/aws-license-manager';
import { AwsOrganizations } from '../aws/aws-organizations';
import { AwsServiceLinkedRoles } from '../aws/aws-service-linked-roles';
import { patienceToChange, watchStack } from '../aws/patience-to-change';
import type { CustomResourceFactories, Invocation } from '../cloudformation/custom-resource';
import { SetupResource } from '../cloudformation/resources/setup-resource';
import { serve } from '../cloudformation/serve';

/** AWS Marketplace keeps all licenses there, and License Manager's settings are per Region (AWS Marketplace buyer guide). */
const MARKETPLACE_HOME_REGION = 'us-east-1';

/** What an organization needs for managed entitlements. */
export const resources = {
  'Custom::ManagedEntitlementsSetup': (invocation: Invocation) => {
    const watch = watchStack(invocation);
    const patience = patienceToChange(invocation, watch);
    const { accountId, partition, region } = invocation.stack;
    return new SetupResource(invocation, {
      accountId,
      organizations: new AwsOrganizations(partition, patience),
      licenseManager: new AwsLicenseManager(MARKETPLACE_HOME_REGION, patience),
      serviceLinkedRoles: new AwsServiceLinkedRoles(region, patience),
    }, watch);
  },
} satisfies CustomResourceFactories;

export const handler = serve(resources);
