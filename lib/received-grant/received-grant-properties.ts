/**
 * The contract between `ReceivedLicenseGrant` and its handler: what the template says and what comes back.
 * CloudFormation delivers every scalar as a string.
 */
export interface ReceivedGrantProperties {
  readonly Selection: ReceivedGrantSelectionProperties;
  readonly HomeRegion: string;
  readonly Response: ReceivedGrantResponseProperties;
  readonly Removal: ReceivedGrantRemovalProperties;
  /** How long the handler may wait until the grant is there. */
  readonly ArrivesWithinSeconds: string;
}

/** At least one is there; the grant has to fit all that are. */
export interface ReceivedGrantSelectionProperties {
  readonly GrantArn?: string;
  readonly LicenseArn?: string;
  readonly ProductSku?: string;
  readonly GrantorAccount?: string;
}

export interface ReceivedGrantResponseProperties {
  readonly Kind: ReceivedGrantResponseKind;
  readonly Override?: 'DISTRIBUTED_GRANTS_ONLY' | 'ALL_GRANTS_PERMITTED_BY_ISSUER';
  readonly Reason?: string;
}

export type ReceivedGrantResponseKind = 'ACCEPT' | 'ACTIVATE' | 'DEACTIVATE' | 'REJECT';

export interface ReceivedGrantRemovalProperties {
  readonly Kind: ReceivedGrantRemovalKind;
  readonly Reason?: string;
}

export type ReceivedGrantRemovalKind = 'DEACTIVATE' | 'REJECT' | 'LEAVE';

export interface ReceivedGrantAttributes {
  readonly GrantArn: string;
  readonly GrantName: string;
  readonly Status: string;
  readonly Version: string;
  readonly LicenseArn: string;
  readonly GrantorAccount: string;
  /** Empty if License Manager does not show the license to the account, as after a rejection. */
  readonly ProductName: string;
}
