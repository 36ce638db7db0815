import { trusts } from './trust-policy';
import { OrganizationState } from '../organization/organization-state';
import { TrustPolicy } from '../services/iam/roles';
import { Authorizer } from '../wire/authorizer';

/**
 * Every signed caller may do everything in its own account, and a role can be assumed by those that it trusts. The
 * services' own rules hold in any case.
 */
export function withoutPoliciesIn(organization: OrganizationState | undefined): Authorizer {
  return {
    authorize: async ({ principal, context, resourcePolicy }) => {
      const { accountId } = principal;
      const known = {
        ...context,
        'aws:PrincipalArn': principal.role?.arn ?? principal.arn,
        'aws:PrincipalAccount': accountId,
        ...organization?.account(accountId) && { 'aws:PrincipalOrgID': organization.id },
      };
      // The one resource policy that the simulated services have is that of a role.
      const allowed = !resourcePolicy || trusts(resourcePolicy.document as TrustPolicy, principal, known);
      return { allowed };
    },
  };
}

/** The same where no organization is known. */
export const withoutPolicies = withoutPoliciesIn(undefined);
