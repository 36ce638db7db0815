import { ACCESS_TO_AGREEMENT, OfAgreement, ownAgreement } from './own-agreement';
import { CallContext, Operation, RequiredAccess } from '../../../wire/service';
import { AgreementCatalog } from '../agreement-catalog';
import { agreementAnswer } from '../answers';
import { endTimeBehavior } from '../end-time-behavior';

export class DescribeAgreement implements Operation<OfAgreement> {
  constructor(private readonly agreements: AgreementCatalog) {}

  requiredAccess(): RequiredAccess {
    return ACCESS_TO_AGREEMENT;
  }

  perform(input: OfAgreement, context: CallContext) {
    const agreement = ownAgreement(this.agreements, input, context);
    return {
      ...agreementAnswer(agreement, this.agreements, context.now),
      endTimeBehavior: endTimeBehavior(agreement, this.agreements),
    };
  }
}
