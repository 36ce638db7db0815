/**
 * What the accounts that receive a grant may do with the license.
 *
 * @see https://docs.aws.amazon.com/license-manager/latest/APIReference/API_CreateGrant.html
 */
export class AllowedOperation {
  /** Use the license: check entitlements out. */
  public static readonly CHECKOUT_LICENSE = new AllowedOperation('CheckoutLicense');

  /** Check entitlements out for use without a connection to License Manager. */
  public static readonly CHECKOUT_BORROW_LICENSE = new AllowedOperation('CheckoutBorrowLicense');

  /** Return entitlements. */
  public static readonly CHECK_IN_LICENSE = new AllowedOperation('CheckInLicense');

  /** Keep entitlements for longer. */
  public static readonly EXTEND_CONSUMPTION_LICENSE = new AllowedOperation('ExtendConsumptionLicense');

  /** See the license among the purchased ones. */
  public static readonly LIST_PURCHASED_LICENSES = new AllowedOperation('ListPurchasedLicenses');

  /** Create tokens with which software outside of AWS uses the license. */
  public static readonly CREATE_TOKEN = new AllowedOperation('CreateToken');

  /**
   * An operation that this class has no name for yet.
   *
   * @param name the operation as License Manager writes it, for example `CheckoutLicense`
   */
  public static of(name: string): AllowedOperation {
    return new AllowedOperation(name);
  }

  /**
   * @param name the operation as License Manager writes it
   */
  private constructor(public readonly name: string) {}
}
