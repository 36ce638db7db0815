import { ACCESS_TO_ENTITLEMENTS, ownAgreement, PageOfAgreement } from './own-agreement';
import { CallContext, Operation, RequiredAccess } from '../../../wire/service';
import { AgreementCatalog } from '../agreement-catalog';
import { entitlementAnswer, page } from '../answers';

/** From an agreement to the licenses that it gives. */
export class GetAgreementEntitlements implements Operation<PageOfAgreement> {
  constructor(private readonly agreements: AgreementCatalog) {}

  requiredAccess(): RequiredAccess {
    return ACCESS_TO_ENTITLEMENTS;
  }

  perform(input: PageOfAgreement, context: CallContext) {
    const { entitlements } = ownAgreement(this.agreements, input, context);
    const { items, nextToken } = page(entitlements, input, context.now);
    return { agreementEntitlements: items.map((entitlement) => entitlementAnswer(entitlement, context.now)), nextToken };
  }
}
