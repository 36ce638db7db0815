import { ACCESS_TO_AGREEMENT, ownAgreement, PageOfAgreement } from './own-agreement';
import { CallContext, Operation, RequiredAccess } from '../../../wire/service';
import { AgreementCatalog } from '../agreement-catalog';
import { page } from '../answers';

/** The one term that an organization file knows of: how long the agreement is valid. */
export class GetAgreementTerms implements Operation<PageOfAgreement> {
  constructor(private readonly agreements: AgreementCatalog) {}

  requiredAccess(): RequiredAccess {
    return ACCESS_TO_AGREEMENT;
  }

  perform(input: PageOfAgreement, context: CallContext) {
    const { id, start, end } = ownAgreement(this.agreements, input, context);
    const validityTerm = { type: 'ValidityTerm', id: `term-validity-${id}`, agreementStartDate: start, agreementEndDate: end };
    const { items, nextToken } = page([{ validityTerm }], input, context.now);
    return { acceptedTerms: items, nextToken };
  }
}
