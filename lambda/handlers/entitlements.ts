import { AwsGrantee } from '../aws/aws-grantee';
import { AwsLicenseManager } from '../aws/aws-license-manager';
import { AwsOrganizations } from '../aws/aws-organizations';
import { patienceFor } from '../aws/patience';
import type { CustomResourceFactories, Invocation } from '../cloudformation/custom-resource';
import { GrantResource } from '../cloudformation/resources/grant-resource';
import { LicenseResource } from '../cloudformation/resources/license-resource';
import { serve } from '../cloudformation/serve';
import { sessionNameOf } from '../cloudformation/session-name';

/** Licenses and their grants. */
export const resources = {
  'Custom::MarketplaceLicense': (invocation: Invocation) => {
    const patience = patienceFor(invocation);
    return new LicenseResource((homeRegion) => new AwsLicenseManager(homeRegion, patience));
  },
  'Custom::MarketplaceLicenseGrant': (invocation: Invocation) => {
    const patience = patienceFor(invocation);
    return new GrantResource(invocation, {
      licenseManager: (homeRegion) => new AwsLicenseManager(homeRegion, patience),
      organizations: new AwsOrganizations(invocation.stack.partition, patience),
      grantee: (role, homeRegion) => new AwsGrantee(
        { ...role, sessionName: sessionNameOf(invocation.stack), region: invocation.stack.region }, homeRegion, patience),
    });
  },
} satisfies CustomResourceFactories;

export const handler = serve(resources);
