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
  const held = grants.filter(({ ownerAccountId, status }) => ownerAccountId === account.id && !ENDED.includes(status));
  const rows = held.map((grant) => [isSubscription(grant, organization) ? 'own subscription' : grant.name, grant.status, possibility(grant)]);
  const nothing = ['-', '-', account.state === 'ACTIVE' ? 'nothing: no license' : `nothing: the account is ${account.state.toLowerCase()}`];
  return (rows.length > 0 ? rows : [nothing]).map((row) => [account.id, account.name, ...row]);
}

/** A subscription is a grant as well, from an account of AWS Marketplace to the subscriber. */
function isSubscription({ grantorAccountId }: GrantReport, organization: OrganizationDefinition): boolean {
  return !organization.accounts.some(({ id }) => id === grantorAccountId);
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
