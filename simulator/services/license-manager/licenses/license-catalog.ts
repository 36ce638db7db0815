import type { AllowedOperation, LicenseStatus } from '@aws-sdk/client-license-manager';
import { License } from './license';
import { OrganizationDefinition, ProductDefinition, SubscriptionDefinition } from '../../../organization/organization-definition';

/** Every AWS Marketplace license lives in us-east-1: AWS's "How to use Managed entitlements", License Home Region. */
const MARKETPLACE_HOME_REGION = 'us-east-1';

/** What a subscriber's license is seen with: AWS's sample for Bedrock and Terraform's documentation, plus the right to pass on. */
const MARKETPLACE_OPERATIONS: readonly AllowedOperation[] = [
  'CreateGrant', 'CheckoutLicense', 'CheckInLicense', 'ExtendConsumptionLicense', 'ListPurchasedLicenses', 'CreateToken',
];

/** The licenses of all subscriptions. */
export class LicenseCatalog {
  private readonly licenses: ReadonlyMap<string, License>;

  constructor({ products, subscriptions }: OrganizationDefinition) {
    this.licenses = new Map(subscriptions.map((subscription) => {
      const product = products.find(({ productId }) => productId === subscription.productId);
      if (!product) throw new Error(`The organization has no product ${subscription.productId}`);
      return [subscription.licenseArn, licenseOf(subscription, product)];
    }));
  }

  all(): License[] {
    return [...this.licenses.values()];
  }

  find(arn: string): License | undefined {
    return this.licenses.get(arn);
  }

  /** For grants, whose license is there by construction. */
  get(arn: string): License {
    const license = this.licenses.get(arn);
    if (!license) throw new Error(`There is no license ${arn}`);
    return license;
  }
}

/** Guess: an available license is EXPIRED from the end of its validity on, without a delay. */
export function statusAt(license: License, now: Date): LicenseStatus {
  const ended = license.validity.end !== undefined && license.validity.end <= now;
  return license.status === 'AVAILABLE' && ended ? 'EXPIRED' : license.status;
}

function licenseOf(subscription: SubscriptionDefinition, product: ProductDefinition): License {
  const { licenseArn, accountId, validity } = subscription;
  return {
    arn: licenseArn,
    product: { name: product.name, sku: product.productSku, issuer: product.issuer },
    subscriberAccountId: accountId,
    issuerAccountId: licenseArn.split(':')[4],
    homeRegion: subscription.homeRegion ?? MARKETPLACE_HOME_REGION,
    validity: { begin: new Date(validity.begin), end: validity.end === undefined ? undefined : new Date(validity.end) },
    allowedOperations: subscription.allowedOperations ?? MARKETPLACE_OPERATIONS,
    status: subscription.licenseStatus,
  };
}
