import type { AccountSelection } from './account-selection';
import type { ActivationOverrideBehavior, Grant } from './grant';
import type { Principal } from './principal';
import type { AcceptanceProperties, ActivationMode } from '../../../lib/grant/grant-properties';

/** What somebody wants a grant to be, with everything resolved that had to be looked up. */
export interface GrantSpec {
  readonly name: string;
  /** Whether the name is for a new grant alone. */
  readonly keepsExistingName?: boolean;
  readonly licenseArn: string;
  readonly homeRegion: string;
  readonly grantee: Principal;
  readonly activation: Activation;
  readonly acceptance: AcceptanceMode;
  /** Absent: a new grant gets what the license allows without `CreateGrant`, an existing one keeps what it has. */
  readonly operations?: readonly string[];
  /** All tags of the grant, those of its owner included. */
  readonly tags: readonly Tag[];
  /** Those that a new or adopted grant has beside them until CloudFormation is told of its success. */
  readonly provisionalTags?: readonly Tag[];
  /** Whether a grant that is there already and that nobody of this library owns is taken over. */
  readonly adoptsExisting?: boolean;
  /** Whether a grant that its grantee rejected is made anew. */
  readonly recreatesRejected?: boolean;
}

export interface Activation {
  readonly mode: ActivationMode;
  readonly override?: ActivationOverrideBehavior;
  readonly reason?: string;
  /**
   * Whether this activation is being asked for anew, rather than just still wanted. The service does not promise to show
   * the reason and the override of a grant again, so a difference to what it shows is no cause to state them again.
   */
  readonly changed: boolean;
  /** What single accounts come to in which a grant to an organization or organizational unit does not become active. Absent: `REPORT`. */
  readonly onConflict?: 'REPORT' | 'FAIL';
  /** Absent: the grant is activated as a whole. */
  readonly accounts?: AccountSelection;
}

/** Who accepts the grant; License Manager itself if nobody is named. */
export type AcceptanceMode = 'AUTOMATIC' | AcceptanceProperties['Mode'];

export interface Tag {
  readonly key: string;
  readonly value: string;
}

/** License, grantee and home Region of a grant never change. */
export function isSameGrant(desired: GrantSpec, grant: Grant): boolean {
  return grant.licenseArn === desired.licenseArn && grant.granteePrincipalArn === desired.grantee.arn && grant.homeRegion === desired.homeRegion;
}
