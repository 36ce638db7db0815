import { formatTable } from './table';
import { AccountDefinition, OrganizationDefinition } from '../organization/organization-definition';
import { GrantReport } from '../simulated-aws';

/** Statuses in which a grant no longer says anything about what an account may do. */
const ENDED = ['DELETED', 'REJECTED', 'PENDING_DELETE'];

/** Each account with the grants it holds, and what that means to a user there. */
export function entitlementTable(organization: OrganizationDefinition, grants: readonly GrantReport[]): string {
  const rows = organization.accounts.flatMap((account) => accountRows(account, organization, grants));
  return formatTable(['Account', 'Name', 'Grant', 'Status', 'What a user there can do'], rows);
}

function accountRows(account: AccountDefinition, organization: OrganizationDefinition, grants: readonly GrantReport[]): string[][] {
  const subscriptions = organization.subscriptions.filter(({ accountId, licenseStatus }) => accountId === account.id && licenseStatus === 'AVAILABLE');
  const rows = [
    ...subscriptions.map(({ productId }) => {
      const name = organization.products.find((product) => product.productId === productId)!.name;
      return ['own subscription', 'ACTIVE', `launch ${name}`];
    }),
    ...grants
      .filter(({ ownerAccountId, grantorAccountId, status }) =>
        ownerAccountId === account.id && isFromAnAccount(grantorAccountId, organization) && !ENDED.includes(status))
      .map((grant) => [grant.name, grant.status, possibility(grant)]),
  ];
  const shown = rows.length > 0 ? rows : [['-', '-', account.state === 'ACTIVE' ? 'nothing: no license' : `nothing: the account is ${account.state.toLowerCase()}`]];
  return shown.map((row) => [account.id, account.name, ...row]);
}

/** Subscriptions are grants as well, from AWS Marketplace to the subscriber. */
function isFromAnAccount(accountId: string, organization: OrganizationDefinition): boolean {
  return organization.accounts.some(({ id }) => id === accountId);
}

function possibility({ status, statusReason, productName }: GrantReport): string {
  const reason = statusReason ? ` (${statusReason})` : '';
  switch (status) {
    case 'ACTIVE':
      return `launch ${productName}`;
    case 'DISABLED':
      return `nothing new: ${productName} is not active${reason}`;
    case 'PENDING_ACCEPT':
      return `accept the grant of ${productName}`;
    default:
      return `wait for ${productName}${reason}`;
  }
}
