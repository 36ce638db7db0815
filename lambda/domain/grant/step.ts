import type { Grant, GrantChanges } from './grant';

/** The next thing to do about a grant. */
export type Step =
  | { readonly kind: 'create' }
  | { readonly kind: 'change'; readonly changes: GrantChanges }
  /** In the grantee's account. */
  | { readonly kind: 'accept' }
  | { readonly kind: 'wait-for-acceptance' }
  | { readonly kind: 'read-account-grants' }
  | { readonly kind: 'wait'; readonly why: string; readonly next: string }
  /** What is shown is final, unless the service is not done yet: look again a few times before believing it. */
  | { readonly kind: 'confirm'; readonly otherwise: Step }
  | { readonly kind: 'settled'; readonly remarks: readonly string[] }
  | { readonly kind: 'failed'; readonly why: string; readonly cure: string };

/** What the service shows. */
export interface Observed {
  readonly grant?: Grant;
  /** Absent until they are read. */
  readonly accountGrants?: AccountGrants;
}

/** The grants of the single accounts below a grant to an organization or organizational unit. */
export type AccountGrants = readonly Grant[] | 'NOT_PERMITTED';

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
export const DEPLOY_WITH_MORE_TIME = 'deploy again with more time: GrantCompletion.required({ within }) takes up to 14 minutes. '
  + 'A rollback deletes a grant that the deployment has made, so waiting begins anew';

export function wait(why: string, next: string): Step {
  return { kind: 'wait', why, next };
}

export function failed(why: string, cure: string): Step {
  return { kind: 'failed', why, cure };
}

export function settled(remarks: readonly string[] = []): Step {
  return { kind: 'settled', remarks };
}

export function confirm(otherwise: Step): Step {
  return { kind: 'confirm', otherwise };
}
