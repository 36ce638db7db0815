import type { Grant } from '../grant/grant';
import { isLive } from '../grant/grant-status';

/** What a list of grants holds for one account. */
export type Choice =
  | { readonly kind: 'found'; readonly grant: Grant }
  | { readonly kind: 'several'; readonly grants: readonly Grant[] }
  /** All of the account's are deleted or rejected. */
  | { readonly kind: 'dead'; readonly grants: readonly Grant[] }
  /** The account has none of its own; those to its organization or organizational unit may still reach it. */
  | { readonly kind: 'none'; readonly toGroups: readonly Grant[] };

/**
 * The one grant that an account can answer, among those that it is shown. A grant to an organization or organizational
 * unit is answered by the account's own grant below it. One that was rejected is what is wanted if it is to be rejected.
 */
export function chooseGrant(granteePrincipalArn: string, listed: readonly Grant[], toBeRejected: boolean): Choice {
  const own = listed.filter((grant) => grant.granteePrincipalArn === granteePrincipalArn);
  const live = own.filter(({ status }) => isLive(status));
  if (live.length > 0) {
    return live.length === 1 ? { kind: 'found', grant: live[0] } : { kind: 'several', grants: live };
  }
  const rejected = own.find(({ status }) => status === 'REJECTED');
  if (rejected && toBeRejected) {
    return { kind: 'found', grant: rejected };
  }
  return own.length > 0 ? { kind: 'dead', grants: own } : { kind: 'none', toGroups: listed };
}

/**
 * The account's grants below that of its organization or organizational unit. Whether they name it as their parent is not
 * documented. Where none does once it is distributed, those that name the license may be below it.
 */
export function accountGrantsBelow(parent: Grant, granteePrincipalArn: string, ofLicense: readonly Grant[]): Grant[] {
  const own = ofLicense.filter((grant) => grant.granteePrincipalArn === granteePrincipalArn);
  const children = own.filter(({ parentArn }) => parentArn === parent.arn);
  return children.length > 0 || parent.status === 'PENDING_WORKFLOW' ? children : own.filter(({ parentArn }) => parentArn === parent.licenseArn);
}
