import { Agreement } from './agreement';
import { OrganizationDefinition, SubscriptionDefinition } from '../../organization/organization-definition';
import { LicenseCatalog } from '../license-manager/licenses/license-catalog';

/** The agreements behind all subscriptions; subscriptions that name the same agreement are its licenses. */
export class AgreementCatalog {
  private readonly agreements: ReadonlyMap<string, Agreement>;

  constructor({ subscriptions }: OrganizationDefinition, licenses: LicenseCatalog) {
    this.agreements = new Map(subscriptions.map((subscription) => [
      subscription.agreementId,
      agreementOf(subscription, subscriptions.filter(({ agreementId }) => agreementId === subscription.agreementId), licenses),
    ]));
  }

  acceptedBy(accountId: string): Agreement[] {
    return [...this.agreements.values()].filter(({ acceptorAccountId }) => acceptorAccountId === accountId);
  }

  find(agreementId: string): Agreement | undefined {
    return this.agreements.get(agreementId);
  }

  /** Whether another agreement took the place of this one. */
  isContinued(agreement: Agreement): boolean {
    return [...this.agreements.values()].some((other) => other.initialId === agreement.initialId && other.start > agreement.start);
  }
}

function agreementOf(
  first: SubscriptionDefinition, subscriptions: readonly SubscriptionDefinition[], licenses: LicenseCatalog,
): Agreement {
  const { validity } = licenses.get(first.licenseArn);
  return {
    id: first.agreementId,
    initialId: first.initialAgreementId ?? first.agreementId,
    acceptorAccountId: first.accountId,
    start: validity.begin,
    end: validity.end,
    entitlements: subscriptions.map(({ productId, licenseArn }) => ({ productId, license: licenses.get(licenseArn) })),
  };
}
