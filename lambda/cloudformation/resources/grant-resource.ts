import { memberRoleOf } from './acceptance-request';
import type { MemberRole } from './acceptance-request';
import { accountsActiveBefore } from './activation-request';
import { conflictAttributes } from './conflict-attributes';
import { checkGrantProperties, settlingDeadline, specify, userTags } from './grant-request';
import type { GrantAttributes, GrantProperties, WorkflowProperties } from '../../../lib/grant/grant-properties';
import { Failure } from '../../domain/failure';
import { isGrantArn } from '../../domain/grant/arns';
import type { Grant } from '../../domain/grant/grant';
import type { GrantSpec } from '../../domain/grant/grant-spec';
import { isSameGrant } from '../../domain/grant/grant-spec';
import { isLive } from '../../domain/grant/grant-status';
import type { GranteeGateway } from '../../domain/grant/grantee-gateway';
import type { LicenseManagerGateway } from '../../domain/grant/license-manager-gateway';
import { licensedOperations } from '../../domain/grant/licensed-operations';
import { listOwnGrants } from '../../domain/grant/own-grant';
import { UNSETTLED_TAG } from '../../domain/grant/ownership';
import { needsOrganization, resolvePrincipal } from '../../domain/grant/principal';
import type { Principal } from '../../domain/grant/principal';
import { reconcile } from '../../domain/grant/reconcile';
import type { Circumstances, Outcome, Pending, Reconciliation } from '../../domain/grant/reconciliation';
import { removeGrant } from '../../domain/grant/remove-grant';
import { replaceGrant } from '../../domain/grant/replace-grant';
import type { Replacement } from '../../domain/grant/replace-grant';
import { reconcileTags } from '../../domain/grant/tagging';
import type { OrganizationsGateway } from '../../domain/organization/organizations-gateway';
import { isAccessDenied, isRefusedRequest } from '../../domain/service-error';
import { Superseded } from '../../domain/workflow/superseded';
import type { WorkflowsGateway } from '../../domain/workflow/workflows-gateway';
import { ANSWERED_LATER } from '../custom-resource';
import type { AnsweredLater, Before, CustomResource, Invocation, Passed, Settled } from '../custom-resource';
import { handOver } from '../settlement/hand-over';
import type { Settlement } from '../settlement/settlement';
import { measureSettlement } from '../settlement/settlement-metric';
import { supersede } from '../settlement/supersede';

/** The services that grants need. License Manager is asked in the home Region of the license. */
export interface GrantServices {
  readonly licenseManager: (homeRegion: string) => LicenseManagerGateway;
  readonly organizations: OrganizationsGateway;
  readonly grantee: (role: MemberRole, homeRegion: string) => GranteeGateway;
  readonly workflows: WorkflowsGateway;
}

type SettledGrant = Extract<Outcome, { kind: 'settled' }>;

/** A grant that is as desired, or pending and to be handed over to the workflow. */
type Reached = SettledGrant | Pending;

/**
 * The grant before is deleted as soon as the new one is handed over, so a replacement is settled by the function, or undone: ten minutes, as
 * other grants have by default, and the rest of the function's time for the undoing.
 */
const REPLACEMENT_MILLISECONDS = 600_000;

/** `Custom::MarketplaceLicenseGrant`: one grant of a license. Its physical id is the grant's ARN. */
export class GrantResource implements CustomResource<GrantProperties, GrantAttributes> {
  private readonly beganAt: number;

  constructor(private readonly invocation: Invocation, private readonly services: GrantServices) {
    this.beganAt = invocation.clock.now();
  }

  async create(properties: GrantProperties): Promise<Settled<GrantAttributes> | AnsweredLater> {
    checkGrantProperties(properties);
    const desired = await this.desire(properties);
    const reached = this.reachedOrFail(desired, properties, await reconcile(this.reconciliation(desired, properties)));
    if (reached.kind === 'settled') {
      await this.untagSettled(reached.grant, desired);
    }
    return this.conclude(desired, properties, reached);
  }

  async update(properties: GrantProperties, before: Before<GrantProperties>): Promise<Settled<GrantAttributes> | AnsweredLater> {
    checkGrantProperties(properties);
    await this.supersede([before.properties.Workflow, properties.Workflow]);
    const desired = await this.desire(properties, before.properties);
    const reached = this.reachedOrFail(desired, properties, await this.bringAbout(desired, properties, before));
    const wantedBefore = [...userTags(before.properties.Tags), ...reached.kind === 'settled' ? [UNSETTLED_TAG] : []];
    await reconcileTags(grantArnOf(reached), desired.tags, wantedBefore, this.services.licenseManager(properties.HomeRegion));
    return this.conclude(desired, properties, reached);
  }

  async delete(properties: GrantProperties, physicalId: string): Promise<string | undefined> {
    const wasAnswered = isGrantArn(physicalId);
    const grantArns = wasAnswered ? [physicalId] : await this.findLostGrants(properties);
    for (const grantArn of grantArns) {
      await this.supersede([properties.Workflow], grantArn);
    }
    return this.remove(properties, grantArns, wasAnswered);
  }

