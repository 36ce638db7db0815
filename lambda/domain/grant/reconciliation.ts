import type { Clock } from '../clock';
import type { Journal } from '../journal';
import type { AccountConflict } from './account-conflict';
import type { Attempt } from './attempts';
import type { Grant } from './grant';
import type { GrantSpec } from './grant-spec';
import type { Owner } from './ownership';
import type { Progress } from './step';
import type { World } from './world';

/** Under which circumstances a reconciliation works, whatever it is about. */
export interface Circumstances {
  readonly owner: Owner;
  readonly world: World;
  readonly clock: Clock;
  /** When to give up waiting, in milliseconds since the epoch. */
  readonly deadline: number;
  readonly journal: Journal;
  /** The same token for the same step of the same request, so that a repeated call is recognized. */
  readonly clientToken: (step: string) => string;
}

/** What a reconciliation is about. */
export interface Reconciliation extends Circumstances {
  readonly desired: GrantSpec;
  /** The grant so far; absent for one that is to be made. */
  readonly grantArn?: string;
  /**
   * Whether a grant may be made if there is none; otherwise this is about the grant with that ARN and no other.
   *
   * @default true
   */
  readonly mayCreate?: boolean;
  /** Called as soon as the grant is known, whatever becomes of it. */
  readonly onGrant: (grantArn: string) => void;
  /** Whether another run goes on after the deadline: then nothing is believed to be final for lack of time to look again. */
  readonly continues?: boolean;
  /** How far the run came that this one goes on with. */
  readonly resumed?: SuspendedProgress;
}

export type Outcome =
  | {
    readonly kind: 'settled';
    readonly grant: Grant;
    /** Accounts in which the grant is not as asked for all the same. */
    readonly conflicts: readonly AccountConflict[];
  }
  | Pending
  | {
    readonly kind: 'failed' | 'gone';
    readonly grant?: Grant;
    readonly why: string;
    readonly next: string;
    /** Accounts because of which it failed. */
    readonly conflicts?: readonly AccountConflict[];
    /** Whether the other accounts have what was asked for. */
    readonly isPartial?: boolean;
  };

/** Time was up before the grant was settled. */
export interface Pending {
  readonly kind: 'pending';
  /** Absent if License Manager did not show it. */
  readonly grant?: Grant;
  readonly grantArn?: string;
  readonly why: string;
  readonly next: string;
  readonly progress: SuspendedProgress;
}

/** All that a run has to know of the one that it goes on with; can be written down as JSON. */
export interface SuspendedProgress extends Progress {
  readonly attempts: readonly (readonly [grantArn: string, attempt: Attempt])[];
  /** Absent for a grant that takes no other one's place. */
  readonly replacing?: SuspendedReplacement;
}

export interface SuspendedReplacement {
  readonly predecessorArn: string;
  /** In which it was active when the replacement began. */
  readonly predecessorVersion: string;
  /** The phase that the rest of the progress is about. */
  readonly phase: ReplacementPhase;
}

/**
 * `SETTLE` where both grants may be there at once, or the service swaps them. Otherwise the new one is made ready, the old one
 * deactivated, and the new one activated.
 */
export type ReplacementPhase = 'SETTLE' | 'PREPARE' | 'CLEAR' | 'ACTIVATE';
