import { Agreement } from './agreement';
import { AgreementCatalog } from './agreement-catalog';
import { offerIdOf } from './answers';

export type EndTimeBehavior =
  | { readonly type: 'RENEW'; readonly renewalSummary: { readonly offerId: string } }
  | { readonly type: 'EXPIRE'; readonly reasonCode: 'NO_RENEWAL_TERM' };

/**
 * What happens at the end of an agreement; nothing without an end (API reference).
 * Guess: an agreement renews, with the offer of the next one of its chain, if the organization file has that one.
 */
export function endTimeBehavior(agreement: Agreement, catalog: AgreementCatalog): EndTimeBehavior | undefined {
  if (agreement.end === undefined) return undefined;
  const successor = catalog.successorOf(agreement);
  return successor
    ? { type: 'RENEW', renewalSummary: { offerId: offerIdOf(successor) } }
    : { type: 'EXPIRE', reasonCode: 'NO_RENEWAL_TERM' };
}
