import { AwsCloudFormation } from '../aws/aws-cloudformation';
import { AwsReceivedGrants } from '../aws/aws-received-grants';
import { patienceToChange, watchStack } from '../aws/patience-to-change';
import type { CustomResourceFactories, Invocation } from '../cloudformation/custom-resource';
import { ReceivedGrantResource } from '../cloudformation/resources/received-grant-resource';
import { serve } from '../cloudformation/serve';

/** Grants that an account has received from another one. */
export const resources = {
  'Custom::ReceivedLicenseGrant': (invocation: Invocation) => {
    const watch = watchStack(invocation);
    const patience = patienceToChange(invocation, watch);
    return new ReceivedGrantResource(invocation, {
      licenseManager: (homeRegion) => new AwsReceivedGrants(homeRegion, patience),
      stacks: new AwsCloudFormation(invocation.stack.region, patience),
      watch,
    });
  },
} satisfies CustomResourceFactories;

export const handler = serve(resources);
