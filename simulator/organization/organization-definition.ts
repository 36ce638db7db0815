import { PolicyDocument } from '../authorization/policy-document';

/** An organization file: what is there before the first call. */
export interface OrganizationDefinition {
  /** null: the accounts are not in an organization. */
  readonly organization: OrganizationHeader | null;
  readonly organizationalUnits: readonly OrganizationalUnitDefinition[];
  readonly accounts: readonly AccountDefinition[];
  readonly products: readonly ProductDefinition[];
  readonly subscriptions: readonly SubscriptionDefinition[];
  /** Service principals with trusted access. */
  readonly trustedServices: readonly string[];
  /** Whether Organizations is linked in License Manager, in us-east-1. */
  readonly linked: boolean;
  /** By account id: the service names whose service-linked roles are there, such as `license-manager.amazonaws.com`. */
  readonly serviceLinkedRoles: Readonly<Record<string, readonly string[]>>;
  /**
   * By service principal: the account that is its delegated administrator.
   *
   * @default - none
   */
  readonly delegatedAdministrators?: Readonly<Record<string, string>>;
  /**
   * By the id of the root, an organizational unit or an account: the service control policies that are attached there, and no others.
   *
   * @default - FullAWSAccess is attached everywhere, as Organizations does by itself
   */
  readonly serviceControlPolicies?: Readonly<Record<string, readonly PolicyDocument[]>>;
  /**
   * By ARN: the customer managed policies of all accounts that are there before any stack, such as permissions boundaries.
   *
   * @default - none
   */
  readonly managedPolicies?: Readonly<Record<string, PolicyDocument>>;
  /**
   * Grants that are there before the first call, such as those that somebody made in the console.
   *
   * @default - none but those of AWS Marketplace to its subscribers
   */
  readonly grants?: readonly GrantDefinition[];
}

export interface OrganizationHeader {
  readonly id: string;
  readonly rootId: string;
  readonly managementAccountId: string;
  readonly featureSet: FeatureSet;
}

export type FeatureSet = 'ALL' | 'CONSOLIDATED_BILLING';

export interface OrganizationalUnitDefinition {
  readonly id: string;
  readonly name: string;
  /** The root's id or that of another organizational unit. */
  readonly parentId: string;
}

export interface AccountDefinition {
  readonly id: string;
  readonly name: string;
  /** The root's id or that of an organizational unit; absent for an account that is not in the organization. */
  readonly parentId?: string;
  readonly state: AccountState;
  readonly tags: Readonly<Record<string, string>>;
}

export type AccountState = 'PENDING_ACTIVATION' | 'ACTIVE' | 'SUSPENDED' | 'PENDING_CLOSURE' | 'CLOSED';

export interface ProductDefinition {
  readonly productId: string;
  readonly productSku: string;
  readonly name: string;
  readonly issuer: string;
}

/** An account's own subscription to a product in AWS Marketplace, and the license that it gives. */
export interface SubscriptionDefinition {
  readonly agreementId: string;
  /**
   * The first agreement of the chain of renewals that the agreement belongs to.
   *
   * @default - the agreement itself
   */
  readonly initialAgreementId?: string;
  readonly productId: string;
  readonly accountId: string;
  readonly licenseArn: string;
  readonly licenseStatus: LicenseStatus;
  readonly validity: { readonly begin: string; readonly end?: string };
  /**
   * What the license lets its subscriber do and pass on.
   *
   * @default - everything that AWS Marketplace licenses are seen with, `CreateGrant` among it
   */
  readonly allowedOperations?: readonly AllowedOperation[];
  /**
   * Where the license and its grants are managed.
   *
   * @default us-east-1, as for every AWS Marketplace license
   */
  readonly homeRegion?: string;
}

/** A grant of a license by its subscriber. */
export interface GrantDefinition {
  readonly licenseArn: string;
  /** An account, an organizational unit or the organization, as License Manager takes it. */
  readonly granteePrincipalArn: string;
  readonly name: string;
  /**
   * What is under way goes on from the start: a grant that is PENDING_WORKFLOW is being distributed. The accounts below a grant to an
   * organization or organizational unit have theirs in the same status, or DISABLED if that is WORKFLOW_COMPLETED.
   */
  readonly status: GrantStatus;
  /** @default - what the license allows, without `CreateGrant` */
  readonly allowedOperations?: readonly AllowedOperation[];
  /** @default - none */
  readonly tags?: Readonly<Record<string, string>>;
}

export type GrantStatus =
  | 'PENDING_WORKFLOW'
  | 'PENDING_ACCEPT'
  | 'REJECTED'
  | 'ACTIVE'
  | 'FAILED_WORKFLOW'
  | 'DELETED'
  | 'PENDING_DELETE'
  | 'DISABLED'
  | 'WORKFLOW_COMPLETED';

export type LicenseStatus = 'AVAILABLE' | 'PENDING_AVAILABLE' | 'DEACTIVATED' | 'SUSPENDED' | 'EXPIRED' | 'PENDING_DELETE' | 'DELETED';

export type AllowedOperation =
  | 'CreateGrant'
  | 'CheckoutLicense'
  | 'CheckoutBorrowLicense'
  | 'CheckInLicense'
  | 'ExtendConsumptionLicense'
  | 'ListPurchasedLicenses'
  | 'CreateToken';
