import { Failure } from '../failure';
import type { Grant, GrantChanges } from './grant';
import type { GrantAnswer } from './license-manager-gateway';

/** The role in the grantee's account cannot be used as it is: its own stack can mend that at any time. */
export class RoleUnusable extends Failure {}

/** License Manager as the grantee of a grant sees it, in the home Region of the license, by means of a role in the grantee's account. */
export interface GranteeGateway {
  /** Shows, without changing anything, that the role can be assumed and may look for grants. As every operation, it throws RoleUnusable otherwise. */
  verifyAccess(): Promise<void>;
  /** Nothing if the grant has not arrived. */
  findGrant(grantArn: string): Promise<Grant | undefined>;
  acceptGrant(grantArn: string): Promise<GrantAnswer>;
  createGrantVersion(grantArn: string, sourceVersion: string, changes: GrantChanges, clientToken: string): Promise<GrantAnswer>;
}