  async goOn({ request, executionArn, grantArn, progress }: Settlement): Promise<Passed<GrantAttributes>> {
    const properties = request.ResourceProperties as GrantProperties;
    const desired = await this.desire(properties, request.OldResourceProperties);
    const { deadline } = this.invocation;
    const outcome = await reconcile({ ...this.reconciliation(desired, properties), deadline, grantArn, mayCreate: false, resumed: progress });
    if (outcome.kind === 'settled') {
      await this.untagSettled(outcome.grant, desired);
      return { kind: outcome.kind, settled: settledAs(outcome) };
    }
    if (outcome.kind === 'gone' && request.ResponseURL === undefined) {
      // Neither settled nor failed, and those two are all that an execution which ends by itself can be.
      await this.services.workflows.stop(executionArn, 'Superseded', outcome.why);
      throw new Superseded(executionArn);
    }
    const failure = unsettled(desired, outcome);
    return outcome.kind === 'pending' ? { kind: outcome.kind, failure, progress: outcome.progress } : { kind: 'failed', failure };
  }

  /** The grant that the properties describe. Without those of before it is a new one. */
  private async desire(properties: GrantProperties, before?: Partial<GrantProperties>): Promise<GrantSpec> {
    const spec = specify(properties, await this.resolveGrantee(properties), this.invocation.owner, before);
    const returnsToDefault = !properties.AllowedOperations && before?.AllowedOperations !== undefined;
    return returnsToDefault ? { ...spec, operations: await this.defaultOperations(properties) } : spec;
  }

  /** From then on no workflow works on the grant, or on any grant that the resource stands for. */
  private async supersede(workflows: (WorkflowProperties | undefined)[], grantArn?: string): Promise<void> {
    // Mostly the state machine is the same before and after an update.
    const stateMachines = new Map(workflows.filter((each) => each !== undefined).map((each) => [each.StateMachineArn, each]));
    for (const workflow of stateMachines.values()) {
      await supersede(workflow, grantArn, this.invocation, this.services.workflows);
    }
  }

  private reachedOrFail(desired: GrantSpec, properties: GrantProperties, outcome: Outcome): Reached {
    const { clock, journal, owner } = this.invocation;
    if (outcome.kind === 'settled' || (outcome.kind === 'pending' && properties.Workflow)) {
      return outcome;
    }
    if (properties.Workflow) {
      measureSettlement(false, owner, clock.now(), journal);
    }
    throw unsettled(desired, outcome);
  }

  private async conclude(desired: GrantSpec, properties: GrantProperties, reached: Reached): Promise<Settled<GrantAttributes> | AnsweredLater> {
    const { clock, journal, owner } = this.invocation;
    if (reached.kind === 'pending') {
      const left = { grantArn: grantArnOf(reached), progress: reached.progress, beganAt: this.beganAt };
      await handOver(properties.Workflow!, left, this.invocation, this.services.workflows);
      return properties.Workflow!.AnswersCloudFormation === 'true' ? ANSWERED_LATER : settledSoFar(desired, reached);
    }
    if (properties.Workflow) {
      measureSettlement(true, owner, clock.now(), journal);
    }
    return settledAs(reached);
  }

  /** Another license or grantee takes another grant, which is settled before CloudFormation has the one before deleted. */
  private async bringAbout(desired: GrantSpec, properties: GrantProperties, before: Before<GrantProperties>): Promise<Outcome> {
    const reconciliation = this.reconciliation(desired, properties);
    const grantArn = isGrantArn(before.physicalId) ? before.physicalId : undefined;
    const grant = grantArn && await reconciliation.world.licenseManager.findGrant(grantArn);
    if (grant && isLive(grant.status) && !isSameGrant(desired, grant)) {
      const predecessorAccounts = accountsActiveBefore(before.properties.Activation);
      return this.replace(reconciliation, properties, { predecessor: grant, predecessorAccounts });
    }
    if (isOfAnotherGrant(properties, before.properties)) {
      // An update that never answered is undone: of what it has made CloudFormation knows nothing, and nobody else would delete it.
      await this.removeLostGrants(before.properties, before.physicalId);
    }
    return reconcile({ ...reconciliation, grantArn });
  }

  private async replace(
    reconciliation: Reconciliation, properties: GrantProperties, before: Pick<Replacement, 'predecessor' | 'predecessorAccounts'>,
  ): Promise<Outcome> {
    const { clock, deadline: undoDeadline } = this.invocation;
    const deadline = properties.Workflow ? Math.min(clock.now() + REPLACEMENT_MILLISECONDS, undoDeadline) : reconciliation.deadline;
    const outcome = await replaceGrant({ ...reconciliation, ...before, deadline, undoDeadline, continues: false });
    return outcome.kind === 'pending' ? { ...outcome, kind: 'failed', why: `not settled in time: ${outcome.why}` } : outcome;
  }

  /** The grant that CloudFormation knows is none of them, even if another home Region does not show it. */
  private async removeLostGrants(properties: GrantProperties, known: string): Promise<string | undefined> {
    const lost = await this.findLostGrants(properties);
    return this.remove(properties, lost.filter((grantArn) => grantArn !== known), false);
  }

