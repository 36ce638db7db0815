import type { GrantChanges } from '../grant/grant';

/** The next thing to do about a grant that was received. */
export type ReceivedStep =
  | { readonly kind: 'accept' }
  | { readonly kind: 'reject' }
  | { readonly kind: 'change'; readonly changes: GrantChanges }
  | { readonly kind: 'wait'; readonly why: string }
  /** What is shown is final, unless the service is not done yet: look again a few times before believing it. */
  | { readonly kind: 'confirm'; readonly otherwise: ReceivedStep }
  | { readonly kind: 'settled' }
  /** The activation had no effect; which other grant is in its way has to be looked up. */
  | { readonly kind: 'not-activated'; readonly why: string }
  | { readonly kind: 'failed'; readonly why: string; readonly cure: string };

/** What this run has done so far; the service's answers are newer than what it shows when read. */
export interface ReceivedProgress {
  readonly accepted: boolean;
  readonly rejected: boolean;
  /** Changes that the service accepted. */
  readonly submitted: readonly GrantChanges[];
  /** The newest version that the service answered with. */
  readonly answeredVersion?: string;
  /** Whether the service refused the override, as it does if the grantor has chosen one that it does not show. */
  readonly overrideRefused: boolean;
}

export const NOTHING_DONE: ReceivedProgress = { accepted: false, rejected: false, submitted: [], overrideRefused: false };
