import { describeGrant } from './describe-grant';
import { overrideInForce } from './override';
import { reconcileReceivedGrant } from './reconcile-received-grant';
import type { ReceivedReconciliation } from './reconcile-received-grant';
import { isSameProduct } from './same-product';
import { Failure } from '../failure';
import type { Grant } from '../grant/grant';

/** A grant that takes the place of another one of the same resource. */
export interface ReceivedReplacement extends ReceivedReconciliation {
  readonly predecessor: Predecessor;
}

export interface Predecessor {
  readonly grantArn: string;
  /** Recorded when it is deactivated. */
  readonly removalReason?: string;
  /** Recorded when it is activated again. */
  readonly activationReason?: string;
}

/**
 * What an exchange has to have left, and the same again for undoing it: a deactivation and an activation. A grant takes two to three minutes to
 * be made (Bedrock user guide, managed entitlements, troubleshooting); a change of one that is there is taken to need half of that.
 */
const EXCHANGE_MILLISECONDS = 180_000;

/**
 * Brings a grant to what its grantee wants while the one before stays; CloudFormation has that removed afterwards. An account can have one
 * active grant of a product (License Manager user guide, "Grant acceptance and activation"), so where the new grant would meet the old one and
 * may not replace it by an override, the old one is deactivated in between, and active again if the new one cannot be activated.
 */
export async function replaceReceivedGrant(replacement: ReceivedReplacement): Promise<Grant | undefined> {
  if (replacement.goal.mode !== 'ACTIVE') {
    return reconcileReceivedGrant(replacement);
  }
  const accepted = await reconcileReceivedGrant({ ...replacement, goal: { mode: 'ACCEPTED' } });
  return accepted && await mustGiveWay(replacement, accepted) ? exchange(replacement, accepted) : reconcileReceivedGrant(replacement);
}

/** Whether the two cannot be active at once, and nobody but us makes room. */
async function mustGiveWay({ goal, predecessor, licenseManager }: ReceivedReplacement, successor: Grant): Promise<boolean> {
  if (successor.status === 'ACTIVE' || overrideInForce(goal, successor) === 'ALL_GRANTS_PERMITTED_BY_ISSUER') {
    return false;
  }
  const before = await licenseManager.findGrant(predecessor.grantArn);
  return before?.status === 'ACTIVE' && isSameProduct(before, successor, licenseManager);
}

/** The account is without an active grant between the last two calls alone. */
async function exchange(replacement: ReceivedReplacement, successor: Grant): Promise<Grant | undefined> {
  const { predecessor, clock, journal } = replacement;
  const deadline = replacement.deadline - EXCHANGE_MILLISECONDS;
  if (deadline - clock.now() < EXCHANGE_MILLISECONDS) {
    throw new Failure(`Received grant ${describeGrant(successor)}`,
      `it came too late to take the place of ${predecessor.grantArn} in this deployment, which is still active`,
      'deploy again, now that the grant is there');
  }
  try {
    await reconcileReceivedGrant({
      ...replacement, deadline, grantArn: predecessor.grantArn, goal: { mode: 'INACTIVE', reason: predecessor.removalReason },
    });
    return await reconcileReceivedGrant({ ...replacement, deadline });
  } catch (error) {
    await restore(replacement).catch(({ message }: Error) =>
      journal.note('The grant before could not be activated again', { grantArn: predecessor.grantArn, said: message }));
    throw error;
  }
}

/** The successor's activation may still be under way. */
async function restore(replacement: ReceivedReplacement): Promise<void> {
  const { predecessor, journal } = replacement;
  await reconcileReceivedGrant({ ...replacement, goal: { mode: 'INACTIVE' } }).catch(({ message }: Error) =>
    journal.note('The new grant could not be deactivated', { grantArn: replacement.grantArn, said: message }));
  await reconcileReceivedGrant({
    ...replacement, grantArn: predecessor.grantArn, goal: { mode: 'ACTIVE', reason: predecessor.activationReason },
  });
}
