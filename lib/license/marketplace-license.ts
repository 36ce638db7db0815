import { IResource } from 'aws-cdk-lib';
import { ILicenseRef } from 'aws-cdk-lib/aws-licensemanager';
import { Construct } from 'constructs';
import { ImportedLicense } from './imported-license';
import { LookedUpLicense } from './looked-up-license';
import { ManagedEntitlementsProvider } from '../provider/managed-entitlements-provider';

/**
 * A license for a product of AWS Marketplace that the account holds and can grant to others.
 */
export interface IMarketplaceLicense extends IResource, ILicenseRef {
  /**
   * The ARN of the license.
   *
   * @attribute
   */
  readonly licenseArn: string;

  /**
   * The Region in which the license is managed; `us-east-1` for every license of AWS Marketplace.
   *
   * @attribute
   */
  readonly homeRegion: string;

  /**
   * The name of the licensed product.
   *
   * @attribute
   */
  readonly productName: string;

  /**
   * The SKU of the licensed product.
   *
   * @attribute
   */
  readonly productSku: string;

  /**
   * The status of the license when it was looked up, for example `AVAILABLE`.
   *
   * @attribute
   */
  readonly status: string;

  /**
   * When the license ends, in ISO 8601; empty for a license without an end.
   *
   * @attribute
   */
  readonly validityEnd: string;
}

/**
 * Options for a license of AWS Marketplace.
 */
export interface MarketplaceLicenseOptions {
  /**
   * The Region in which the license is managed. Another one than the default is for licenses that do not come from AWS Marketplace.
   *
   * @default 'us-east-1'
   */
  readonly homeRegion?: string;

  /**
   * Runs the function that looks the license up.
   *
   * @default - the provider that the stack's constructs share
   */
  readonly provider?: ManagedEntitlementsProvider;
}

/**
 * Finds a license for a product of AWS Marketplace among those that the account holds.
 *
 * A license comes from a subscription; it cannot be created here.
 *
 * @see https://docs.aws.amazon.com/license-manager/latest/userguide/granted-licenses.html
 */
export class MarketplaceLicense {
  /**
   * The license with this ARN. It has no Region in it and belongs to an account of AWS, for example
   * `arn:aws:license-manager::294406891311:license:l-0123456789abcdef0123456789abcdef`.
   *
   * Nothing is deployed for it unless one of the attributes that only License Manager knows is used: product name, product SKU, status or
   * end of validity. A license that the account does not hold then fails the deployment.
   */
  public static fromLicenseArn(
    scope: Construct,
    id: string,
    licenseArn: string,
    options: MarketplaceLicenseOptions = {},
  ): IMarketplaceLicense {
    return new ImportedLicense(scope, id, licenseArn, options);
  }

  /**
   * The license for the product with this SKU, looked up at every deployment that changes something about it.
   *
   * Exactly one license for the product has to be `AVAILABLE`. If there is none or more than one, the deployment fails and lists the
   * candidates with their ARN, status and validity: name the one you mean with `fromLicenseArn()`.
   */
  public static fromProductSku(
    scope: Construct,
    id: string,
    productSku: string,
    options: MarketplaceLicenseOptions = {},
  ): IMarketplaceLicense {
    return new LookedUpLicense(scope, id, productSku, options);
  }

  private constructor() {}
}
