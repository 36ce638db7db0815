import type { Grant, GrantChanges } from './grant';
import type { Tag } from './grant-spec';
import type { GrantStatus } from './grant-status';
import type { ReceivedLicense } from '../license/received-license';

/** License Manager in one Region, as the domain needs it. Lists come whole: paging is the gateway's business. */
export interface LicenseManagerGateway {
  /** Nothing if License Manager does not know the grant. */
  findGrant(grantArn: string): Promise<Grant | undefined>;
  listDistributedGrants(filter: DistributedGrantFilter): Promise<Grant[]>;
  /** The grants of the single accounts below the grant to an organization or organizational unit. */
  listAccountGrants(licenseArn: string, parentGrantArn: string): Promise<Grant[]>;
  createGrant(grant: NewGrant, clientToken: string): Promise<GrantAnswer>;
  createGrantVersion(grantArn: string, sourceVersion: string, changes: GrantChanges, clientToken: string): Promise<GrantAnswer>;
  deleteGrant(grantArn: string, version: string, reason?: string): Promise<void>;
  listTags(grantArn: string): Promise<Tag[]>;
  tag(grantArn: string, tags: readonly Tag[]): Promise<void>;
  untag(grantArn: string, keys: readonly string[]): Promise<void>;
  findReceivedLicense(licenseArn: string): Promise<ReceivedLicense | undefined>;
  listReceivedLicensesOfProduct(productSku: string): Promise<ReceivedLicense[]>;
  readServiceSettings(): Promise<ServiceSettings>;
  /** Links or unlinks AWS Organizations, and passes on every other setting as it was read. */
  setOrganizationsLinking(linked: boolean, settings: ServiceSettings): Promise<void>;
}

export interface DistributedGrantFilter {
  readonly licenseArn?: string;
  readonly granteePrincipalArn?: string;
}

export interface NewGrant {
  readonly name: string;
  readonly licenseArn: string;
  readonly homeRegion: string;
  readonly granteePrincipalArn: string;
  readonly operations: readonly string[];
  readonly tags: readonly Tag[];
}

export interface GrantAnswer {
  readonly grantArn: string;
  readonly status: GrantStatus;
  readonly version: string;
}

export interface ServiceSettings {
  /** Whether AWS Organizations is linked. */
  readonly linked: boolean;
  readonly s3BucketArn?: string;
  readonly snsTopicArn?: string;
}
