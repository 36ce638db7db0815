import type { Grant } from './grant';
import type { GrantStatus } from './grant-status';

/** The last thing that a run has asked of the grant of a single account. */
export interface Attempt {
  readonly status: 'ACTIVE' | 'DISABLED';
  /** How often the run has asked for anything, this time included. */
  readonly count: number;
  /** The version that License Manager answered with. */
  readonly answeredVersion?: string;
  readonly refusal?: Refusal;
}

export interface Refusal {
  readonly said: string;
  /** What the grant showed when the change was planned. */
  readonly version: string;
  readonly shown: GrantStatus;
}

/** By the ARN of the account's grant. */
export type Attempts = ReadonlyMap<string, Attempt>;

/**
 * A workflow carries 256 KiB from one pass to the next: the request, and the attempts of one run, or of two where a replacement is taken back.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 */
const MOST_CARRIED_BYTES = 100_000;

/** How often a refused change is asked for again because the grant turned out to have changed meanwhile. */
const MOST_OVERTAKEN = 3;

/** A refusal may come from a state that was not yet shown when the change was planned. */
export function wasOvertaken({ refusal, count }: Attempt, { version, status }: Grant): boolean {
  return refusal !== undefined && count <= MOST_OVERTAKEN && (refusal.version !== version || refusal.shown !== status);
}

/**
 * As many as a workflow can carry. What is left out is asked for again, which is nothing new to License Manager where it was successful: so those
 * that were refused come first.
 */
export function carriedOver(attempts: Attempts): [grantArn: string, attempt: Attempt][] {
  const refusedFirst = [...attempts].sort(([, one], [, other]) => Number(other.refusal !== undefined) - Number(one.refusal !== undefined));
  let bytes = 0;
  return refusedFirst.filter((entry) => {
    bytes += Buffer.byteLength(JSON.stringify(entry));
    return bytes <= MOST_CARRIED_BYTES;
  });
}
