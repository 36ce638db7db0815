import { CallContext, Operation, RequiredAccess } from '../../../wire/service';
import { Agreement } from '../agreement';
import { AgreementCatalog } from '../agreement-catalog';
import { agreementStatus } from '../agreement-status';
import { agreementAnswer, lastUpdateTime, licenseArnOf, page } from '../answers';
import { endTimeBehavior } from '../end-time-behavior';
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

/** By party, from the API reference of Sort. The defaults are from there, too; an earlier edition of it had DESCENDING. */
const SORT_BY = { Acceptor: ['EndTime'], Proposer: ['EndTime', 'StartTime', 'LastUpdateTime'] };

/** Agreements of the caller as acceptor. A proposer is a seller, and none of the accounts here is one. */
export class SearchAgreements implements Operation<Input> {
  constructor(private readonly agreements: AgreementCatalog) {}

  requiredAccess({ filters = [] }: Input): RequiredAccess {
    const valueOf = (filter: string) => filters.find(({ name }) => name === filter)?.values?.[0];
    const [agreementType, partyType] = [valueOf('AgreementType'), valueOf('PartyType')];
    return {
      resourceArns: ['*'],
      context: {
        ...agreementType !== undefined ? { 'aws-marketplace:AgreementType': [agreementType] } : {},
        ...partyType !== undefined ? { 'aws-marketplace:PartyType': partyType } : {},
      },
    };
  }

  perform({ catalog = CATALOG, filters = [], sort = {}, ...input }: Input, { caller, now }: CallContext) {
    if (catalog !== CATALOG) throw unknownCatalog(catalog);
    const search = readSearch(filters);
    const party = search.get('PartyType') as keyof typeof SORT_BY;
    const { sortBy = 'EndTime', sortOrder = 'ASCENDING' } = sort;
    if (!SORT_BY[party].includes(sortBy)) throw unsupportedSort(sortBy);
    const own = party === 'Acceptor' ? this.agreements.acceptedBy(caller.accountId) : [];
    const found = own
      .filter((agreement) => matches(search, agreement, agreementStatus(agreement, this.agreements.isContinued(agreement, now), now)))
      .sort(sortOrder === 'ASCENDING' ? byEnd : (left, right) => byEnd(right, left));
    const { items, nextToken } = page(found, input, now);
    return { agreementViewSummaries: items.map((agreement) => this.summary(agreement, now)), nextToken };
  }

  private summary(agreement: Agreement, now: Date) {
    const behavior = endTimeBehavior(agreement, this.agreements);
    return {
      ...agreementAnswer(agreement, this.agreements, now),
      lastUpdateTime: lastUpdateTime(agreement, now),
      // Guess: an entitlement whose license is not there yet is listed without it.
      entitlements: agreement.entitlements.map((entitlement) => ({ licenseArn: licenseArnOf(entitlement, now) })),
      endTimeBehaviorType: behavior?.type,
      endTimeBehaviorReasonCode: behavior?.type === 'EXPIRE' ? behavior.reasonCode : undefined,
    };
  }
}

/** An agreement without an end ends last. */
function byEnd(left: Agreement, right: Agreement): number {
  return endOf(left) === endOf(right) ? 0 : endOf(left) - endOf(right);
}

function endOf({ end }: Agreement): number {
  return end?.getTime() ?? Number.MAX_SAFE_INTEGER;
}
