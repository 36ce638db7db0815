import { Agreement } from './agreement';
import { offerIdOf, PURCHASE_AGREEMENT, RESOURCE_TYPE } from './answers';
import {
  filterNeedsName, filterNeedsValue, invalidFilterValue, missingPartyType, repeatedFilter, unknownFilter, unsupportedCombination,
} from './errors';
import model from '../../models/marketplace-agreement.json';

export interface Filter {
  readonly name?: string;
  readonly values?: readonly string[];
}

/** What a search asks for, by filter name. */
export type Search = ReadonlyMap<string, string>;

const { AgreementStatus, EndTimeBehaviorType, EndTimeBehaviorReasonCode } = model.shapes;

/** Every filter of the API reference of SearchAgreements, spelled as there, with the values that it takes. */
const FILTERS: Readonly<Record<string, (value: string) => boolean>> = {
  ResourceIdentifier: isAnything,
  ResourceType: isAnything,
  PartyType: isOneOf(['Acceptor', 'Proposer']),
  AcceptorAccountId: isAnything,
  OfferId: isAnything,
  Status: isOneOf(AgreementStatus.enum),
  BeforeEndTime: isDate,
  AfterEndTime: isDate,
  BeforeStartTime: isDate,
  AfterStartTime: isDate,
  BeforeLastUpdateTime: isDate,
  AfterLastUpdateTime: isDate,
  AgreementType: isOneOf([PURCHASE_AGREEMENT]),
  OfferSetId: isAnything,
  EndTimeBehaviorType: isOneOf(EndTimeBehaviorType.enum),
  EndTimeBehaviorReasonCode: isOneOf(EndTimeBehaviorReasonCode.enum),
  InitialAgreementId: isAnything,
  LicenseArn: isAnything,
};

/** The filters that an acceptor combines with AgreementType; the others are a proposer's. */
const ONE_OF_THESE = ['ResourceIdentifier', 'ResourceType', 'OfferId', 'OfferSetId'];
const BESIDE = ['PartyType', 'AgreementType', 'Status', 'BeforeEndTime', 'AfterEndTime'];

/** Reads the filters of a search, names and values with their case. */
export function readSearch(filters: readonly Filter[]): Search {
  const search = new Map<string, string>();
  filters.forEach(({ name, values = [] }, index) => {
    const path = `filters.${index + 1}.member`;
    if (name === undefined) throw filterNeedsName(`${path}.name`);
    if (!Object.hasOwn(FILTERS, name)) throw unknownFilter(`${path}.name`, name, Object.keys(FILTERS));
    if (search.has(name)) throw repeatedFilter(`${path}.name`, name);
    const [value] = values;
    if (value === undefined) throw filterNeedsValue(`${path}.values`, name);
    if (!FILTERS[name](value)) throw invalidFilterValue(`${path}.values`, name, value);
    search.set(name, value);
  });
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

/** AgreementType is required (API reference). Guess: so is PartyType, on which the combinations depend. */
function checkCombination(search: Search): void {
  const names = [...search.keys()];
  if (!search.has('PartyType')) throw missingPartyType();
  if (!search.has('AgreementType')) throw unsupportedCombination(names);
  if (search.get('PartyType') === 'Proposer') return;
  const chosen = names.filter((name) => ONE_OF_THESE.includes(name));
  const foreign = names.filter((name) => !ONE_OF_THESE.includes(name) && !BESIDE.includes(name));
  const typeWithStatus = search.has('ResourceType') && search.has('Status');
  if (chosen.length > 1 || foreign.length > 0 || typeWithStatus) throw unsupportedCombination(names);
}

function isAnything(): boolean {
  return true;
}

function isOneOf(known: readonly string[]): (value: string) => boolean {
  return (value) => known.includes(value);
}

function isDate(value: string): boolean {
  return !Number.isNaN(Date.parse(value));
}

function hasOneOf(search: Search, name: string, values: readonly string[]): boolean {
  const wanted = search.get(name);
  return wanted === undefined || values.includes(wanted);
}
