import { Retrier } from './definition';
import { isNamedBy } from './state-failure';

/** What a retrier says when it says nothing: https://states-language.net/spec.html#retrying-after-error */
const DEFAULTS = { IntervalSeconds: 1, MaxAttempts: 3, BackoffRate: 2, MaxDelaySeconds: Infinity, JitterStrategy: 'NONE' };

/** Which pauses are left to a task. Each retrier counts its own attempts; the first that names an error decides alone. */
export class Retries {
  private readonly attempts = new Map<Retrier, number>();

  /** @param random gives a number from 0 up to 1 for jitter */
  constructor(private readonly retriers: readonly Retrier[], private readonly random: () => number) {}

  /** The seconds until the next attempt; undefined if there is none. */
  pauseAfter(error: string | undefined): number | undefined {
    const retrier = this.retriers.find(({ ErrorEquals }) => isNamedBy(ErrorEquals, error));
    if (!retrier) return undefined;
    const { IntervalSeconds, MaxAttempts, BackoffRate, MaxDelaySeconds, JitterStrategy } = { ...DEFAULTS, ...retrier };
    const attempts = this.attempts.get(retrier) ?? 0;
    if (attempts >= MaxAttempts) return undefined;
    this.attempts.set(retrier, attempts + 1);
    const pause = Math.min(IntervalSeconds * BackoffRate ** attempts, MaxDelaySeconds);
    // Anything from nothing to the whole pause: https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
    return JitterStrategy === 'FULL' ? pause * this.random() : pause;
  }
}
