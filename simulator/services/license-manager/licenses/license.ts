import type { AllowedOperation, LicenseStatus } from '@aws-sdk/client-license-manager';

/** A license that AWS Marketplace issued to the account that subscribed to a product. */
export interface License {
  readonly arn: string;
  readonly product: { readonly name: string; readonly sku: string; readonly issuer: string };
  readonly subscriberAccountId: string;
  readonly issuerAccountId: string;
  readonly homeRegion: string;
  readonly validity: { readonly begin: Date; readonly end?: Date };
  readonly allowedOperations: readonly AllowedOperation[];
  readonly status: LicenseStatus;
}
