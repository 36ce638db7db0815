/** How pauses grow from one attempt to the next. */
export interface Backoff {
  readonly firstMilliseconds: number;
  readonly longestMilliseconds: number;
}

/** The pause after that many attempts: doubled each time, never longer than the longest. */
export function pauseAfter(attempts: number, backoff: Backoff): number {
  return Math.min(backoff.firstMilliseconds * 2 ** (attempts - 1), backoff.longestMilliseconds);
}

/**
 * The same pause, shortened by up to half. Resources that were throttled together do not come back together, and yet the
 * same request always pauses alike: the spread comes from the seed, not from chance.
 */
export function spreadPauseAfter(attempts: number, backoff: Backoff, seed: string): number {
  return Math.round(pauseAfter(attempts, backoff) * (1 - fractionOf(`${seed}/${attempts}`) / 2));
}

/** Prime, and small enough for every product below to be an exact integer. */
const MODULUS = 1_000_003;

function fractionOf(text: string): number {
  let sum = 7;
  for (const character of text) {
    sum = (sum * 31 + character.codePointAt(0)!) % MODULUS;
  }
  return sum / MODULUS;
}
