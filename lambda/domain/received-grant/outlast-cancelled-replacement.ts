import { lookForReceivedGrant } from './find-received-grant';
import type { Look } from './find-received-grant';
import { reconcileReceivedGrant } from './reconcile-received-grant';
import type { ReceivedReconciliation } from './reconcile-received-grant';
import { isSameProduct } from './same-product';
import type { Grant } from '../grant/grant';

/** What a cancelled update was about, which never said which grant it had found. */
export interface CancelledReplacement {
  /** As that update looked for its grant. */
  readonly look: Look;
  /** Of the grant that it was to replace, and that is wanted again. */
  readonly reconciliation: ReceivedReconciliation;
}

/**
 * The grant that a cancelled update may have activated in place of the one that is wanted again, as soon as License Manager does not change it any
 * more: until then it does not show that it takes the place. Nothing if there is none of the same product. Nobody can tell whose doing it is if it is
 * active; yet an account has one active grant of a product, and that was the other one when the update began.
 */
export async function outlastCancelledReplacement({ look, reconciliation }: CancelledReplacement): Promise<Grant | undefined> {
  const { grantArn, licenseManager } = reconciliation;
  const choice = await lookForReceivedGrant(look);
  if (choice.kind !== 'found' || choice.grant.arn === grantArn) {
    return undefined;
  }
  const wanted = await licenseManager.findGrant(grantArn);
  return wanted && await isSameProduct(choice.grant, wanted, licenseManager)
    ? reconcileReceivedGrant({ ...reconciliation, grantArn: choice.grant.arn, goal: { mode: 'AT_REST' } })
    : undefined;
}
