import { globalConditionKeys } from './global-condition-keys';
import { PermissionLedger } from './permission-ledger';
import { ALLOW_EVERYTHING, NamedPolicy } from './policy-document';
import { DenyingPolicy, PolicyAnswer, PolicyEvaluator } from './policy-evaluator';
import { AttachedServiceControlPolicies, serviceControlLevels } from './service-control-policies';
import { Clock } from '../clock/clock';
import { OrganizationState } from '../organization/organization-state';
import { Policies, PoliciesOfRole, PolicyOfRole } from '../services/iam/policies';
import { Role, Roles } from '../services/iam/roles';
import { AuthorizationDecision, AuthorizationRequest, Authorizer } from '../wire/authorizer';
import { Caller } from '../wire/caller';

export interface RolePolicyAuthorizerProps {
  readonly evaluator: PolicyEvaluator;
  readonly roles: Roles;
  readonly policies: Policies;
  readonly organization: OrganizationState | undefined;
  readonly serviceControlPolicies: AttachedServiceControlPolicies | undefined;
  readonly clock: Clock;
  readonly ledger: PermissionLedger;
}

/** A root user needs no permission from its own account. */
const POLICIES_OF_ROOT_USER: PoliciesOfRole = { identityPolicies: [{ name: 'root user', document: ALLOW_EVERYTHING }] };

const POLICIES_OF_UNKNOWN_ROLE: PoliciesOfRole = { identityPolicies: [{ name: 'the role itself, which no stack has made or which is gone' }] };

/**
 * Decides as IAM does: the policies of the role, its permissions boundary, the service control policies above its account, and the trust
 * policy of a role that is to be assumed. A root user is limited by service control policies alone.
 *
 * A policy that is not known is taken to allow everything, and whose it is is noted as unchecked: what the simulator cannot tell goes
 * through, but not in silence. All that is known of the role, and explicit denials above all, holds nevertheless.
 */
export class RolePolicyAuthorizer implements Authorizer {
  constructor(private readonly props: RolePolicyAuthorizerProps) {}

  async authorize(request: AuthorizationRequest): Promise<AuthorizationDecision> {
    const { principal, action, resourceArns } = request;
    const role = principal.role && this.props.roles.find(principal.role.arn);
    for (const resourceArn of resourceArns) {
      const answer = await this.evaluate(request, resourceArn, role);
      if (answer.decision === 'denied') return this.deny(request, resourceArn, answer);
      if (answer.decision === 'undecided') this.noteUnchecked(principal, answer.why);
    }
    if (role) this.props.ledger.noteUse(role.arn, action);
    return { allowed: true };
  }

  private async evaluate(request: AuthorizationRequest, resourceArn: string, role: Role | undefined): Promise<PolicyAnswer> {
    const { evaluator, organization, serviceControlPolicies, clock } = this.props;
    const { principal, action, context, resourcePolicy } = request;
    const { identityPolicies, permissionsBoundary } = this.policiesOf(principal, role);
    return evaluator.evaluate({
      principalArn: principal.arn,
      action,
      resourceArn,
      // Other resources of other accounts, such as a license of AWS Marketplace, have no policy in which IAM could look: their service decides.
      resourceAccountId: resourcePolicy?.accountId ?? principal.accountId,
      context: { ...globalConditionKeys(request, resourceArn, { organization, role, now: clock.now() }), ...context },
      identityPolicies: identityPolicies.map((policy) => this.known(policy, principal)),
      permissionsBoundary: permissionsBoundary && this.known(permissionsBoundary, principal),
      serviceControlPolicies: serviceControlLevels(principal.accountId, organization, serviceControlPolicies),
      resourcePolicy: resourcePolicy?.document,
    });
  }

  private policiesOf(principal: Caller, role: Role | undefined): PoliciesOfRole {
    if (!principal.role) return POLICIES_OF_ROOT_USER;
    return role ? this.props.policies.of(role) : POLICIES_OF_UNKNOWN_ROLE;
  }

  private known({ name, document }: PolicyOfRole, principal: Caller): NamedPolicy {
    if (!document) this.noteUnchecked(principal, `the simulator does not know ${name}`);
    return { name, document: document ?? ALLOW_EVERYTHING };
  }

  private noteUnchecked({ arn, role }: Caller, why: string): void {
    this.props.ledger.noteUnchecked(role?.arn ?? arn, why);
  }

  private deny({ principal, action }: AuthorizationRequest, resource: string, { by, explicitly }: Denial): AuthorizationDecision {
    const reason = explicitly ? `with an explicit deny in ${articleOf(by)} ${by}` : `because no ${by} allows the ${action} action`;
    this.props.ledger.noteDenial({
      caller: principal.role?.sessionName ?? principal.accountId, roleArn: principal.role?.arn, action, resource, reason,
    });
    // STS does not tell a role that does not trust the caller from one that is not there.
    return { allowed: false, reason: by === 'role trust policy' ? undefined : reason };
  }
}

type Denial = { readonly by: DenyingPolicy; readonly explicitly: boolean };

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html */
function articleOf(policy: DenyingPolicy): string {
  return policy === 'identity-based policy' ? 'an' : 'a';
}
