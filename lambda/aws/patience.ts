import type { Clock } from '../domain/clock';
import type { Owner } from '../domain/grant/ownership';

/** What a call may spend on being repeated. */
export interface Patience {
  readonly clock: Clock;
  /** No call is repeated after this, in milliseconds since the epoch. */
  readonly deadline: number;
  /** Until when a missing permission may be one that IAM has yet to spread, in milliseconds since the epoch. */
  readonly permissionsSpreadUntil: number;
  /** Makes requests that were refused together come back at different times. */
  readonly seed: string;
  /** Asked before each attempt at a call that changes something; throws if nothing may be changed any more. */
  readonly beforeChange?: () => Promise<void>;
}

/** The request that the calls are made for. */
export interface Request {
  readonly requestType: string;
  readonly owner: Owner;
  readonly clock: Clock;
  readonly deadline: number;
}

/**
 * A function that is called right after its role was made or extended may not have the permissions yet (aws/aws-cdk issue
 * 37675). IAM promises no time; it is a matter of seconds as a rule, so a permission that is missing for a minute is missing.
 */
const PERMISSIONS_SPREAD_MILLISECONDS = 60_000;

export function patienceFor({ requestType, owner, clock, deadline }: Request): Patience {
  // What is deleted was made with the same role, which has its permissions by then.
  const spreading = requestType === 'Delete' ? 0 : PERMISSIONS_SPREAD_MILLISECONDS;
  return { clock, deadline, permissionsSpreadUntil: clock.now() + spreading, seed: `${owner.stackId}/${owner.logicalId}` };
}
