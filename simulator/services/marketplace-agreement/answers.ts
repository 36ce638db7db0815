import { Agreement, Entitlement } from './agreement';
import { AgreementCatalog } from './agreement-catalog';
import { agreementStatus, entitlementStatus } from './agreement-status';
import { invalidNextToken } from './errors';
import { cutPage, Page } from '../paging';

/** The one type of agreement that the documentation of SearchAgreements names for AWS Marketplace. */
export const PURCHASE_AGREEMENT = 'PurchaseAgreement';

/** Guess: products of an organization file are of this type; licenses of them are what can be shared. */
export const RESOURCE_TYPE = 'AmiProduct';

/** Guess: sellers have accounts of their own, and the file names none. */
const PROPOSER = { accountId: '999999999999' };

/** Guess: the default is not documented. The model allows 50. */
const DEFAULT_PAGE_SIZE = 25;

/** What both operations on agreements answer. */
export function agreementAnswer(agreement: Agreement, catalog: AgreementCatalog, now: Date) {
  return {
    agreementId: agreement.id,
    acceptor: { accountId: agreement.acceptorAccountId },
    proposer: PROPOSER,
    startTime: agreement.start,
    endTime: agreement.end,
    acceptanceTime: agreement.start,
    agreementType: PURCHASE_AGREEMENT,
    proposalSummary: { resources: agreement.entitlements.map(resource), offerId: offerIdOf(agreement) },
    status: agreementStatus(agreement, catalog.isContinued(agreement, now), now),
    initialAgreementId: agreement.initialId,
  };
}

/** Guess: what an entitlement to use a product is called. */
export function entitlementAnswer(entitlement: Entitlement, now: Date) {
  return {
    resource: resource(entitlement),
    type: 'AWS::Marketplace::Usage',
    ...entitlementStatus(entitlement, now),
    licenseArn: licenseArnOf(entitlement, now),
  };
}

/** Guess: a license is there once its entitlement is provisioned, and stays afterwards. */
export function licenseArnOf(entitlement: Entitlement, now: Date): string | undefined {
  const { status } = entitlementStatus(entitlement, now);
  return status === 'SCHEDULED' || status === 'PENDING' ? undefined : entitlement.license.arn;
}

/** Guess: nothing changes an agreement between its acceptance and its end, which changes its status. */
export function lastUpdateTime({ start, end }: Agreement, now: Date): Date {
  return end !== undefined && end <= now ? end : start;
}

/** Guess: every agreement has an offer of its own. No id is longer than 64 characters (model). */
export function offerIdOf({ id }: Agreement): string {
  return `offer-${id.replace(/^agmt-/, '')}`.slice(0, 64);
}

export function page<Item>(
  items: readonly Item[], { nextToken, maxResults }: { readonly nextToken?: string; readonly maxResults?: number }, now: Date,
): Page<Item> {
  const cut = cutPage(items, { token: nextToken, size: maxResults ?? DEFAULT_PAGE_SIZE, now });
  if (!cut) throw invalidNextToken();
  return cut;
}

function resource({ productId }: Entitlement) {
  return { id: productId, type: RESOURCE_TYPE };
}
