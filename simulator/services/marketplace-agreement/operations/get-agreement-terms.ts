import { ACCESS_TO_AGREEMENT, ownAgreement, PageOfAgreement } from './own-agreement';
import { CallContext, Operation, RequiredAccess } from '../../../wire/service';
import { Agreement } from '../agreement';
import { AgreementCatalog } from '../agreement-catalog';
import { page } from '../answers';
import { endTimeBehavior } from '../end-time-behavior';

/** The terms that an organization file knows of: how long the agreement is valid, and that it renews. */
export class GetAgreementTerms implements Operation<PageOfAgreement> {
  constructor(private readonly agreements: AgreementCatalog) {}

  requiredAccess(): RequiredAccess {
    return ACCESS_TO_AGREEMENT;
  }

  perform(input: PageOfAgreement, context: CallContext) {
    const agreement = ownAgreement(this.agreements, input, context);
    const renews = endTimeBehavior(agreement, this.agreements)?.type === 'RENEW';
    const terms = [{ validityTerm: validityTerm(agreement) }, ...renews ? [{ renewalTerm: renewalTerm(agreement) }] : []];
    const { items, nextToken } = page(terms, input, context.now);
    return { acceptedTerms: items, nextToken };
  }
}

function validityTerm(agreement: Agreement) {
  return { type: 'ValidityTerm', id: termId('validity', agreement), agreementStartDate: agreement.start, agreementEndDate: agreement.end };
}

function renewalTerm(agreement: Agreement) {
  return { type: 'RenewalTerm', id: termId('renewal', agreement), configuration: { enableAutoRenew: true } };
}

/** The id of an agreement may hold a slash, that of a term may not (model). */
function termId(kind: string, { id }: Agreement): string {
  return `term-${kind}-${id.replaceAll('/', '-')}`;
}
