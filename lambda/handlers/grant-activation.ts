import { AwsLicenseManager } from '../aws/aws-license-manager';
import { AwsOrganizations } from '../aws/aws-organizations';
import { Clients } from '../aws/clients';
import { patienceToChange, watchStack } from '../aws/patience-to-change';
import type { CustomResourceFactories, Invocation } from '../cloudformation/custom-resource';
import { GrantActivationResource } from '../cloudformation/resources/grant-activation-resource';
import { serve } from '../cloudformation/serve';

/** The activation of grants that CloudFormation makes. */
export const resources = (clients: Clients) => ({
  'Custom::MarketplaceLicenseGrantActivation': (invocation: Invocation) => {
    const watch = watchStack(clients, invocation);
    const patience = patienceToChange(clients, invocation, watch);
    return new GrantActivationResource(invocation, {
      licenseManager: (homeRegion) => new AwsLicenseManager(clients, homeRegion, patience),
      organizations: new AwsOrganizations(clients, invocation.stack.partition, patience),
      watch,
    });
  },
}) satisfies CustomResourceFactories;

export const handler = serve(resources(new Clients()));
