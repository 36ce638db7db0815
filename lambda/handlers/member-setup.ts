import { AwsServiceLinkedRoles } from '../aws/aws-service-linked-roles';
import { Clients } from '../aws/clients';
import { patienceFor } from '../aws/patience';
import type { CustomResourceFactories, Invocation } from '../cloudformation/custom-resource';
import { MemberSetupResource } from '../cloudformation/resources/member-setup-resource';
import { serve } from '../cloudformation/serve';

/** What a member account needs for managed entitlements. */
export const resources = (clients: Clients) => ({
  'Custom::ManagedEntitlementsMemberSetup': (invocation: Invocation) =>
    new MemberSetupResource(invocation, new AwsServiceLinkedRoles(clients, invocation.stack.region, patienceFor(invocation))),
}) satisfies CustomResourceFactories;

export const handler = serve(resources(new Clients()));
