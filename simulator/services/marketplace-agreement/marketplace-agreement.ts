import { AgreementCatalog } from './agreement-catalog';
import { invalidRequest } from './errors';
import { DescribeAgreement } from './operations/describe-agreement';
import { GetAgreementEntitlements } from './operations/get-agreement-entitlements';
import { GetAgreementTerms } from './operations/get-agreement-terms';
import { SearchAgreements } from './operations/search-agreements';
import { ServiceModel } from '../../model/service-model';
import document from '../../models/marketplace-agreement.json';
import { Service } from '../../wire/service';

/** AWS Marketplace Agreement Service, as far as buyers read their agreements. */
export function marketplaceAgreement(agreements: AgreementCatalog): Service {
  return {
    model: new ServiceModel(document),
    operations: {
      SearchAgreements: new SearchAgreements(agreements),
      DescribeAgreement: new DescribeAgreement(agreements),
      GetAgreementEntitlements: new GetAgreementEntitlements(agreements),
      GetAgreementTerms: new GetAgreementTerms(agreements),
    },
    invalidRequest,
  };
}
