import { NOTHING_MADE } from './custom-resource';
import type { Invocation } from './custom-resource';
import type { StackWatch } from '../domain/stack/stack-watch';
import { mayBeUnanswered } from '../domain/stack/unanswered';

/**
 * At the beginning of every Update. In one that leads back it waits until no call for the Update that it undoes can be under way, if CloudFormation
 * may have cancelled that; returns whether it may.
 */
export async function outlastCancelledUpdate({ owner, clock, journal }: Invocation, stack: StackWatch): Promise<boolean> {
  const state = await stack.readAtBeginning();
  if (!state || !mayBeUnanswered(state, owner.logicalId)) {
    return false;
  }
  journal.note('The update before may have been cancelled', { stackStatus: state.status, said: state.reason });
  await clock.sleep(stack.afterlifeMilliseconds);
  return true;
}

/**
 * In a Delete whose id was never answered: waits until no call for the Create can be under way, which CloudFormation may have cancelled. An id of
 * nothing was answered.
 */
export async function outlastCancelledCreation(physicalId: string, { clock, journal }: Invocation, stack: StackWatch): Promise<void> {
  if (physicalId !== NOTHING_MADE) {
    journal.note('The creation may have been cancelled', { physicalId });
    await clock.sleep(stack.afterlifeMilliseconds);
  }
}
