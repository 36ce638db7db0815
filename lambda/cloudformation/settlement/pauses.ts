import type { PassResult, Settlement } from './settlement';
import { pauseAfter } from '../../domain/backoff';
import type { Clock } from '../../domain/clock';

/** Most of what outlasts a deployment takes minutes or an hour, the rest days: with 15 minutes from the fourth pause on, two days are 200 passes. */
const IN_THE_BACKGROUND = { firstMilliseconds: 60_000, longestMilliseconds: 900_000 };

/** A deployment waits for the answer; or accounts are without an active grant. */
const WHILE_SOMEBODY_WAITS = { firstMilliseconds: 30_000, longestMilliseconds: 60_000 };

/**
 * A pass takes nine of the 25,000 events that Step Functions keeps of an execution. That many passes, and one each quarter of an hour for the
 * 15 days that an execution may run, stay below that: https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 */
const MOST_SHORT_PAUSES = 1_000;

/** What tells the workflow to call again. */
export function nextPass(settlement: Settlement, clock: Clock): PassResult {
  const passed = { ...settlement, passes: settlement.passes + 1 };
  return { outcome: 'PENDING', pauseSeconds: pauseSecondsBefore(passed, clock.now()), settlement: passed };
}

/** How long the workflow pauses before its next pass; the last one that settles is when it gives up. */
export function pauseSecondsBefore(settlement: Settlement, now: number): number {
  const { passes, giveUpAt, ending } = settlement;
  const isShort = passes < MOST_SHORT_PAUSES && doesSomebodyWait(settlement);
  const pause = pauseAfter(passes + 1, isShort ? WHILE_SOMEBODY_WAITS : IN_THE_BACKGROUND);
  return Math.max(1, Math.ceil((ending ? pause : Math.min(pause, giveUpAt - now)) / 1_000));
}

function doesSomebodyWait({ request, progress: { replacing }, ending }: Settlement): boolean {
  return request.ResponseURL !== undefined || ending !== undefined || replacing?.phase === 'CLEAR' || replacing?.phase === 'ACTIVATE';
}
