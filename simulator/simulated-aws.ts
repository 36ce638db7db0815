import { Clock } from './clock/clock';
import { OrganizationDefinition } from './organization/organization-definition';
import { OrganizationState } from './organization/organization-state';
import { iam } from './services/iam/iam';
import { Role, RoleDefinition, Roles } from './services/iam/roles';
import { ServiceLinkedRoleDeletions } from './services/iam/service-linked-role-deletions';
import { ServiceLinkedRoles } from './services/iam/service-linked-roles';
import { licenseManager } from './services/license-manager/license-manager';
import { LicenseManagerState } from './services/license-manager/license-manager-state';
import { licenseManagerRoleUsage } from './services/license-manager/settings/role-usage';
import { organizations } from './services/organizations/organizations';
import { sts } from './services/sts/sts';
import { TYPICAL_DURATIONS, WorkflowDurations } from './services/workflow-durations';
import { allowEverything, Authorizer } from './wire/authorizer';
import { ApiCall } from './wire/call-log';
import { FrontDoor } from './wire/front-door';
import { HttpServer } from './wire/http-server';
import { Identities } from './wire/identities';
import { Service } from './wire/service';

export interface SimulatedAwsOptions {
  readonly organization: OrganizationDefinition;
  readonly clock: Clock;
  /** @default - any free port */
  readonly port?: number;
  /** @default - what AWS takes on a good day */
  readonly workflow?: Partial<WorkflowDurations>;
  /** @default - every signed caller may do everything in its own account */
  readonly authorizer?: Authorizer;
}

/** Roles that a stack makes and removes, so that GetRole and AssumeRole know them. */
export interface StackRoles {
  put(role: RoleDefinition): Role;
  remove(accountId: string, roleName: string): void;
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
  /** Undefined if the organization file says that the accounts are in none. */
  readonly organization: OrganizationState | undefined;

  private readonly recordedCalls: ApiCall[] = [];
  private readonly licenseManagerState: LicenseManagerState;
  private readonly frontDoor: FrontDoor;
  private server: HttpServer | undefined;

  private constructor(options: SimulatedAwsOptions) {
    const { clock } = options;
    const durations: WorkflowDurations = { ...TYPICAL_DURATIONS, ...options.workflow };
    const roles = new Roles();
    const serviceLinkedRoles = new ServiceLinkedRoles(roles);
    this.clock = clock;
    this.identities = new Identities(clock);
    this.organization = OrganizationState.of(options.organization, clock.now());
    this.licenseManagerState = new LicenseManagerState({
      definition: options.organization, organization: this.organization, serviceLinkedRoles, clock, durations,
    });
    Object.entries(options.organization.serviceLinkedRoles).forEach(([accountId, serviceNames]) =>
      serviceNames.forEach((serviceName) => serviceLinkedRoles.ensure(accountId, serviceName, clock.now())));
    const deletions = new ServiceLinkedRoleDeletions(
      roles, clock, durations.serviceLinkedRoleDeletion,
      licenseManagerRoleUsage(this.organization, this.licenseManagerState.linking, serviceLinkedRoles),
    );
    const services: Service[] = [
      licenseManager(this.licenseManagerState),
      iam({ roles, serviceLinkedRoles, deletions }),
      sts({ roles, identities: this.identities }),
      organizations(this.organization),
    ];
    this.roles = {
      put: (role) => roles.put(role, clock.now()),
      remove: (accountId, roleName) => roles.remove(accountId, roleName),
    };
    this.frontDoor = new FrontDoor({
      services,
      clock,
      identities: this.identities,
      authorizer: options.authorizer ?? allowEverything,
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
    }));
  }

  async stop(): Promise<void> {
    this.licenseManagerState.workflows.stop();
    await this.server?.stop();
  }
}
