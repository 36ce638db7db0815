import { AwsCloudFormation } from '../aws/aws-cloudformation';
import { AwsReceivedGrants } from '../aws/aws-received-grants';
import { Clients } from '../aws/clients';
import { patienceToChange, watchStack } from '../aws/patience-to-change';
import type { CustomResourceFactories, Invocation } from '../cloudformation/custom-resource';
import { ReceivedGrantResource } from '../cloudformation/resources/received-grant-resource';
import { serve } from '../cloudformation/serve';

/** Grants that an account has received from another one. */
export const resources = (clients: Clients) => ({
  'Custom::ReceivedLicenseGrant': (invocation: Invocation) => {
    const watch = watchStack(clients, invocation);
    const patience = patienceToChange(clients, invocation, watch);
    return new ReceivedGrantResource(invocation, {
      licenseManager: (homeRegion) => new AwsReceivedGrants(clients, homeRegion, patience),
      stacks: new AwsCloudFormation(clients, invocation.stack.region, patience),
      watch,
    });
  },
}) satisfies CustomResourceFactories;

export const handler = serve(resources(new Clients()));