  private async remove(properties: GrantProperties, grantArns: readonly string[], wasAnswered: boolean): Promise<string | undefined> {
    const { Removal: mode, DeletionReason: reason, Activation } = properties;
    const { deadline } = this.invocation;
    const choice = { mode, wasAnswered, reason, override: Activation?.Override, accounts: accountsActiveBefore(Activation), deadline };
    const remarks: string[] = [];
    for (const grantArn of grantArns) {
      const remark = await removeGrant({ ...this.circumstances(properties.HomeRegion), ...choice, grantArn });
      remarks.push(...remark === undefined ? [] : [remark]);
    }
    return remarks.length > 0 ? remarks.join('; ') : undefined;
  }

  private reconciliation(desired: GrantSpec, properties: GrantProperties): Reconciliation {
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

  private granteesSide(properties: GrantProperties, grantee: Principal): GranteeGateway | undefined {
    const role = memberRoleOf(properties, grantee);
    return role && this.services.grantee(role, properties.HomeRegion);
  }

  private circumstances(homeRegion: string): Omit<Circumstances, 'deadline'> {
    const { owner, stack, clock, journal, clientToken } = this.invocation;
    const { licenseManager, organizations } = this.services;
    return { owner, world: { accountId: stack.accountId, licenseManager: licenseManager(homeRegion), organizations }, clock, journal, clientToken };
  }

  private async untagSettled(grant: Grant, { homeRegion, tagsUntilSettled = [] }: GrantSpec): Promise<void> {
    if (tagsUntilSettled.length > 0) {
      await this.services.licenseManager(homeRegion).untag(grant.arn, tagsUntilSettled.map(({ key }) => key));
    }
  }

  private async resolveGrantee(properties: GrantProperties): Promise<Principal> {
    const organization = needsOrganization(properties.Grantee) ? await this.services.organizations.describeOrganization() : undefined;
    return resolvePrincipal(properties.Grantee, this.invocation.stack.partition, organization);
  }

  private async defaultOperations(properties: GrantProperties): Promise<readonly string[] | undefined> {
    const license = await this.services.licenseManager(properties.HomeRegion).findReceivedLicense(properties.LicenseArn);
    return license && licensedOperations(license);
  }

  /**
   * Grants of this resource whose ARN never reached CloudFormation, because the function died after making them. Properties
   * that are not understood, and requests that are refused, cannot have led to a grant: creating begins with the same.
   */
  private async findLostGrants(properties: GrantProperties): Promise<string[]> {
    try {
      checkGrantProperties(properties);
      const grantee = await this.resolveGrantee(properties);
      const filter = { licenseArn: properties.LicenseArn, granteePrincipalArn: grantee.arn };
      const grants = await listOwnGrants(this.invocation.owner, filter, this.services.licenseManager(properties.HomeRegion));
      return grants.map(({ arn }) => arn);
    } catch (error) {
      if (error instanceof Failure || isAccessDenied(error) || isRefusedRequest(error)) {
        this.invocation.journal.note('No grant was searched for', { said: error.message });
        return [];
      }
      throw error;
    }
  }
}

function isOfAnotherGrant(properties: GrantProperties, before: Partial<GrantProperties>): before is GrantProperties {
  return before.LicenseArn !== undefined && before.Grantee !== undefined
    && (before.LicenseArn !== properties.LicenseArn
      || before.HomeRegion !== properties.HomeRegion
      || before.Grantee.Kind !== properties.Grantee.Kind
      || before.Grantee.Identifier !== properties.Grantee.Identifier);
}

function unsettled(desired: GrantSpec, outcome: Exclude<Outcome, { kind: 'settled' }>): Failure {
  return new Failure(describeGrant(desired, outcome.grant), outcome.kind === 'pending' ? `not settled in time: ${outcome.why}` : outcome.why, outcome.next);
}

/** One is pending only after it was found or created. */
function grantArnOf(reached: Reached): string {
  return reached.kind === 'settled' ? reached.grant.arn : reached.grantArn!;
}

function settledAs({ grant, conflicts }: SettledGrant): Settled<GrantAttributes> {
  return {
    physicalId: grant.arn,
    attributes: {
      GrantArn: grant.arn, GrantName: grant.name, Status: grant.status, Version: grant.version, ...conflictAttributes(conflicts),
    },
  };
}

/** What is known of a grant that License Manager is still working on. */
function settledSoFar(desired: GrantSpec, reached: Pending): Settled<GrantAttributes> {
  const { grant, progress } = reached;
  const grantArn = grantArnOf(reached);
  return {
    physicalId: grantArn,
    attributes: {
      GrantArn: grantArn,
      GrantName: desired.name,
      Status: grant?.status ?? 'PENDING_WORKFLOW',
      Version: grant?.version ?? progress.answeredVersion ?? '',
      ...conflictAttributes([]),
    },
  };
}

function describeGrant(desired: GrantSpec, grant: Grant | undefined): string {
  return grant
    ? `Grant ${grant.arn} to ${desired.grantee.arn} (${grant.status}, version ${grant.version})`
    : `Grant of the license ${desired.licenseArn} to ${desired.grantee.arn}`;
}
