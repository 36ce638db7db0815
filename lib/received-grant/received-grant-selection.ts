import { ILicenseRef } from 'aws-cdk-lib/aws-licensemanager';

/**
 * Which of the received grants is meant: at least one of these, and the grant has to fit all that are given.
 *
 * Exactly one grant to the account has to fit that is neither rejected nor deleted; if several do, the deployment fails and lists them.
 */
export interface ReceivedGrantSelection {
  /**
   * The ARN of the grant. That of a grant to the organization or to an organizational unit stands for the account's own grant below it.
   *
   * @default - any grant
   */
  readonly grantArn?: string;

  /**
   * The license that is granted.
   *
   * @default - any license
   */
  readonly license?: ILicenseRef;

  /**
   * The SKU of the licensed product, as `aws license-manager list-received-licenses` shows it.
   *
   * An account's own subscription counts as a grant of AWS Marketplace: give `grantorAccount` as well if it has one of the product.
   *
   * @default - any product
   */
  readonly productSku?: string;

  /**
   * The id of the account that made the grant.
   *
   * @default - any account
   */
  readonly grantorAccount?: string;
}
