import { findWayBack, goBack } from './go-back';
import type { GrantAttributes, GrantProperties, WorkflowProperties } from '../../../lib/grant/grant-properties';
import { isGrantArn } from '../../domain/grant/arns';
import type { Grant } from '../../domain/grant/grant';
import type { GrantSpec } from '../../domain/grant/grant-spec';
import { isLive } from '../../domain/grant/grant-status';
import { reconcile } from '../../domain/grant/reconcile';
import type { Outcome, SuspendedReplacement } from '../../domain/grant/reconciliation';
import { goThroughPhases } from '../../domain/grant/replacement-phases';
import { restorePredecessor } from '../../domain/grant/restore-predecessor';
import { Superseded } from '../../domain/workflow/superseded';
import { ANSWERED_LATER } from '../custom-resource';
import type { AnsweredLater, Before, CustomResource, Invocation, Passed, Settled, WindingUp } from '../custom-resource';
import { outlastCancelledCreation, outlastCancelledUpdate } from '../outlast-cancelled';
import { accountsActiveBefore } from './activation-request';
import { bringAbout } from './bring-about';
import { finishReplacement } from './finish-replacement';
import { grantArnOf, settledAs, settledAsItIs, settledSoFar, unsettled } from './grant-answer';
import type { Reached, Unsettled } from './grant-answer';
import { GrantContext } from './grant-context';
import type { GrantServices } from './grant-context';
import { checkGrantProperties } from './grant-request';
import { retagGrant, untagProvisional } from './grant-tags';
import { findGrantTaken, isUpToOthers } from './others-decisions';
import type { TakenGrant } from './others-decisions';
import { findGrantsStrandedAtTheEnd, findLostGrants, removeGrants } from './remove-grants';
import { handOver } from '../settlement/hand-over';
import type { Settlement } from '../settlement/settlement';
import { measureSettlement } from '../settlement/settlement-metric';
import { supersede } from '../settlement/supersede';

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
    const conclusion = await this.conclude(desired, properties, reached);
    if (conclusion !== ANSWERED_LATER) {
      await untagProvisional(conclusion.physicalId, desired, this.context);
    }
    return conclusion;
  }

  async update(properties: GrantProperties, before: Before<GrantProperties>): Promise<Settled<GrantAttributes> | AnsweredLater> {
    checkGrantProperties(properties);
    await outlastCancelledUpdate(this.invocation, this.services.watch);
    await this.supersede([before.properties.Workflow, properties.Workflow]);
    const desired = await this.context.desire(properties, before.properties);
    const taken = await findGrantTaken(before.physicalId, desired, properties, this.context);
    if (taken) {
      return this.leaveOrFail(taken);
    }
    const { outcome, predecessorArn, wasUnfinished = false } = await bringAbout({ desired, properties, before }, this.context);
    const retagging = { succeeds: !isLeftOpen(outcome, properties), desired, properties, before };
    const asItIs = isReached(outcome, properties) ? undefined : await this.leaveInRollback(desired, outcome, wasUnfinished);
    if (asItIs) {
      if (isLive(outcome.grant!.status)) {
        await retagGrant({ ...retagging, grantArn: asItIs.physicalId }, this.context);
      }
      return asItIs;
    }
    const reached = this.reachedOrFail(desired, properties, outcome);
    await retagGrant({ ...retagging, grantArn: grantArnOf(reached) }, this.context);
    const isReplaced = predecessorArn !== undefined && reached.kind === 'settled';
    const remark = isReplaced ? await this.finishReplacement(predecessorArn, reached.grant.arn, before) : undefined;
    return this.conclude(desired, properties, reached, remark);
  }

  async delete(properties: GrantProperties, physicalId: string): Promise<string | undefined> {
    const wasAnswered = isGrantArn(physicalId);
    if (!wasAnswered) {
      await outlastCancelledCreation(physicalId, this.invocation, this.services.watch);
    }
    const grantArns = wasAnswered
      ? [physicalId, ...await findGrantsStrandedAtTheEnd(physicalId, properties, this.context)]
      : await findLostGrants(properties, this.context);
    for (const grantArn of grantArns) {
      await this.supersede([properties.Workflow], grantArn);
    }
    const wayBack = wasAnswered ? await findWayBack(physicalId, properties, this.context) : undefined;
    return wayBack
      ? goBack(wayBack, this.context)
      : removeGrants({ properties, grantArns, wasAnswered }, this.context);
  }

  async goOn({ request, executionArn, grantArn, progress }: Settlement): Promise<Passed<GrantAttributes>> {
    const properties = request.ResourceProperties as GrantProperties;
    const desired = await this.context.desire(properties, request.OldResourceProperties);
    const { deadline } = this.invocation;
    const reconciliation = { ...this.context.reconciliation(desired, properties), deadline, grantArn, mayCreate: false, resumed: progress };
    const { replacing } = progress;
    const outcome = replacing ? await goThroughPhases({ ...reconciliation, ...replacing }, replacing.phase) : await reconcile(reconciliation);
    if (outcome.kind === 'settled') {
      if (request.ResponseURL !== undefined) {
        await untagProvisional(outcome.grant.arn, desired, this.context);
      }
      return { kind: outcome.kind, settled: settledAs(outcome) };
    }
    if (outcome.kind === 'gone' && request.ResponseURL === undefined && !await this.isToBeUndone(executionArn, replacing)) {
      // Neither settled nor failed, and those two are all that an execution which ends by itself can be.
      await this.services.workflows.stop(executionArn, 'Superseded', outcome.why);
      throw new Superseded(`${executionArn} was stopped`);
    }
    const failure = unsettled(desired, outcome);
    const wasUnfinished = replacing !== undefined && request.PhysicalResourceId === grantArn;
    const asItIs = request.ResponseURL === undefined ? undefined : await this.leaveInRollback(desired, outcome, wasUnfinished);
    return outcome.kind === 'pending' ? { kind: outcome.kind, failure, asItIs, progress: outcome.progress } : { kind: 'failed', failure, asItIs };
  }

  async windUp({ request, grantArn, progress: { replacing }, ending }: Settlement, isSettled: boolean): Promise<WindingUp> {
    if (!replacing) {
      return {};
    }
    const properties = request.ResourceProperties as GrantProperties;
    const before = { physicalId: request.PhysicalResourceId!, properties: request.OldResourceProperties as GrantProperties };
    if (isSettled) {
      return { obstacle: await this.finishReplacement(replacing.predecessorArn, grantArn, before) };
    }
    const obstacle = await restorePredecessor({
      ...this.context.reconciliation(await this.context.desire(properties), properties),
      ...replacing,
      deadline: this.invocation.deadline,
      successorArn: grantArn,
      override: properties.Activation.Override,
      accounts: accountsActiveBefore(before.properties.Activation),
      // Where CloudFormation waits there is no time for that.
      givesTimeToSuccessor: request.ResponseURL === undefined,
      resumed: ending?.progress,
    });
    return { obstacle: obstacle?.why, goesOn: obstacle?.passes, progress: obstacle?.progress };
  }

  private async finishReplacement(
    predecessorArn: string, successorArn: string, { physicalId, properties }: Before<GrantProperties>,
  ): Promise<string | undefined> {
    return finishReplacement({ predecessorArn, successorArn, knownId: physicalId }, properties as GrantProperties, this.context);
  }

  /** Unless a newer request is at work, a grant that was to be replaced is needed all the more when its successor is gone. */
  private async isToBeUndone(executionArn: string, replacing: SuspendedReplacement | undefined): Promise<boolean> {
    return replacing !== undefined && this.services.workflows.isRunning(executionArn);
  }

  /** From then on no workflow works on the grant, or on any grant that the resource stands for. */
  private async supersede(workflows: (WorkflowProperties | undefined)[], grantArn?: string): Promise<void> {
    // Mostly the workflow is the same before and after an update. Its executions have another prefix once the construct has another path.
    const known = workflows.filter((each) => each !== undefined);
    const different = new Map(known.map((each) => [`${each.StateMachineArn}/${each.ExecutionNamePrefix}`, each]));
    for (const workflow of different.values()) {
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

  /** What CloudFormation is told instead of a failure, where a rollback leaves the grant as it is. */
  private async leaveInRollback(desired: GrantSpec, outcome: Unsettled, wasUnfinished: boolean): Promise<Settled<GrantAttributes> | undefined> {
    return this.invocation.requestType === 'Update' && isAsBefore(outcome, wasUnfinished) && await this.context.isRollingBack()
      ? settledAsItIs(outcome.grant, unsettled(desired, outcome), outcome.kind === 'failed' ? outcome.conflicts : [])
      : undefined;
  }

  private async leaveOrFail({ grant, failure }: TakenGrant): Promise<Settled<GrantAttributes>> {
    if (await this.context.isRollingBack()) {
      return settledAsItIs(grant, failure);
    }
    throw failure;
  }

  private async conclude(
    desired: GrantSpec, properties: GrantProperties, reached: Reached, remark?: string,
  ): Promise<Settled<GrantAttributes> | AnsweredLater> {
    const { clock, journal, owner } = this.invocation;
    if (reached.kind === 'pending') {
      const left = { grantArn: grantArnOf(reached), progress: reached.progress, beganAt: this.beganAt };
      await handOver(properties.Workflow!, left, this.invocation, this.services.workflows);
      return isLeftOpen(reached, properties) ? ANSWERED_LATER : settledSoFar(desired, reached);
    }
    if (properties.Workflow) {
      measureSettlement(true, owner, clock.now(), journal);
    }
    return { ...settledAs(reached), reason: remark };
  }
}

/** Or on its way there, with a workflow that goes on with it. */
function isReached(outcome: Outcome, { Workflow }: GrantProperties): outcome is Reached {
  return outcome.kind === 'settled' || (outcome.kind === 'pending' && Workflow !== undefined);
}

/** Whether the workflow gives CloudFormation its answer. */
function isLeftOpen(outcome: Outcome, { Workflow }: GrantProperties): boolean {
  return outcome.kind === 'pending' && Workflow?.AnswersCloudFormation === 'true';
}

/** Whether a rollback leaves a grant as it is: others have the say about it, or it was not in use before either. */
function isAsBefore(outcome: Unsettled, wasUnfinished: boolean): outcome is Unsettled & { readonly grant: Grant } {
  return outcome.grant !== undefined && (wasUnfinished || isUpToOthers(outcome));
}
