/**
 * The contract between `MarketplaceLicense` and its handler: exactly one of `LicenseArn` and `ProductSku` is there.
 * CloudFormation delivers every scalar as a string.
 */
export interface LicenseProperties {
  readonly LicenseArn?: string;
  readonly ProductSku?: string;
  /** Where the license is looked up and managed. */
  readonly HomeRegion: string;
}

export interface LicenseAttributes {
  readonly LicenseArn: string;
  readonly ProductName: string;
  readonly ProductSku: string;
  readonly Status: string;
  /** ISO 8601; empty for a license without an end. */
  readonly ValidityEnd: string;
  readonly HomeRegion: string;
}
