import type { GrantContext } from './grant-context';
import type { GrantProperties } from '../../../lib/grant/grant-properties';
import type { Grant } from '../../domain/grant/grant';
import { isSameGrant } from '../../domain/grant/grant-spec';
import type { GrantSpec } from '../../domain/grant/grant-spec';
import { endInterruption, interruptedIn } from '../../domain/grant/interruption';
import { isOwnedBy } from '../../domain/grant/ownership';
import { abandonedTag } from '../../domain/grant/predecessor';
import { readTags } from '../../domain/grant/standing';
import { findKept, findUnfinishedPredecessor } from '../../domain/grant/succession';
import type { Settlement, SettlementTask } from '../settlement/settlement';

/** What a workflow was doing about the grant that CloudFormation knew before this one, if that can be gone on with. */
export async function findInterrupted(grantArn: string, homeRegion: string, context: GrantContext): Promise<Settlement | undefined> {
  const { invocation: { owner }, services } = context;
  const tags = await readTags(grantArn, services.licenseManager(homeRegion)) ?? [];
  const executionArn = isOwnedBy(owner, tags) ? interruptedIn(tags) : undefined;
  const input = executionArn === undefined ? undefined : await services.workflows.readInput(executionArn);
  const settlement = input === undefined ? undefined : (JSON.parse(input) as SettlementTask).settlement;
  // Of one that CloudFormation has waited for it has heard, one way or another.
  return settlement && settlement.request.ResponseURL === undefined && await findInterruptedGrant(settlement, context) ? settlement : undefined;
}

/** The grant whose replacement by the desired one was interrupted, where the update that did that is taken back. */
export async function findInterruptedPredecessor(known: Grant, desired: GrantSpec, context: GrantContext): Promise<Grant | undefined> {
  const interrupted = await findInterrupted(known.arn, known.homeRegion, context);
  const grant = interrupted?.progress.replacing && await findInterruptedGrant(interrupted, context);
  return grant && isSameGrant(desired, grant) ? findUnfinishedPredecessor(grant, context.circumstances(desired.homeRegion)) : undefined;
}

/**
 * This request takes up what was interrupted for the grant. If the update had led back to that from its successor, its end was asked for before,
 * and is again.
 */
export async function endInterruptionFor(grantArn: string, homeRegion: string, context: GrantContext): Promise<void> {
  const circumstances = context.circumstances(homeRegion);
  const interrupted = await findInterrupted(grantArn, homeRegion, context);
  if (!interrupted) {
    return;
  }
  if (interrupted.progress.replacing?.predecessorArn === grantArn) {
    await circumstances.world.licenseManager.tag(grantArn, [abandonedTag('replaced')]);
  }
  await endInterruption(grantArn, circumstances);
}

async function findInterruptedGrant({ request, grantArn }: Settlement, context: GrantContext): Promise<Grant | undefined> {
  return findKept(grantArn, context.circumstances((request.ResourceProperties as GrantProperties).HomeRegion));
}
