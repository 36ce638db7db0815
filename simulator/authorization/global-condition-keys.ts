import { pathTo } from './service-control-policies';
import { OrganizationState } from '../organization/organization-state';
import { Role } from '../services/iam/roles';
import { AuthorizationRequest, ConditionContext } from '../wire/authorizer';

export interface Circumstances {
  readonly organization: OrganizationState | undefined;
  /** The role whose session calls. */
  readonly role: Role | undefined;
  readonly now: Date;
}

/**
 * The global condition keys of a call. Absent are those that a call in the simulator has no value for (address, VPC, client), and
 * those of other ways of signing in.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function globalConditionKeys(
  request: AuthorizationRequest, resourceArn: string, { organization, role, now }: Circumstances,
): ConditionContext {
  const { principal, region } = request;
  return {
    'aws:PrincipalArn': principal.role?.arn ?? principal.arn,
    'aws:PrincipalAccount': principal.accountId,
    'aws:PrincipalType': principal.role ? 'AssumedRole' : 'Account',
    'aws:PrincipalIsAWSService': 'false',
    'aws:userid': principal.userId,
    'aws:RequestedRegion': region,
    'aws:CurrentTime': now.toISOString(),
    'aws:EpochTime': String(Math.floor(now.getTime() / 1000)),
    'aws:SecureTransport': 'true',
    'aws:ViaAWSService': 'false',
    ...ofAccount('Principal', principal.accountId, organization),
    ...ofResource(resourceArn, principal.accountId, organization),
    ...ofSession(request, role),
  };
}

function ofAccount(whose: 'Principal' | 'Resource', accountId: string, organization: OrganizationState | undefined): ConditionContext {
  if (!organization?.account(accountId)) return {};
  const units = pathTo(accountId, organization).slice(0, -1);
  return { [`aws:${whose}OrgID`]: organization.id, [`aws:${whose}OrgPaths`]: [`${[organization.id, ...units].join('/')}/`] };
}

/** Guess: an action without a resource type is about the caller's account. */
function ofResource(resourceArn: string, callerAccountId: string, organization: OrganizationState | undefined): ConditionContext {
  const accountId = resourceArn === '*' ? callerAccountId : resourceArn.split(':')[4];
  return accountId ? { 'aws:ResourceAccount': accountId, ...ofAccount('Resource', accountId, organization) } : {};
}

function ofSession({ principal }: AuthorizationRequest, role: Role | undefined): ConditionContext {
  if (!principal.role) return {};
  const { issuedAt, sourceFunctionArn } = principal.role;
  return {
    'aws:TokenIssueTime': issuedAt.toISOString(),
    ...sourceFunctionArn === undefined ? {} : { 'lambda:SourceFunctionArn': sourceFunctionArn },
    ...Object.fromEntries(Object.entries(role?.tags ?? {}).map(([key, value]) => [`aws:PrincipalTag/${key}`, value])),
  };
}
