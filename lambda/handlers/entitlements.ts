import { AwsCloudFormation } from '../aws/aws-cloudformation';
import { AwsGrantee } from '../aws/aws-grantee';
import { AwsLicenseManager } from '../aws/aws-license-manager';
import { AwsOrganizations } from '../aws/aws-organizations';
import { AwsStepFunctions } from '../aws/aws-step-functions';
import { Clients } from '../aws/clients';
import { patienceFor } from '../aws/patience';
import { patienceToChange, watchStack } from '../aws/patience-to-change';
import type { CustomResourceFactories, Invocation } from '../cloudformation/custom-resource';
import { GrantResource } from '../cloudformation/resources/grant-resource';
import { LicenseResource } from '../cloudformation/resources/license-resource';
import { serve } from '../cloudformation/serve';
import { sessionNameOf } from '../cloudformation/session-name';

/** Licenses and their grants. */
export const resources = (clients: Clients) => ({
  'Custom::MarketplaceLicense': (invocation: Invocation) => {
    const patience = patienceFor(invocation);
    return new LicenseResource((homeRegion) => new AwsLicenseManager(clients, homeRegion, patience));
  },
  'Custom::MarketplaceLicenseGrant': (invocation: Invocation) => {
    const watch = watchStack(clients, invocation);
    const patience = patienceToChange(clients, invocation, watch);
    return new GrantResource(invocation, {
      licenseManager: (homeRegion) => new AwsLicenseManager(clients, homeRegion, patience),
      organizations: new AwsOrganizations(clients, invocation.stack.partition, patience),
      grantee: (role, homeRegion) => new AwsGrantee(
        clients, { ...role, sessionName: sessionNameOf(invocation.stack), region: invocation.stack.region }, homeRegion, patience),
      workflows: new AwsStepFunctions(clients, invocation.stack.region, patience),
      stacks: new AwsCloudFormation(clients, invocation.stack.region, patience),
      watch,
    });
  },
}) satisfies CustomResourceFactories;

export const handler = serve(resources(new Clients()));
