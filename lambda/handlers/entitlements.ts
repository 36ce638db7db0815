import { AwsCloudFormation } from '../aws/aws-cloudformation';
import { AwsGrantee } from '../aws/aws-grantee';
import { AwsLicenseManager } from '../aws/aws-license-manager';
import { AwsOrganizations } from '../aws/aws-organizations';
import { AwsStepFunctions } from '../aws/aws-step-functions';
import { patienceFor } from '../aws/patience';
import { patienceToChange, watchStack } from '../aws/patience-to-change';
import { perRegion } from '../aws/per-region';
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
    const watch = watchStack(invocation);
    const patience = patienceToChange(invocation, watch);
    return new GrantResource(invocation, {
      licenseManager: perRegion((homeRegion) => new AwsLicenseManager(homeRegion, patience)),
      organizations: new AwsOrganizations(invocation.stack.partition, patience),
      grantee: (role, homeRegion) => new AwsGrantee(
        { ...role, sessionName: sessionNameOf(invocation.stack), region: invocation.stack.region }, homeRegion, patience),
      workflows: new AwsStepFunctions(invocation.stack.region, patience),
      stacks: new AwsCloudFormation(invocation.stack.region, patience),
      watch,
    });
  },
} satisfies CustomResourceFactories;

export const handler = serve(resources);
