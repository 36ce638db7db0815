import { AwsLicenseManager } from '../aws/aws-license-manager';
import { AwsOrganizations } from '../aws/aws-organizations';
import { patienceFor } from '../aws/patience';
import type { CustomResourceFactories, Invocation } from '../cloudformation/custom-resource';
import { GrantResource } from '../cloudformation/resources/grant-resource';
import { LicenseResource } from '../cloudformation/resources/license-resource';
import { serve } from '../cloudformation/serve';

/** Licenses and their grants. */
export const resources = {
  'Custom::MarketplaceLicense': (invocation: Invocation) =>
    new LicenseResource((homeRegion) => new AwsLicenseManager(homeRegion, patienceFor(invocation))),
  'Custom::MarketplaceLicenseGrant': (invocation: Invocation) =>
    new GrantResource(invocation, {
      licenseManager: (homeRegion) => new AwsLicenseManager(homeRegion, patienceFor(invocation)),
      organizations: new AwsOrganizations(invocation.stack.partition, patienceFor(invocation)),
    }),
} satisfies CustomResourceFactories;

export const handler = serve(resources);
