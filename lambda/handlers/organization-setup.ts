import { AwsLicenseManager } from '../aws/aws-license-manager';
import { AwsOrganizations } from '../aws/aws-organizations';
import { AwsServiceLinkedRoles } from '../aws/aws-service-linked-roles';
import { Clients } from '../aws/clients';
import { patienceToChange, watchStack } from '../aws/patience-to-change';
import type { CustomResourceFactories, Invocation } from '../cloudformation/custom-resource';
import { SetupResource } from '../cloudformation/resources/setup-resource';
import { serve } from '../cloudformation/serve';

/** AWS Marketplace keeps all licenses there, and License Manager's settings are per Region (AWS Marketplace buyer guide). */
const MARKETPLACE_HOME_REGION = 'us-east-1';

/** What an organization needs for managed entitlements. */
export const resources = (clients: Clients) => ({
  'Custom::ManagedEntitlementsSetup': (invocation: Invocation) => {
    const watch = watchStack(clients, invocation);
    const patience = patienceToChange(clients, invocation, watch);
    const { accountId, partition, region } = invocation.stack;
    return new SetupResource(invocation, {
      accountId,
      organizations: new AwsOrganizations(clients, partition, patience),
      licenseManager: new AwsLicenseManager(clients, MARKETPLACE_HOME_REGION, patience),
      serviceLinkedRoles: new AwsServiceLinkedRoles(clients, region, patience),
    }, watch);
  },
}) satisfies CustomResourceFactories;

export const handler = serve(resources(new Clients()));
