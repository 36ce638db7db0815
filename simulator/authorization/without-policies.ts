import { trusts } from './trust-policy';
import { TrustPolicy } from '../services/iam/roles';
import { Authorizer } from '../wire/authorizer';

/**
 * Every signed caller may do everything in its own account, and a role can be assumed by those that it trusts. The
 * services' own rules hold in any case.
 */
export const withoutPolicies: Authorizer = {
  authorize: async ({ principal, context, resourcePolicy }) => {
    const externalId = context['sts:ExternalId'] as string | undefined;
    // The one resource policy that the simulated services have is that of a role.
    const allowed = !resourcePolicy || trusts(resourcePolicy.document as TrustPolicy, principal, externalId);
    return { allowed };
  },
};
