import type { GrantAttributes, GrantProperties, WorkflowProperties } from '../../../lib/grant/grant-properties';
import { isGrantArn } from '../../domain/grant/arns';
import type { Grant } from '../../domain/grant/grant';
import { isSameGrant } from '../../domain/grant/grant-spec';
import type { GrantSpec, Tag } from '../../domain/grant/grant-spec';
import { isInOthersHands, isLive } from '../../domain/grant/grant-status';
import { ADOPTED_TAG, UNSETTLED_TAG } from '../../domain/grant/ownership';
import { reconcile } from '../../domain/grant/reconcile';
import type { Outcome, Reconciliation } from '../../domain/grant/reconciliation';
import { replaceGrant } from '../../domain/grant/replace-grant';
import type { Replacement } from '../../domain/grant/replace-grant';
import { readStanding } from '../../domain/grant/standing';
import { reconcileTags } from '../../domain/grant/tagging';
import { Superseded } from '../../domain/workflow/superseded';
import { ANSWERED_LATER } from '../custom-resource';
import type { AnsweredLater, Before, CustomResource, Invocation, Passed, Settled } from '../custom-resource';
import { accountsActiveBefore } from './activation-request';
import { grantArnOf, settledAs, settledAsItIs, settledSoFar, unsettled } from './grant-answer';
import type { Reached } from './grant-answer';
import { GrantContext } from './grant-context';
import type { GrantServices } from './grant-context';
import { checkGrantProperties, userTags } from './grant-request';
import { findLostGrants, removeGrants } from './remove-grants';
import { handOver } from '../settlement/hand-over';
import type { Settlement } from '../settlement/settlement';
import { measureSettlement } from '../settlement/settlement-metric';
import { supersede } from '../settlement/supersede';

/**
 * The grant before is deleted as soon as the new one is handed over, so a replacement is settled by the function, or undone: ten minutes, as
 * other grants have by default, and the rest of the function's time for the undoing.
 */
const REPLACEMENT_MILLISECONDS = 600_000;

/** `Custom::MarketplaceLicenseGrant`: one grant of a license. Its physical id is the grant's ARN. */
export class GrantResource implements CustomResource<GrantProperties, GrantAttributes> {
  private readonly beganAt: number;
  private readonly context: GrantContext;

  constructor(private readonly invocation: Invocation, private readonly services: GrantServices) {
    this.beganAt = invocation.clock.now();
    this.context = new GrantContext(invocation, services);
  }

  async create(properties: GrantProperties): Promise<Settled<GrantAttributes> | AnsweredLater> {
    checkGrantProperties(properties);
    const desired = await this.context.desire(properties);
    const reached = this.reachedOrFail(desired, properties, await reconcile(this.context.reconciliation(desired, properties)));
    if (reached.kind === 'settled') {
      await this.untagSettled(reached.grant, desired);
    }
    return this.conclude(desired, properties, reached);
  }

  async update(properties: GrantProperties, before: Before<GrantProperties>): Promise<Settled<GrantAttributes> | AnsweredLater> {
    checkGrantProperties(properties);
    await this.supersede([before.properties.Workflow, properties.Workflow]);
    const desired = await this.context.desire(properties, before.properties);
    const outcome = await this.bringAbout(desired, properties, before);
    if (!isReached(outcome, properties) && await this.isBeyondRollback(outcome)) {
      const { arn, status } = outcome.grant!;
      if (isLive(status)) {
        await this.reconcileTags(arn, desired, properties, before);
      }
      return settledAsItIs(outcome.grant!, unsettled(desired, outcome));
    }
    const reached = this.reachedOrFail(desired, properties, outcome);
    await this.reconcileTags(grantArnOf(reached), desired, properties, before, reached.kind === 'settled' ? [UNSETTLED_TAG] : []);
    return this.conclude(desired, properties, reached);
  }

  async delete(properties: GrantProperties, physicalId: string): Promise<string | undefined> {
    const wasAnswered = isGrantArn(physicalId);
    const grantArns = wasAnswered ? [physicalId] : await findLostGrants(properties, this.context);
    for (const grantArn of grantArns) {
      await this.supersede([properties.Workflow], grantArn);
    }
    return removeGrants({ properties, grantArns, wasAnswered }, this.context);
  }

