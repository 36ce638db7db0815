import { DeniedPermission, PermissionLedger, UncheckedPrincipal } from './authorization/permission-ledger';
import { PolicyEvaluator } from './authorization/policy-evaluator';
import { RolePolicyAuthorizer } from './authorization/role-policy-authorizer';
import { unusedActions, UnusedPermission } from './authorization/unused-permissions';
import { withoutPoliciesIn } from './authorization/without-policies';
import { Clock } from './clock/clock';
import { CallFaults } from './faults/call-faults';
import { DEFAULT_SEED, FaultOptions } from './faults/fault-options';
import { StaleReads } from './faults/stale-reads';
import { OrganizationDefinition } from './organization/organization-definition';
import { OrganizationState } from './organization/organization-state';
import { cloudFormation } from './services/cloudformation/cloudformation';
import { StackRecords } from './services/cloudformation/stack-records';
import { EventRules } from './services/events/event-rules';
import { iam } from './services/iam/iam';
import { AttachedPolicy, Policies } from './services/iam/policies';
import { Role, RoleDefinition, Roles } from './services/iam/roles';
import { ServiceLinkedRoleDeletions } from './services/iam/service-linked-role-deletions';
import { ServiceLinkedRoles } from './services/iam/service-linked-roles';
import { Functions } from './services/lambda/functions';
import { lambda } from './services/lambda/lambda';
import { licenseManager } from './services/license-manager/license-manager';
import { LicenseManagerState } from './services/license-manager/license-manager-state';
import { licenseManagerRoleUsage } from './services/license-manager/settings/role-usage';
import { StackGrants } from './services/license-manager/stack-grants';
import { AgreementCatalog } from './services/marketplace-agreement/agreement-catalog';
import { marketplaceAgreement } from './services/marketplace-agreement/marketplace-agreement';
import { organizations } from './services/organizations/organizations';
import { ParameterStore } from './services/ssm/parameter-store';
import { ssm } from './services/ssm/ssm';
import { StateMachines } from './services/states/state-machines';
import { states } from './services/states/states';
import { statusChange } from './services/states/status-change';
import { TaskFunctions } from './services/states/task-functions';
import { sts } from './services/sts/sts';
import { DEFAULT_VARIANTS, Variants } from './services/variants';
import { TYPICAL_DURATIONS, WorkflowDurations } from './services/workflow-durations';
import { Authorizer } from './wire/authorizer';
import { ApiCall } from './wire/call-log';
import { FrontDoor } from './wire/front-door';
import { HttpServer } from './wire/http-server';
import { Identities } from './wire/identities';
import { Service } from './wire/service';

export interface SimulatedAwsOptions extends FaultOptions {
  readonly organization: OrganizationDefinition;
  readonly clock: Clock;
  /** @default - any free port */
  readonly port?: number;
  /** @default - what AWS takes on a good day */
  readonly workflow?: Partial<WorkflowDurations>;
  /** How AWS behaves where nobody knows. @default - the first position of every switch */
  readonly variants?: Partial<Variants>;
  /**
   * Evaluates the policies of roles for every call.
   *
   * @default - no policy is evaluated: every signed caller may do everything in its own account
   */
  readonly policyEvaluator?: PolicyEvaluator;
  /** Decides instead of policies. @default - policies decide, if there is an evaluator */
  readonly authorizer?: Authorizer;
}

/** Roles that a stack makes and removes, so that IAM and STS know them. */
export interface StackRoles {
  put(role: RoleDefinition): Role;
  remove(accountId: string, roleName: string): void;
  /** @param id tells the policy from all others; the ARN of a managed policy */
  putPolicy(id: string, policy: AttachedPolicy): void;
  removePolicy(id: string): void;
}

/** What the evaluation of policies brought to light. */
export interface PermissionReport {
  readonly denied: readonly DeniedPermission[];
  readonly unchecked: readonly UncheckedPrincipal[];
  /** What stacks permitted their roles in writing, at any time, and what no call of the role was allowed by. */
  unused(): Promise<UnusedPermission[]>;
}

