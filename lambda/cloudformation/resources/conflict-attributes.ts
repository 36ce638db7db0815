import type { GrantAttributes } from '../../../lib/grant/grant-properties';
import type { AccountConflict } from '../../domain/grant/account-conflict';

/**
 * An answer to CloudFormation has room for 4,096 bytes: a hundred ids of 12 digits with their commas take 1,300, and leave enough for the ids and
 * the name of the grant.
 */
const MOST_LISTED = 100;

/** The accounts in which a grant is not as asked for, as attributes. */
export function conflictAttributes(conflicts: readonly AccountConflict[]): Pick<GrantAttributes, 'ConflictingAccounts' | 'ConflictingAccountCount'> {
  return {
    ConflictingAccounts: conflicts.slice(0, MOST_LISTED).map(({ accountId }) => accountId).join(','),
    ConflictingAccountCount: `${conflicts.length}`,
  };
}
