import { end } from './end';
import { withObstacle } from './ended';
import type { Ended } from './ended';
import { nextPass } from './pauses';
import { LONGEST_TAKING_BACK_MILLISECONDS } from './settlement';
import type { PassResult, Settlement } from './settlement';
import type { Clock } from '../../domain/clock';
import type { Journal } from '../../domain/journal';
import { failureIn, isPassing } from '../../domain/service-error';
import { Superseded } from '../../domain/workflow/superseded';
import type { CustomResource, WindingUp } from '../custom-resource';

/** Ends the workflow, once what is left to do is done or nothing more can be done about it. */
export async function windUp(
  settlement: Settlement, ended: Ended, resource: CustomResource<object, object>, clock: Clock, journal: Journal,
): Promise<PassResult> {
  return conclude(settlement, ended, await attempt(settlement, ended, resource), clock, journal);
}

/**
 * The same where the passes die: what kills them may be what winding up dies of as well. The end has to be told all the same, and nobody comes
 * after this.
 */
export async function windUpInAnyCase(
  settlement: Settlement, ended: Ended, resource: CustomResource<object, object>, clock: Clock, journal: Journal,
): Promise<PassResult> {
  return conclude(settlement, ended, await attemptInAnyCase(settlement, ended, resource), clock, journal);
}

async function conclude(
  settlement: Settlement, ended: Ended, { obstacle, goesOn, progress }: WindingUp, clock: Clock, journal: Journal,
): Promise<PassResult> {
  const hasTime = settlement.request.ResponseURL === undefined && clock.now() < settlement.giveUpAt + LONGEST_TAKING_BACK_MILLISECONDS;
  if (ended.kind === 'failed' && goesOn && hasTime) {
    const { asked, said, next } = ended.failure;
    return nextPass({ ...settlement, ending: { error: ended.error, asked, said, next, progress } }, clock);
  }
  return end(settlement, withObstacle(ended, obstacle), clock, journal);
}

async function attempt(settlement: Settlement, ended: Ended, resource: CustomResource<object, object>): Promise<WindingUp> {
  try {
    return await resource.windUp!(settlement, ended.kind === 'settled');
  } catch (error) {
    const failure = failureIn(error);
    if (!failure) {
      throw error;
    }
    return { obstacle: failure.message, goesOn: isPassing(error), progress: settlement.ending?.progress };
  }
}

async function attemptInAnyCase(settlement: Settlement, ended: Ended, resource: CustomResource<object, object>): Promise<WindingUp> {
  try {
    return await attempt(settlement, ended, resource);
  } catch (error) {
    if (error instanceof Superseded) {
      throw error;
    }
    return { obstacle: `winding up failed as well: ${(error as Error).message}` };
  }
}
