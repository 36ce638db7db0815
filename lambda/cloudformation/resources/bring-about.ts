import type { GrantProperties } from '../../../lib/grant/grant-properties';
import { isGrantArn } from '../../domain/grant/arns';
import type { Grant } from '../../domain/grant/grant';
import { isSameGrant } from '../../domain/grant/grant-spec';
import type { GrantSpec } from '../../domain/grant/grant-spec';
import { isLive } from '../../domain/grant/grant-status';
import { reconcile } from '../../domain/grant/reconcile';
import type { Outcome } from '../../domain/grant/reconciliation';
import { replaceGrant } from '../../domain/grant/replace-grant';
import type { Replacement } from '../../domain/grant/replace-grant';
import { RESTORING_MILLISECONDS, restorePredecessor } from '../../domain/grant/restore-predecessor';
import { findUnfinishedPredecessor } from '../../domain/grant/succession';
import type { Before } from '../custom-resource';
import { accountsActiveBefore } from './activation-request';
import type { GrantContext } from './grant-context';
import { findInterruptedPredecessor } from './interrupted-settlement';
import { findLostGrants, removeGrants } from './remove-grants';

export interface GrantUpdate {
  readonly desired: GrantSpec;
  readonly properties: GrantProperties;
  readonly before: Before<GrantProperties>;
}

export interface BroughtAbout {
  readonly outcome: Outcome;
  /** The grant whose place the new one takes. */
  readonly predecessorArn?: string;
  /** Whether that had been begun by an earlier request, so that the new grant was not in use before either. */
  readonly wasUnfinished?: boolean;
}

/** Another license or grantee takes another grant, which is settled before CloudFormation has the one before deleted. */
export async function bringAbout(update: GrantUpdate, context: GrantContext): Promise<BroughtAbout> {
  const { desired, properties, before } = update;
  const { world } = context.reconciliation(desired, properties);
  const known = isGrantArn(before.physicalId) ? await world.licenseManager.findGrant(before.physicalId) : undefined;
  const unfinished = known && await findUnfinished(known, update, context);
  const current = known && isLive(known.status) ? known : undefined;
  if (unfinished) {
    return goOnReplacing(update, unfinished, known, context);
  }
  if (current && !isSameGrant(desired, current)) {
    return replace(update, { predecessor: current, isBegun: false }, context);
  }
  if (isOfAnotherGrant(properties, before.properties) || await isBackToRejected(known, properties, context)) {
    // An update that never answered is undone: of what it has made CloudFormation knows nothing, and nobody else would delete it.
    // The grant that it does know is none of them, even if another home Region does not show it.
    const undone = before.properties as GrantProperties;
    const lost = (await findLostGrants(undone, context)).filter((each) => each !== before.physicalId);
    await removeGrants({ properties: undone, grantArns: lost, wasAnswered: false }, context);
  }
  return { outcome: await reconcile({ ...context.reconciliation(desired, properties), grantArn: known?.arn }) };
}

/** The grant whose place the known one has not taken yet: an earlier request had left that to a workflow, which this one has stopped. */
async function findUnfinished(known: Grant, { desired, properties, before }: GrantUpdate, context: GrantContext): Promise<Grant | undefined> {
  const mayBeUnfinished = properties.Workflow !== undefined || before.properties.Workflow !== undefined;
  return mayBeUnfinished
    ? await findUnfinishedPredecessor(known, context.reconciliation(desired, properties)) ?? findInterruptedPredecessor(known, desired, context)
    : undefined;
}

/** Where the grant that was to come is not wanted any more, the one before is as it was first: it is the one in use. */
async function goOnReplacing(update: GrantUpdate, unfinished: Grant, known: Grant, context: GrantContext): Promise<BroughtAbout> {
  const { desired, properties, before } = update;
  if (isSameGrant(desired, known)) {
    return { ...await replace(update, { predecessor: unfinished, isBegun: true, grantArn: known.arn }, context), wasUnfinished: true };
  }
  const isWantedAgain = isSameGrant(desired, unfinished);
  const reconciliation = context.reconciliation(desired, properties);
  const obstacle = await restorePredecessor({
    ...reconciliation,
    predecessorArn: unfinished.arn,
    successorArn: known.arn,
    override: before.properties.Activation?.Override,
    accounts: accountsActiveBefore(isWantedAgain ? properties.Activation : before.properties.Activation),
  });
  context.invocation.journal.note('A replacement that was under way is taken back', { grantArn: known.arn, predecessorArn: unfinished.arn, ...obstacle });
  if (isWantedAgain) {
    return { outcome: await reconcile({ ...reconciliation, grantArn: unfinished.arn }) };
  }
  const predecessor = await reconciliation.world.licenseManager.findGrant(unfinished.arn) ?? unfinished;
  return replace(update, { predecessor, isBegun: true }, context);
}

async function replace(
  { desired, properties, before }: GrantUpdate, replaced: Pick<Replacement, 'predecessor' | 'isBegun' | 'grantArn'>, context: GrantContext,
): Promise<BroughtAbout> {
  const reconciliation = context.reconciliation(desired, properties);
  const { deadline: undoDeadline } = context.invocation;
  const outcome = await replaceGrant({
    ...reconciliation,
    ...replaced,
    predecessorWasWanted: before.properties.Activation?.Mode === 'ACTIVE',
    predecessorAccounts: accountsActiveBefore(before.properties.Activation),
    deadline: Math.min(reconciliation.deadline, undoDeadline - RESTORING_MILLISECONDS),
    undoDeadline,
  });
  return { outcome, predecessorArn: replaced.predecessor.arn };
}

/** The update that is undone was to make a rejected grant again. */
async function isBackToRejected(known: Grant | undefined, { RecreateIfRejected }: GrantProperties, context: GrantContext): Promise<boolean> {
  return known?.status === 'REJECTED' && RecreateIfRejected !== 'true' && context.isRollingBack();
}

function isOfAnotherGrant(properties: GrantProperties, before: Partial<GrantProperties>): boolean {
  return before.LicenseArn !== undefined && before.Grantee !== undefined
    && (before.LicenseArn !== properties.LicenseArn
      || before.HomeRegion !== properties.HomeRegion
      || before.Grantee.Kind !== properties.Grantee.Kind
      || before.Grantee.Identifier !== properties.Grantee.Identifier);
}