  async goOn({ request, executionArn, grantArn, progress }: Settlement): Promise<Passed<GrantAttributes>> {
    const properties = request.ResourceProperties as GrantProperties;
    const desired = await this.context.desire(properties, request.OldResourceProperties);
    const { deadline } = this.invocation;
    const outcome = await reconcile({ ...this.context.reconciliation(desired, properties), deadline, grantArn, mayCreate: false, resumed: progress });
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
    if (isReached(outcome, properties)) {
      return outcome;
    }
    if (properties.Workflow) {
      measureSettlement(false, owner, clock.now(), journal);
    }
    throw unsettled(desired, outcome);
  }

  /**
   * A rollback neither causes nor mends what others have decided about a grant. If its Update failed for that, the whole stack would stay
   * in UPDATE_ROLLBACK_FAILED.
   */
  private async isBeyondRollback({ grant }: Outcome): Promise<boolean> {
    return grant !== undefined && isInOthersHands(grant.status) && await this.context.isRollingBack();
  }

  private async reconcileTags(
    grantArn: string, desired: GrantSpec, properties: GrantProperties, before: Before<GrantProperties>, surplus: readonly Tag[] = [],
  ): Promise<void> {
    const wanted = [...desired.tags, ...await this.isOfUnknownOrigin(grantArn, properties, before) ? [ADOPTED_TAG] : []];
    const wantedBefore = [...userTags(before.properties.Tags), ...surplus];
    await reconcileTags(grantArn, wanted, wantedBefore, this.services.licenseManager(properties.HomeRegion));
  }

  /** Once people took all tags off it, a grant may be one that was adopted: the end of the stack must not be its end. */
  private async isOfUnknownOrigin(grantArn: string, properties: GrantProperties, before: Before<GrantProperties>): Promise<boolean> {
    if (grantArn !== before.physicalId || properties.ExistingGrant !== 'ADOPT') {
      return false;
    }
    const circumstances = this.context.circumstances(properties.HomeRegion);
    const { origin } = await readStanding(grantArn, { ...circumstances, licenseManager: circumstances.world.licenseManager });
    return origin === 'NOT_OWNED';
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
    const reconciliation = this.context.reconciliation(desired, properties);
    const grantArn = isGrantArn(before.physicalId) ? before.physicalId : undefined;
    const grant = grantArn && await reconciliation.world.licenseManager.findGrant(grantArn);
    if (grant && isLive(grant.status) && !isSameGrant(desired, grant)) {
      const predecessorAccounts = accountsActiveBefore(before.properties.Activation);
      return this.replace(reconciliation, properties, { predecessor: grant, predecessorAccounts });
    }
    if (isOfAnotherGrant(properties, before.properties)) {
      // An update that never answered is undone: of what it has made CloudFormation knows nothing, and nobody else would delete it.
      // The grant that it does know is none of them, even if another home Region does not show it.
      const lost = (await findLostGrants(before.properties, this.context)).filter((each) => each !== before.physicalId);
      await removeGrants({ properties: before.properties, grantArns: lost, wasAnswered: false }, this.context);
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

  private async untagSettled(grant: Grant, { homeRegion, tagsUntilSettled = [] }: GrantSpec): Promise<void> {
    if (tagsUntilSettled.length > 0) {
      await this.services.licenseManager(homeRegion).untag(grant.arn, tagsUntilSettled.map(({ key }) => key));
    }
  }
}

/** Or on its way there, with a workflow that goes on with it. */
function isReached(outcome: Outcome, { Workflow }: GrantProperties): outcome is Reached {
  return outcome.kind === 'settled' || (outcome.kind === 'pending' && Workflow !== undefined);
}

function isOfAnotherGrant(properties: GrantProperties, before: Partial<GrantProperties>): before is GrantProperties {
  return before.LicenseArn !== undefined && before.Grantee !== undefined
    && (before.LicenseArn !== properties.LicenseArn
      || before.HomeRegion !== properties.HomeRegion
      || before.Grantee.Kind !== properties.Grantee.Kind
      || before.Grantee.Identifier !== properties.Grantee.Identifier);
}
