import type { Filter } from '@aws-sdk/client-license-manager';
import { CallContext } from '../../../wire/service';
import { cutPage, Page } from '../../paging';
import { filterNeedsOneValue, invalidNextToken, unknownFilter } from '../errors';

/**
 * How many results a list gives if not asked. Guess: the default is not documented; it is well below the maximum of
 * 100, so that a client that forgets NextToken is found out.
 */
const DEFAULT_PAGE_SIZE = 25;

export interface ListRequest {
  readonly Filters?: readonly Filter[];
  readonly NextToken?: string;
  readonly MaxResults?: number;
}

/** By filter name, spelled as the model's documentation spells it: what of an item the filter compares. */
export type FilterableMembers<Item> = Readonly<Record<string, (item: Item) => string | undefined>>;

/** The page that the request asks for, of the items that match all its filters. */
export function listPage<Item>(
  items: readonly Item[], request: ListRequest, { now }: Pick<CallContext, 'now'>, filterable: FilterableMembers<Item>,
): Page<Item> {
  const conditions = (request.Filters ?? []).map((filter) => condition(filter, filterable));
  const matching = items.filter((item) => conditions.every((holds) => holds(item)));
  const page = cutPage(matching, { token: request.NextToken, size: request.MaxResults ?? DEFAULT_PAGE_SIZE, now });
  if (!page) throw invalidNextToken();
  return page;
}

/** Names and values are case-sensitive. Guess: a name that the operation does not know is refused. */
function condition<Item>({ Name, Values }: Filter, filterable: FilterableMembers<Item>): (item: Item) => boolean {
  if (Name === undefined || !Object.hasOwn(filterable, Name)) throw unknownFilter(Name, Object.keys(filterable));
  if (Values?.length !== 1) throw filterNeedsOneValue(Name);
  return (item) => filterable[Name](item) === Values[0];
}

/** Guess: an ARN that is not there is left out, as a filter would. */
export function selected<Item>(items: readonly Item[], arns: readonly string[] | undefined, arnOf: (item: Item) => string): Item[] {
  if (arns === undefined || arns.length === 0) return [...items];
  const wanted = new Set(arns);
  return items.filter((item) => wanted.has(arnOf(item)));
}
