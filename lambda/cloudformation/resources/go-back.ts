import { accountsActiveBefore } from './activation-request';
import type { GrantContext } from './grant-context';
import { findInterrupted } from './interrupted-settlement';
import { removeGrants } from './remove-grants';
import type { GrantProperties } from '../../../lib/grant/grant-properties';
import { isLive } from '../../domain/grant/grant-status';
import { abandonedTag } from '../../domain/grant/predecessor';
import { leftTo } from '../../domain/grant/remove-grant';
import { restorePredecessor } from '../../domain/grant/restore-predecessor';
import { beginSuccession } from '../../domain/grant/succession';
import { takeUpAgain } from '../settlement/hand-over';
import type { Settlement } from '../settlement/settlement';

/** Of a grant that a rollback takes back by its deletion alone, although its update had interrupted a workflow. */
interface WayBack {
  readonly grantArn: string;
  /** Those that the grant was made with. */
  readonly properties: GrantProperties;
  readonly interrupted: Settlement;
}

export async function findWayBack(grantArn: string, properties: GrantProperties, context: GrantContext): Promise<WayBack | undefined> {
  const interrupted = await context.isRollingBack() ? await findInterrupted(grantArn, properties.HomeRegion, context) : undefined;
  return interrupted && { grantArn, properties, interrupted };
}

/**
 * Makes it as it was before the update: the workflow is at work again, and the grant that its grant was to replace is in use until then. That may be
 * the very one whose deletion is asked for, if the update led back to it. Returns what the person who reads the stack's events should know.
 */
export async function goBack(way: WayBack, context: GrantContext): Promise<string | undefined> {
  const { grantArn, properties, interrupted } = way;
  const { invocation, services } = context;
  const predecessorArn = interrupted.progress.replacing?.predecessorArn;
  const obstacle = predecessorArn === undefined ? undefined : await useAgain(predecessorArn, way, context);
  await takeUpAgain(interrupted, invocation, services.workflows);
  const remark = grantArn === predecessorArn
    ? leftTo(grantArn, interrupted.grantArn)
    : await removeGrants({ properties, grantArns: [grantArn], wasAnswered: true }, context);
  return [obstacle, remark].filter((each) => each !== undefined).join('; ') || undefined;
}

/** Returns what stood in the way. */
async function useAgain(predecessorArn: string, { grantArn, properties, interrupted }: WayBack, context: GrantContext): Promise<string | undefined> {
  const { request, grantArn: successorArn } = interrupted;
  const before = request.OldResourceProperties as GrantProperties;
  const circumstances = context.circumstances(before.HomeRegion);
  const { licenseManager } = circumstances.world;
  const predecessor = await licenseManager.findGrant(predecessorArn);
  if (!predecessor || !isLive(predecessor.status)) {
    return undefined;
  }
  const isInUse = grantArn === predecessorArn;
  if (isInUse) {
    await licenseManager.tag(grantArn, [abandonedTag('replaced')]);
  }
  const obstacle = isInUse ? undefined : await restorePredecessor({
    ...circumstances,
    predecessorArn,
    successorArn: grantArn,
    override: properties.Activation.Override,
    accounts: accountsActiveBefore(before.Activation),
  });
  await beginSuccession(predecessorArn, successorArn, circumstances);
  return obstacle?.why;
}
