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

  /** The next agreement of the chain, whether it has begun or not. */
  successorOf(agreement: Agreement): Agreement | undefined {
    const later = [...this.agreements.values()].filter(({ initialId, start }) => initialId === agreement.initialId && start > agreement.start);
    return later.sort((left, right) => left.start.getTime() - right.start.getTime())[0];
  }

  /** Whether another agreement has taken the place of this one. */
  isContinued(agreement: Agreement, now: Date): boolean {
    const successor = this.successorOf(agreement);
    return successor !== undefined && successor.start <= now;
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
