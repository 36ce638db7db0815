import { CallContext, Operation, RequiredAccess } from '../../../wire/service';
import { Agreement } from '../agreement';
import { AgreementCatalog } from '../agreement-catalog';
import { agreementStatus } from '../agreement-status';
import { agreementAnswer, page } from '../answers';
import { unknownCatalog, unsupportedSort } from '../errors';
import { Filter, matches, readSearch } from '../search-filters';

interface Input {
  readonly catalog?: string;
  readonly filters?: readonly Filter[];
  readonly sort?: { readonly sortBy?: string; readonly sortOrder?: 'ASCENDING' | 'DESCENDING' };
  readonly maxResults?: number;
  readonly nextToken?: string;
}

/** The one catalog of the API reference. */
const CATALOG = 'AWSMarketplace';

/** Agreements of the caller as acceptor. A proposer is a seller, and none of the accounts here is one. */
export class SearchAgreements implements Operation<Input> {
  constructor(private readonly agreements: AgreementCatalog) {}

  requiredAccess({ filters = [] }: Input): RequiredAccess {
    const keys = ['AgreementType', 'PartyType'].flatMap((key) =>
      filters.filter(({ name, values }) => name === key && values).map(({ values }) => [`aws-marketplace:${key}`, [...values!]]));
    return { resourceArns: ['*'], context: Object.fromEntries(keys) };
  }

  perform({ catalog = CATALOG, filters = [], sort = {}, ...input }: Input, { caller, now }: CallContext) {
    if (catalog !== CATALOG) throw unknownCatalog(catalog);
    const search = readSearch(filters);
    if (sort.sortBy !== undefined && sort.sortBy !== 'EndTime') throw unsupportedSort(sort.sortBy);
    const own = search.get('PartyType') === 'Acceptor' ? this.agreements.acceptedBy(caller.accountId) : [];
    const found = own
      .filter((agreement) => matches(search, agreement, agreementStatus(agreement, this.agreements.isContinued(agreement), now)))
      .sort(sort.sortOrder === 'ASCENDING' ? byEnd : (left, right) => byEnd(right, left));
    const { items, nextToken } = page(found, input, now);
    return { agreementViewSummaries: items.map((agreement) => this.summary(agreement, now)), nextToken };
  }

  private summary(agreement: Agreement, now: Date) {
    const entitlements = agreement.entitlements.map(({ license }) => ({ licenseArn: license.arn }));
    return { ...agreementAnswer(agreement, this.agreements, now), entitlements };
  }
}

/** An agreement without an end ends last. */
function byEnd(left: Agreement, right: Agreement): number {
  return endOf(left) === endOf(right) ? 0 : endOf(left) - endOf(right);
}

function endOf({ end }: Agreement): number {
  return end?.getTime() ?? Number.MAX_SAFE_INTEGER;
}
