import { AwsCloudFormation } from '../aws/aws-cloudformation';
import { AwsReceivedGrants } from '../aws/aws-received-grants';
import { patienceFor } from '../aws/patience';
import type { CustomResourceFactories, Invocation } from '../cloudformation/custom-resource';
import { ReceivedGrantResource } from '../cloudformation/resources/received-grant-resource';
import { serve } from '../cloudformation/serve';

/** Grants that an account has received from another one. */
export const resources = {
  'Custom::ReceivedLicenseGrant': (invocation: Invocation) => {
    const patience = patienceFor(invocation);
    return new ReceivedGrantResource(invocation, {
      licenseManager: (homeRegion) => new AwsReceivedGrants(homeRegion, patience),
      stacks: new AwsCloudFormation(invocation.stack.region, patience),
    });
  },
} satisfies CustomResourceFactories;

export const handler = serve(resources);
