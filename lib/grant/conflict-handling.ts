/**
 * What a deployment does about single accounts in which a grant to an organization or an organizational unit does not become active, most
 * often because the account has another active license of the product.
 *
 * A grant that becomes active in no account at all fails the deployment in either case. Accounts that are not active in AWS Organizations
 * (suspended, or being closed) do not count.
 */
export enum ConflictHandling {
  /**
   * The deployment succeeds if the grant is active in at least one account. The others are listed in `conflictingAccounts` of the grant and, with
   * status and reason, in the log of the function.
   */
  REPORT = 'REPORT',

  /**
   * The deployment fails and names the accounts, their statuses and the reasons that License Manager gave.
   *
   * Needs an account that may list the grants of the organization: the management account, or License Manager's delegated administrator.
   */
  FAIL = 'FAIL',
}
