import type { Account, OrganizationalUnit } from '@aws-sdk/client-organizations';
import { invalidNextToken } from './errors';
import { OrganizationalUnitDefinition } from '../../organization/organization-definition';
import { MemberAccount, OrganizationState } from '../../organization/organization-state';
import { CallContext } from '../../wire/service';
import { cutPage } from '../paging';

/** The most that any list operation of Organizations returns at once (model), and what it returns if not asked. */
const PAGE_SIZE = 20;

export function page<Item>(
  items: readonly Item[], { NextToken, MaxResults }: { NextToken?: string; MaxResults?: number }, { now }: CallContext,
): { items: Item[]; nextToken?: string } {
  const cut = cutPage(items, { token: NextToken, size: MaxResults ?? PAGE_SIZE, now });
  if (!cut) throw invalidNextToken();
  return cut;
}

export function accountAnswer(organization: OrganizationState, account: MemberAccount): Account {
  return {
    Id: account.id,
    Arn: organization.accountArn(account.id),
    Name: account.name,
    Email: emailOf(account.id),
    Status: statusOf(account),
    State: account.state,
    Paths: [`${organization.id}/${organization.pathTo(account.parentId).join('/')}/${account.id}/`],
    JoinedMethod: account.id === organization.managementAccountId ? 'INVITED' : 'CREATED',
    JoinedTimestamp: account.joinedAt,
  };
}

export function organizationalUnitAnswer(organization: OrganizationState, unit: OrganizationalUnitDefinition): OrganizationalUnit {
  return {
    Id: unit.id,
    Arn: organization.organizationalUnitArn(unit.id),
    Name: unit.name,
    Path: `${organization.id}/${organization.pathTo(unit.id).join('/')}/`,
  };
}

export function emailOf(accountId: string): string {
  return `account-${accountId}@example.com`;
}

/** The older `Status` has fewer values than `State`. */
function statusOf({ state }: MemberAccount): Account['Status'] {
  if (state === 'SUSPENDED' || state === 'PENDING_CLOSURE') return state;
  return state === 'CLOSED' ? 'SUSPENDED' : 'ACTIVE';
}
