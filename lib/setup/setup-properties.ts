/**
 * The contract between `ManagedEntitlementsSetup` and its handler: what the template says and what comes back.
 * CloudFormation delivers every scalar as a string.
 */
export interface SetupProperties {
  /** The account to register as the one delegated administrator of License Manager, a 12-digit id. */
  readonly DelegatedAdministrator?: string;
}

export interface SetupAttributes {
  readonly FeatureSet: string;
  readonly OrganizationId: string;
  readonly OrganizationArn: string;
  readonly ManagementAccountId: string;
}
