import { AwsServiceLinkedRoles } from '../aws/aws-service-linked-roles';
import { patienceFor } from '../aws/patience';
import type { CustomResourceFactories, Invocation } from '../cloudformation/custom-resource';
import { MemberSetupResource } from '../cloudformation/resources/member-setup-resource';
import { serve } from '../cloudformation/serve';

/** What a member account needs for managed entitlements. */
export const resources = {
  'Custom::ManagedEntitlementsMemberSetup': (invocation: Invocation) =>
    new MemberSetupResource(invocation, new AwsServiceLinkedRoles(invocation.stack.region, patienceFor(invocation))),
} satisfies CustomResourceFactories;

export const handler = serve(resources);
