import type { GrantProperties } from '../../../lib/grant/grant-properties';
import { isGrantArn } from '../../domain/grant/arns';
import type { Grant } from '../../domain/grant/grant';
import { isSameGrant } from '../../domain/grant/grant-spec';
import type { GrantSpec } from '../../domain/grant/grant-spec';
import { isLive } from '../../domain/grant/grant-status';
import { reconcile } from '../../domain/grant/reconcile';
import type { Outcome } from '../../domain/grant/reconciliation';
import { replaceGrant } from '../../domain/grant/replace-grant';
import { restorePredecessor } from '../../domain/grant/restore-predecessor';
import { findUnfinishedPredecessor } from '../../domain/grant/succession';
import type { Before } from '../custom-resource';
import { accountsActiveBefore } from './activation-request';
import type { GrantContext } from './grant-context';
import { findLostGrants, removeGrants } from './remove-grants';

export interface GrantUpdate {
  readonly desired: GrantSpec;
  readonly properties: GrantProperties;
  readonly before: Before<GrantProperties>;
  /** The grant that CloudFormation knows, if it is there. */
  readonly current?: Grant;
  /** The one whose place that has not taken yet: an earlier request had left it to a workflow, which this one has stopped. */
  readonly unfinished?: Grant;
}

/** What there is before an update. */
export async function findGrantsBefore(
  properties: GrantProperties, before: Before<GrantProperties>, context: GrantContext,
): Promise<Pick<GrantUpdate, 'current' | 'unfinished'>> {
  const { world, owner } = context.circumstances(properties.HomeRegion);
  const grant = isGrantArn(before.physicalId) ? await world.licenseManager.findGrant(before.physicalId) : undefined;
  if (!grant || !isLive(grant.status)) {
    return {};
  }
  const mayBeUnfinished = properties.Workflow !== undefined || before.properties.Workflow !== undefined;
  return { current: grant, unfinished: mayBeUnfinished ? await findUnfinishedPredecessor(grant, { world, owner }) : undefined };
}

/** Another license or grantee takes another grant, which is settled before CloudFormation has the one before deleted. */
export async function bringAbout(update: GrantUpdate, context: GrantContext): Promise<Outcome> {
  const { desired, properties, before, current, unfinished } = update;
  if (current && unfinished) {
    return goOnReplacing({ ...update, current, unfinished }, context);
  }
  if (current && !isSameGrant(desired, current)) {
    return replace(update, current, context);
  }
  if (isOfAnotherGrant(properties, before.properties)) {
    // An update that never answered is undone: of what it has made CloudFormation knows nothing, and nobody else would delete it.
    // The grant that it does know is none of them, even if another home Region does not show it.
    const lost = (await findLostGrants(before.properties, context)).filter((each) => each !== before.physicalId);
    await removeGrants({ properties: before.properties, grantArns: lost, wasAnswered: false }, context);
  }
  return reconcile({ ...context.reconciliation(desired, properties), grantArn: isGrantArn(before.physicalId) ? before.physicalId : undefined });
}

/** Where the grant is not to take the place any more, the one before is as it was first: it is the one in use. */
async function goOnReplacing(update: GrantUpdate & Required<Pick<GrantUpdate, 'current' | 'unfinished'>>, context: GrantContext): Promise<Outcome> {
  const { desired, properties, before, current, unfinished } = update;
  if (isSameGrant(desired, current)) {
    return replace(update, unfinished, context);
  }
  const reconciliation = context.reconciliation(desired, properties);
  const { Activation } = before.properties;
  const obstacle = await restorePredecessor({
    ...context.circumstances(properties.HomeRegion),
    deadline: reconciliation.deadline,
    predecessorArn: unfinished.arn,
    successorArn: current.arn,
    override: Activation?.Override,
    accounts: accountsActiveBefore(Activation),
  });
  context.invocation.journal.note('A replacement that was under way is taken back', { grantArn: current.arn, predecessorArn: unfinished.arn, obstacle });
  return isSameGrant(desired, unfinished)
    ? reconcile({ ...reconciliation, grantArn: unfinished.arn })
    : replace(update, await context.circumstances(properties.HomeRegion).world.licenseManager.findGrant(unfinished.arn) ?? unfinished, context);
}

async function replace({ desired, properties, before, current }: GrantUpdate, predecessor: Grant, context: GrantContext): Promise<Outcome> {
  return replaceGrant({
    ...context.reconciliation(desired, properties),
    predecessor,
    predecessorAccounts: accountsActiveBefore(before.properties.Activation),
    grantArn: current && isSameGrant(desired, current) ? current.arn : undefined,
    undoDeadline: context.invocation.deadline,
  });
}

function isOfAnotherGrant(properties: GrantProperties, before: Partial<GrantProperties>): before is GrantProperties {
  return before.LicenseArn !== undefined && before.Grantee !== undefined
    && (before.LicenseArn !== properties.LicenseArn
      || before.HomeRegion !== properties.HomeRegion
      || before.Grantee.Kind !== properties.Grantee.Kind
      || before.Grantee.Identifier !== properties.Grantee.Identifier);
}
