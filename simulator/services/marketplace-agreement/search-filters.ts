import { Agreement } from './agreement';
import { offerIdOf, PURCHASE_AGREEMENT, RESOURCE_TYPE } from './answers';
import { filterNeedsValue, invalidFilterValue, unknownFilter, unsupportedCombination } from './errors';

export interface Filter {
  readonly name?: string;
  readonly values?: readonly string[];
}

/** What a search asks for, by filter name. */
export type Search = ReadonlyMap<string, string>;

/** Every filter of the API reference of SearchAgreements, spelled as there. */
const FILTERS = [
  'ResourceIdentifier', 'ResourceType', 'PartyType', 'AcceptorAccountId', 'OfferId', 'Status', 'BeforeEndTime', 'AfterEndTime', 'BeforeStartTime',
  'AfterStartTime', 'BeforeLastUpdateTime', 'AfterLastUpdateTime', 'AgreementType', 'OfferSetId', 'EndTimeBehaviorType', 'EndTimeBehaviorReasonCode',
  'InitialAgreementId', 'LicenseArn',
];

/** The filters that an acceptor combines with AgreementType; the others are a proposer's. */
const ONE_OF_THESE = ['ResourceIdentifier', 'ResourceType', 'OfferId', 'OfferSetId'];
const BESIDE = ['PartyType', 'AgreementType', 'Status', 'BeforeEndTime', 'AfterEndTime'];

/** Reads the filters of a search, names and values with their case. */
export function readSearch(filters: readonly Filter[]): Search {
  const search = new Map<string, string>();
  for (const { name, values = [] } of filters) {
    if (name === undefined || !FILTERS.includes(name)) throw unknownFilter(name, FILTERS);
    if (values.length !== 1) throw filterNeedsValue(name);
    if (search.has(name)) throw unsupportedCombination([name, name]);
    search.set(name, values[0]);
  }
  checkValue(search, 'PartyType', ['Acceptor', 'Proposer']);
  checkValue(search, 'AgreementType', [PURCHASE_AGREEMENT]);
  for (const name of ['BeforeEndTime', 'AfterEndTime']) {
    const value = search.get(name);
    if (value !== undefined && Number.isNaN(Date.parse(value))) throw invalidFilterValue(name, value);
  }
  checkCombination(search);
  return search;
}

/** Whether the acceptor of an agreement finds it. */
export function matches(search: Search, agreement: Agreement, status: string): boolean {
  const { end, entitlements } = agreement;
  const before = search.get('BeforeEndTime');
  const after = search.get('AfterEndTime');
  return hasOneOf(search, 'ResourceIdentifier', entitlements.map(({ productId }) => productId))
    && hasOneOf(search, 'ResourceType', [RESOURCE_TYPE])
    && hasOneOf(search, 'OfferId', [offerIdOf(agreement)])
    // No agreement here comes from a set of offers.
    && hasOneOf(search, 'OfferSetId', [])
    && hasOneOf(search, 'Status', [status])
    && (before === undefined || (end !== undefined && end < new Date(before)))
    && (after === undefined || (end !== undefined && end > new Date(after)));
}

/** Guess: both are asked for; the API reference combines every other filter with them. */
function checkCombination(search: Search): void {
  const names = [...search.keys()];
  if (!search.has('PartyType') || !search.has('AgreementType')) throw unsupportedCombination(names);
  if (search.get('PartyType') === 'Proposer') return;
  const chosen = names.filter((name) => ONE_OF_THESE.includes(name));
  const foreign = names.filter((name) => !ONE_OF_THESE.includes(name) && !BESIDE.includes(name));
  const typeWithStatus = search.has('ResourceType') && search.has('Status');
  if (chosen.length > 1 || foreign.length > 0 || typeWithStatus) throw unsupportedCombination(names);
}

function checkValue(search: Search, name: string, known: readonly string[]): void {
  const value = search.get(name);
  if (value !== undefined && !known.includes(value)) throw invalidFilterValue(name, value);
}

function hasOneOf(search: Search, name: string, values: readonly string[]): boolean {
  const wanted = search.get(name);
  return wanted === undefined || values.includes(wanted);
}
