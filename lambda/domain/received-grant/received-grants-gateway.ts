import type { GrantSelection } from './grant-selection';
import type { Grant, GrantChanges } from '../grant/grant';
import type { GrantAnswer } from '../grant/license-manager-gateway';
import type { ReceivedLicense } from '../license/received-license';

/** License Manager in one Region, as an account sees it that receives grants. Lists come whole. */
export interface ReceivedGrantsGateway {
  /** Nothing if License Manager shows this account no such grant. */
  findGrant(grantArn: string): Promise<Grant | undefined>;
  /** Those made to the account, and those made to its organization or an organizational unit above it. */
  listReceivedGrants(selection: GrantSelection): Promise<Grant[]>;
  acceptGrant(grantArn: string): Promise<GrantAnswer>;
  rejectGrant(grantArn: string): Promise<GrantAnswer>;
  createGrantVersion(grantArn: string, sourceVersion: string, changes: GrantChanges, clientToken: string): Promise<GrantAnswer>;
  findReceivedLicense(licenseArn: string): Promise<ReceivedLicense | undefined>;
}
