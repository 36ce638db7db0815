import { Violation } from '../../model/validation';

interface Reasons {
  readonly invalid: string;
  readonly missing?: string;
}

/** By member of a request. Guess: the model names the reasons, and leaves open which goes with what. */
const REASONS: Readonly<Record<string, Reasons>> = {
  agreementId: { invalid: 'INVALID_AGREEMENT_ID', missing: 'MISSING_AGREEMENT_ID' },
  catalog: { invalid: 'INVALID_CATALOG' },
  filters: { invalid: 'INVALID_FILTERS' },
  name: { invalid: 'INVALID_FILTER_NAME' },
  values: { invalid: 'INVALID_FILTER_VALUES', missing: 'MISSING_FILTER_VALUES' },
  sortBy: { invalid: 'INVALID_SORT_BY' },
  sortOrder: { invalid: 'INVALID_SORT_ORDER' },
  nextToken: { invalid: 'INVALID_NEXT_TOKEN' },
  maxResults: { invalid: 'INVALID_MAX_RESULTS' },
};

/** The reason for which a request that is not what the model asks for is refused. */
export function reasonOf({ path, kind, value }: Violation): string {
  const reasons = REASONS[memberAt(path)];
  const isMissing = kind === 'required' || (Array.isArray(value) && value.length === 0);
  return (isMissing ? reasons?.missing : undefined) ?? reasons?.invalid ?? 'OTHER';
}

/** `values` for `filters.1.member.values.1.member`. */
function memberAt(path: string): string {
  return path.replace(/\.\d+\.member$/, '').split('.').at(-1)!;
}
