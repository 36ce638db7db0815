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

/** How often a refused change is asked for again because the grant turned out to have changed meanwhile. */
const MOST_OVERTAKEN = 3;

/** A refusal may come from a state that was not yet shown when the change was planned. */
export function wasOvertaken({ refusal, count }: Attempt, { version, status }: Grant): boolean {
  return refusal !== undefined && count <= MOST_OVERTAKEN && (refusal.version !== version || refusal.shown !== status);
}
