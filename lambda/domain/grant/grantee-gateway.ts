import type { Grant, GrantChanges } from './grant';
import type { GrantAnswer } from './license-manager-gateway';

/** License Manager as the grantee of a grant sees it, in the home Region of the license, by means of a role in the grantee's account. */
export interface GranteeGateway {
  /** Shows, without changing anything, that the role can be assumed and may look for grants. Throws a failure that says what is missing. */
  verifyAccess(): Promise<void>;
  /** Nothing if the grant has not arrived. */
  findGrant(grantArn: string): Promise<Grant | undefined>;
  acceptGrant(grantArn: string): Promise<GrantAnswer>;
  createGrantVersion(grantArn: string, sourceVersion: string, changes: GrantChanges, clientToken: string): Promise<GrantAnswer>;
}
