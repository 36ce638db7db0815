import type { AccountConflict } from './account-conflict';
import type { Attempts } from './attempts';
import type { Grant, GrantChanges } from './grant';
import type { OrganizationAccount } from '../organization/organization-account';

/** The next thing to do about a grant. */
export type Step =
  | { readonly kind: 'create' }
  | { readonly kind: 'change'; readonly changes: GrantChanges }
  /** In the grantee's account. */
  | { readonly kind: 'accept' }
  | ({
    readonly kind: 'wait-for-acceptance';
    /** The accounts that have not accepted their part of a grant to an organization or organizational unit. */
    readonly inAccounts?: string;
  } & InAccounts)
  | { readonly kind: 'read-account-grants' }
  /** An account's grant is in the way, which does not count if the account is not active. */
  | { readonly kind: 'read-accounts' }
  | { readonly kind: 'change-account-grants'; readonly due: readonly AccountGrantChange[] }
  | ({ readonly kind: 'wait'; readonly why: string; readonly next: string } & InAccounts)
  /** What is shown is final, unless the service is not done yet: look again a few times before believing it. */
  | { readonly kind: 'confirm'; readonly otherwise: Step }
  | ({ readonly kind: 'settled'; readonly remarks: readonly string[] } & InAccounts)
  /** There is no grant left to go on with. Not a failure where a newer request is the cause. */
  | { readonly kind: 'gone'; readonly why: string; readonly cure: string }
  | ({
    readonly kind: 'failed';
    readonly why: string;
    readonly cure: string;
    /** Whether the other accounts have what was asked for. */
    readonly isPartial?: boolean;
  } & InAccounts);

/** What a step comes down to in single accounts. */
interface InAccounts {
  readonly conflicts?: readonly AccountConflict[];
}

/** A new status for the grant of a single account below a grant to an organization or organizational unit. */
export interface AccountGrantChange {
  readonly grant: Grant;
  readonly changes: GrantChanges & { readonly status: 'ACTIVE' | 'DISABLED' };
}

/** What the service shows. */
export interface Observed {
  readonly grant?: Grant;
  /** Absent until they are read. */
  readonly accountGrants?: AccountGrants;
  /** Absent until they are read; nothing is known of them if that is not permitted. */
  readonly accounts?: readonly OrganizationAccount[] | 'NOT_PERMITTED';
  /** What this run has asked of the account grants. */
  readonly attempts?: Attempts;
}

/**
 * The grants of the single accounts below a grant to an organization or organizational unit; or that this account may not list them, or that
 * the list does not say which they are.
 */
export type AccountGrants = readonly Grant[] | 'NOT_PERMITTED' | 'NOT_SHOWN';

/** What this run has done so far; the service's answers are newer than what it shows when read. */
export interface Progress {
  /** How often this run has asked for a grant to be created. */
  readonly creations: number;
  /** Whether the last of these was answered with a live grant. */
  readonly created: boolean;
  /** Whether this run works on a grant that its owner did not make, but found. */
  readonly adopted: boolean;
  /** Whether this run has read the grant while it was live. */
  readonly seenAlive: boolean;
  /** The newest version that the service answered with. */
  readonly answeredVersion?: string;
  /** Changes that the service accepted. */
  readonly submitted: readonly GrantChanges[];
  /** Whether the service has taken the acceptance of the grant. */
  readonly accepted: boolean;
}

export const NOTHING_DONE: Progress = { creations: 0, created: false, adopted: false, seenAlive: false, submitted: [], accepted: false };

/** What helps when License Manager is slow. To come back later does not: a rollback deletes the grant that the deployment has made. */
export const DEPLOY_WITH_MORE_TIME = 'deploy again with more time: GrantCompletion.required({ within }) takes up to an hour, and '
  + 'GrantCompletion.background({ giveUpAfter }) lets the deployment succeed and goes on for days. A rollback deletes a grant that the deployment '
  + 'has made, so waiting begins anew';

export function wait(why: string, next: string, conflicts?: readonly AccountConflict[]): Step {
  return { kind: 'wait', why, next, conflicts };
}

export function failed(why: string, cure: string, conflicts?: readonly AccountConflict[]): Extract<Step, { kind: 'failed' }> {
  return { kind: 'failed', why, cure, conflicts };
}

export function settled(remarks: readonly string[] = [], conflicts?: readonly AccountConflict[]): Step {
  return { kind: 'settled', remarks, conflicts };
}

export function confirm(otherwise: Step): Step {
  return { kind: 'confirm', otherwise };
}

/** The accounts that a step is about, also if it is only believed after some more looks. */
export function conflictsIn(step: Step): readonly AccountConflict[] {
  if (step.kind === 'confirm') {
    return conflictsIn(step.otherwise);
  }
  return 'conflicts' in step ? step.conflicts ?? [] : [];
}