/** A grant as a report shows it. */
export interface GrantReport {
  readonly grantArn: string;
  readonly parentArn: string;
  readonly licenseArn: string;
  readonly productName: string;
  readonly granteePrincipalArn: string;
  /** The account that holds the grant; absent for a grant to an organization or an organizational unit. */
  readonly ownerAccountId?: string;
  readonly grantorAccountId: string;
  readonly name: string;
  readonly status: string;
  readonly statusReason?: string;
  readonly version: string;
  readonly operations: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * An AWS organization that answers like AWS: License Manager, Organizations, IAM and STS for all its accounts, on one
 * local endpoint, for any official AWS client.
 */
export class SimulatedAws {
  static async start(options: SimulatedAwsOptions): Promise<SimulatedAws> {
    const aws = new SimulatedAws(options);
    aws.server = await HttpServer.start(options.port ?? 0, (request) => aws.frontDoor.answer(request));
    return aws;
  }

  readonly clock: Clock;
  readonly identities: Identities;
  readonly roles: StackRoles;
  /** Empty until something runs functions. */
  readonly functions = new Functions();
  readonly stateMachines: StateMachines;
  readonly eventRules: EventRules;
  readonly parameterStore: ParameterStore;
  /** Empty until something plays stacks. */
  readonly stacks: StackRecords;
  readonly stackGrants: StackGrants;
  /** Decides about every call. What services do with a role, beside its own calls, has to ask it as well. */
  readonly authorizer: Authorizer;
  /** Undefined if policies are not evaluated. */
  readonly permissions: PermissionReport | undefined;
  /** Undefined if the organization file says that the accounts are in none. */
  readonly organization: OrganizationState | undefined;

  private readonly recordedCalls: ApiCall[] = [];
  private readonly licenseManagerState: LicenseManagerState;
  private readonly frontDoor: FrontDoor;
  private server: HttpServer | undefined;

