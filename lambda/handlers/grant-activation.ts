import { AwsLicenseManager } from '../aws/aws-license-manager';
import { AwsOrganizations } from '../aws/aws-organizations';
import { patienceFor } from '../aws/patience';
import type { CustomResourceFactories, Invocation } from '../cloudformation/custom-resource';
import { GrantActivationResource } from '../cloudformation/resources/grant-activation-resource';
import { serve } from '../cloudformation/serve';

/** The activation of grants that CloudFormation makes. */
export const resources = {
  'Custom::MarketplaceLicenseGrantActivation': (invocation: Invocation) => {
    const patience = patienceFor(invocation);
    return new GrantActivationResource(invocation, {
      licenseManager: (homeRegion) => new AwsLicenseManager(homeRegion, patience),
      organizations: new AwsOrganizations(invocation.stack.partition, patience),
    });
  },
} satisfies CustomResourceFactories;

export const handler = serve(resources);
