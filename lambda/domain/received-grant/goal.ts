import type { ActivationOverrideBehavior } from '../grant/grant';

/** What the grantee wants of a grant that it has received. */
export interface Goal {
  readonly mode: GoalMode;
  /** What becomes of other active grants of the product on activation. */
  readonly override?: ActivationOverrideBehavior;
  /** The override that the same stack asked for before: one that the grant shows otherwise is the grantor's choice. */
  readonly previousOverride?: ActivationOverrideBehavior;
  /** Recorded on activation or deactivation. */
  readonly reason?: string;
}

/**
 * `ACCEPTED`: at least accepted. `ACTIVE`: usable. `DISABLED`: accepted, and not usable. `INACTIVE`: not usable, by the gentlest means.
 * `REJECTED`: given back for good. `AT_REST`: whatever it is, as soon as License Manager does not change it any more.
 */
export type GoalMode = 'ACCEPTED' | 'ACTIVE' | 'DISABLED' | 'INACTIVE' | 'REJECTED' | 'AT_REST';