  private constructor(options: SimulatedAwsOptions) {
    const { clock } = options;
    const durations: WorkflowDurations = { ...TYPICAL_DURATIONS, ...options.workflow };
    const variants: Variants = { ...DEFAULT_VARIANTS, ...options.variants };
    const roles = new Roles();
    const policies = new Policies(roles, options.organization.managedPolicies ?? {});
    const serviceLinkedRoles = new ServiceLinkedRoles(roles);
    this.clock = clock;
    this.stateMachines = new StateMachines({
      functions: new TaskFunctions(this.functions, clock, { authorize: async (request) => this.authorizer.authorize(request) }),
      clock,
      seed: options.seed,
      onStatusChange: (execution) => this.eventRules.announce(statusChange(execution)),
    });
    this.eventRules = new EventRules(this.functions, this.stateMachines);
    this.parameterStore = new ParameterStore(clock);
    this.stacks = new StackRecords(clock);
    this.identities = new Identities(clock);
    this.organization = OrganizationState.of(options.organization, clock.now());
    this.licenseManagerState = new LicenseManagerState({
      definition: options.organization, organization: this.organization, serviceLinkedRoles, clock, durations, variants,
    });
    Object.entries(options.organization.serviceLinkedRoles).forEach(([accountId, serviceNames]) =>
      serviceNames.forEach((serviceName) => serviceLinkedRoles.ensure(accountId, serviceName, clock.now())));
    const deletions = new ServiceLinkedRoleDeletions(
      roles, clock, durations.serviceLinkedRoleDeletion,
      licenseManagerRoleUsage(this.organization, this.licenseManagerState.linking, serviceLinkedRoles),
    );
    const reads = new StaleReads(options.faults ?? [], clock, [
      { service: 'license-manager', store: this.licenseManagerState.grants },
      { service: 'license-manager', store: this.licenseManagerState.settings },
      { service: 'iam', store: roles },
      { service: 'ssm', store: this.parameterStore },
      ...(this.organization ? [{ service: 'organizations', store: this.organization }] : []),
    ]);
    const grantService = licenseManager(this.licenseManagerState, reads);
    this.stackGrants = new StackGrants({
      service: grantService, clock, beforeChange: () => reads.remember(), onCall: (call) => this.recordedCalls.push(call),
    });
    const services: Service[] = [
      lambda(this.functions),
      states(this.stateMachines),
      ssm(this.parameterStore, reads),
      cloudFormation(this.stacks),
      grantService,
      iam({ roles, serviceLinkedRoles, deletions }, reads),
      sts({ roles, identities: this.identities }),
      marketplaceAgreement(new AgreementCatalog(options.organization, this.licenseManagerState.licenses)),
      organizations({ organization: this.organization, serviceLinkedRoles, variants, reads }),
    ];
    this.roles = {
      put: (definition) => {
        const role = roles.put(definition, clock.now());
        policies.remember(role);
        return role;
      },
      remove: (accountId, roleName) => roles.remove(accountId, roleName),
      putPolicy: (id, policy) => policies.put(id, policy),
      removePolicy: (id) => policies.remove(id),
    };
    const ledger = new PermissionLedger();
    const evaluator = options.authorizer ? undefined : options.policyEvaluator;
    this.permissions = evaluator && reportOf(ledger, policies, evaluator);
    this.authorizer = options.authorizer ?? (evaluator ? new RolePolicyAuthorizer({
      evaluator, roles, policies, organization: this.organization, serviceControlPolicies: options.organization.serviceControlPolicies, clock, ledger,
    }) : withoutPoliciesIn(this.organization));
    this.frontDoor = new FrontDoor({
      services,
      clock,
      identities: this.identities,
      authorizer: this.authorizer,
      disturbances: new CallFaults({
        faults: options.faults ?? [],
        seed: options.seed ?? DEFAULT_SEED,
        latencyMilliseconds: options.latencyMilliseconds ?? 0,
        ratePerSecond: options.ratePerSecond,
        world: {
          roleCreatedAt: (roleArn) => roles.find(roleArn)?.createdAt,
          organization: this.organization,
          beforeChange: () => reads.remember(),
        },
      }),
      onCall: (call) => this.recordedCalls.push(call),
    });
  }

  get endpoint(): string {
    return this.server!.endpoint;
  }

  get calls(): readonly ApiCall[] {
    return this.recordedCalls;
  }

  /** Every grant, those to single accounts below an organization's grant among them. */
  grants(): GrantReport[] {
    const { grants, licenses } = this.licenseManagerState;
    return grants.all().map((grant) => ({
      grantArn: grant.arn,
      parentArn: grant.identity.parentArn,
      licenseArn: grant.identity.licenseArn,
      productName: licenses.get(grant.identity.licenseArn).product.name,
      granteePrincipalArn: grant.identity.granteePrincipalArn,
      ownerAccountId: grant.granteeAccountId(),
      grantorAccountId: grant.identity.grantorAccountId,
      name: grant.current.name,
      status: grant.status,
      statusReason: grant.current.statusReason,
      version: grant.version,
      operations: grant.current.operations,
      tags: Object.fromEntries(grant.tags),
    }));
  }

  async stop(): Promise<void> {
    this.licenseManagerState.workflows.stop();
    this.stateMachines.stop();
    await this.server?.stop();
  }
}

function reportOf(ledger: PermissionLedger, policies: Policies, evaluator: PolicyEvaluator): PermissionReport {
  return {
    get denied() { return ledger.denied; },
    get unchecked() { return ledger.unchecked; },
    unused: async () => {
      const ofRoles = await Promise.all([...policies.everWritten].map(async ([roleArn, documents]) => {
        const actions = await unusedActions(documents, ledger.usedActions(roleArn), evaluator);
        return actions.map((action) => ({ roleArn, action }));
      }));
      return ofRoles.flat();
    },
  };
}
