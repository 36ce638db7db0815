import type { Goal } from './goal';
import { isChosenByGrantor, overrideInForce } from './override';
import type { ReceivedProgress } from './received-step';
import type { Grant } from '../grant/grant';

const MAKE_ROOM = 'deactivate the other active grant or end the subscription of the product';

/** The cure for an activation without effect. An override that was used already is none. */
export function howToActivate(goal: Goal, grant: Grant, { overrideRefused }: ReceivedProgress): string {
  if (!overrideRefused && overrideInForce(goal, grant) === 'ALL_GRANTS_PERMITTED_BY_ISSUER') {
    return `${MAKE_ROOM}; the override ALL_GRANTS_PERMITTED_BY_ISSUER did not replace it`;
  }
  if (overrideRefused || isChosenByGrantor(goal, grant)) {
    return `${MAKE_ROOM}; the grantor has chosen an override, and only the grantor can change it, with GrantActivation.active({ override })`;
  }
  return `${MAKE_ROOM}, or replace it with ReceivedGrantResponse.activate({ override: ActivationOverride.ALL_GRANTS_PERMITTED_BY_ISSUER }); `
    + 'if the grantor has chosen an override, only the grantor can change it, with GrantActivation.active({ override })';
}
