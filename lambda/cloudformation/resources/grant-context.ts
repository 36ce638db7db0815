import type { GrantProperties } from '../../../lib/grant/grant-properties';
import type { GrantSpec } from '../../domain/grant/grant-spec';
import type { GranteeGateway } from '../../domain/grant/grantee-gateway';
import type { LicenseManagerGateway } from '../../domain/grant/license-manager-gateway';
import { licensedOperations } from '../../domain/grant/licensed-operations';
import { needsOrganization, resolvePrincipal } from '../../domain/grant/principal';
import type { Principal } from '../../domain/grant/principal';
import type { Circumstances, Reconciliation } from '../../domain/grant/reconciliation';
import type { OrganizationsGateway } from '../../domain/organization/organizations-gateway';
import { Course, courseIn } from '../../domain/stack/course';
import { isRollingBack } from '../../domain/stack/stack-status';
import type { StackWatch } from '../../domain/stack/stack-watch';
import type { StacksGateway } from '../../domain/stack/stacks-gateway';
import type { WorkflowsGateway } from '../../domain/workflow/workflows-gateway';
import type { Invocation } from '../custom-resource';
import { memberRoleOf } from './acceptance-request';
import type { MemberRole } from './acceptance-request';
import { settlingDeadline, specify } from './grant-request';

/** The services that grants need. License Manager is asked in the home Region of the license. */
export interface GrantServices {
  readonly licenseManager: (homeRegion: string) => LicenseManagerGateway;
  readonly organizations: OrganizationsGateway;
  readonly grantee: (role: MemberRole, homeRegion: string) => GranteeGateway;
  readonly workflows: WorkflowsGateway;
  readonly stacks: StacksGateway;
  readonly watch: StackWatch;
}

/** What a request about a grant means to the domain: its properties resolved, and the services that it works with. */
export class GrantContext {
  private statusOfDeletion?: Promise<string | undefined>;

  constructor(readonly invocation: Invocation, readonly services: GrantServices) {}

  /** The grant that the properties describe. Without those of before it is a new one. */
  async desire(properties: GrantProperties, before?: Partial<GrantProperties>): Promise<GrantSpec> {
    const spec = specify(properties, await this.resolveGrantee(properties), this.invocation.owner, before);
    const returnsToDefault = !properties.AllowedOperations && before?.AllowedOperations !== undefined;
    return returnsToDefault ? { ...spec, operations: await this.defaultOperations(properties) } : spec;
  }

  async resolveGrantee(properties: GrantProperties): Promise<Principal> {
    const organization = needsOrganization(properties.Grantee) ? await this.services.organizations.describeOrganization() : undefined;
    return resolvePrincipal(properties.Grantee, this.invocation.stack.partition, organization);
  }

  reconciliation(desired: GrantSpec, properties: GrantProperties): Reconciliation {
    const { clock, deadline, exists } = this.invocation;
    const circumstances = this.circumstances(desired.homeRegion);
    return {
      ...circumstances,
      world: { ...circumstances.world, grantee: this.granteesSide(properties, desired.grantee) },
      deadline: settlingDeadline(properties, clock.now(), deadline),
      desired,
      onGrant: exists,
      continues: properties.Workflow !== undefined,
    };
  }

  /** With all the time that the function has. */
  circumstances(homeRegion: string): Circumstances {
    const { owner, stack, clock, deadline, journal, clientToken } = this.invocation;
    const { licenseManager, organizations } = this.services;
    const world = { accountId: stack.accountId, licenseManager: licenseManager(homeRegion), organizations };
    return { owner, world, clock, deadline, journal, clientToken };
  }

  /** Whether this request is part of a rollback. If that cannot be found out, it is not taken to be. */
  async isRollingBack(): Promise<boolean> {
    return isRollingBack(await this.readStackStatus()) ?? false;
  }

  /** Whether this request is part of the end of its stack. If that cannot be found out, it is not taken to be. */
  async isStackBeingDeleted(): Promise<boolean> {
    const status = await this.readStackStatus();
    return status !== undefined && courseIn(status) === Course.AWAY;
  }

  async readStackStatus(): Promise<string | undefined> {
    if (this.invocation.requestType !== 'Delete') {
      return this.askForStackStatus();
    }
    // It is part of one operation from its beginning to its end.
    this.statusOfDeletion ??= this.askForStackStatus();
    return this.statusOfDeletion;
  }

  private async askForStackStatus(): Promise<string | undefined> {
    return (await this.services.stacks.readStack(this.invocation.owner.stackId))?.status;
  }

  private granteesSide(properties: GrantProperties, grantee: Principal): GranteeGateway | undefined {
    const role = memberRoleOf(properties, grantee);
    return role && this.services.grantee(role, properties.HomeRegion);
  }

  private async defaultOperations(properties: GrantProperties): Promise<readonly string[] | undefined> {
    const license = await this.services.licenseManager(properties.HomeRegion).findReceivedLicense(properties.LicenseArn);
    return license && licensedOperations(license);
  }
}
