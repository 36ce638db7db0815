import type { Goal } from './goal';
import type { ActivationOverrideBehavior, Grant } from '../grant/grant';

/** An override that is shown and that this stack has never asked for is the grantor's. */
export function isChosenByGrantor({ override, previousOverride }: Goal, grant: Grant): boolean {
  return grant.override !== undefined && grant.override !== override && grant.override !== previousOverride;
}

/** What becomes of other active grants of the product when the grant is activated, as far as that shows. */
export function overrideInForce(goal: Goal, grant: Grant): ActivationOverrideBehavior | undefined {
  return isChosenByGrantor(goal, grant) ? grant.override : goal.override;
}
