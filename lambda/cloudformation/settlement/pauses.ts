import type { Settlement } from './settlement';
import { pauseAfter } from '../../domain/backoff';

/**
 * Most of what outlasts a deployment takes minutes or an hour, the rest days. With 15 minutes from the fourth pause on, two days are 200
 * passes, and the longest time that can be chosen stays far below the 25,000 events that Step Functions keeps of an execution:
 * https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 */
const IN_THE_BACKGROUND = { firstMilliseconds: 60_000, longestMilliseconds: 900_000 };

/** A deployment waits for the answer, for an hour at most; or accounts wait for the grant that they had. */
const WHILE_SOMEBODY_WAITS = { firstMilliseconds: 30_000, longestMilliseconds: 60_000 };

/** How long the workflow pauses before its next pass; the last one that settles is when it gives up. */
export function pauseSecondsBefore({ request, passes, giveUpAt, ending }: Settlement, now: number): number {
  if (ending) {
    return inSeconds(pauseAfter(passes + 1, WHILE_SOMEBODY_WAITS));
  }
  const pause = pauseAfter(passes + 1, request.ResponseURL === undefined ? IN_THE_BACKGROUND : WHILE_SOMEBODY_WAITS);
  return Math.max(1, inSeconds(Math.min(pause, giveUpAt - now)));
}

function inSeconds(milliseconds: number): number {
  return Math.ceil(milliseconds / 1_000);
}
