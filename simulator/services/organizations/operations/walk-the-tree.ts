import type {
  ListAccountsForParentRequest, ListAccountsForParentResponse, ListAccountsRequest, ListAccountsResponse, ListChildrenRequest, ListChildrenResponse,
  ListOrganizationalUnitsForParentRequest, ListOrganizationalUnitsForParentResponse, ListParentsRequest, ListParentsResponse, ListRootsRequest,
  ListRootsResponse,
} from '@aws-sdk/client-organizations';
import { OrganizationState } from '../../../organization/organization-state';
import { CallContext, Operation, RequiredAccess, Validated } from '../../../wire/service';
import { accountAnswer, organizationalUnitAnswer, page } from '../answers';
import { childNotFound, parentNotFound } from '../errors';
import { OrganizationAccess } from '../organization-access';

export class ListRoots implements Operation<ListRootsRequest, ListRootsResponse> {
  constructor(private readonly access: OrganizationAccess) {}

  perform(input: ListRootsRequest, context: CallContext): ListRootsResponse {
    const organization = this.access.asAdministrator(context);
    const { items, nextToken } = page([{ Id: organization.rootId, Arn: organization.rootArn, Name: 'Root', PolicyTypes: [] }], input, context);
    return { Roots: items, NextToken: nextToken };
  }
}

export class ListAccounts implements Operation<ListAccountsRequest, ListAccountsResponse> {
  constructor(private readonly access: OrganizationAccess) {}

  perform(input: ListAccountsRequest, context: CallContext): ListAccountsResponse {
    const organization = this.access.asAdministrator(context);
    const { items, nextToken } = page(organization.accounts, input, context);
    return { Accounts: items.map((account) => accountAnswer(organization, account)), NextToken: nextToken };
  }
}

type AccountsInParent = Validated<ListAccountsForParentRequest, 'ParentId'>;

export class ListAccountsForParent implements Operation<AccountsInParent, ListAccountsForParentResponse> {
  constructor(private readonly access: OrganizationAccess) {}

  requiredAccess({ ParentId }: AccountsInParent): RequiredAccess {
    return this.access.toResource(ParentId);
  }

  perform(input: AccountsInParent, context: CallContext): ListAccountsForParentResponse {
    const organization = this.access.asAdministrator(context);
    requireParent(organization, input.ParentId);
    const { items, nextToken } = page(organization.accountsDirectlyUnder(input.ParentId), input, context);
    return { Accounts: items.map((account) => accountAnswer(organization, account)), NextToken: nextToken };
  }
}

type UnitsInParent = Validated<ListOrganizationalUnitsForParentRequest, 'ParentId'>;

export class ListOrganizationalUnitsForParent implements Operation<UnitsInParent, ListOrganizationalUnitsForParentResponse> {
  constructor(private readonly access: OrganizationAccess) {}

  requiredAccess({ ParentId }: UnitsInParent): RequiredAccess {
    return this.access.toResource(ParentId);
  }

  perform(input: UnitsInParent, context: CallContext): ListOrganizationalUnitsForParentResponse {
    const organization = this.access.asAdministrator(context);
    requireParent(organization, input.ParentId);
    const { items, nextToken } = page(organization.unitsDirectlyUnder(input.ParentId), input, context);
    return { OrganizationalUnits: items.map((unit) => organizationalUnitAnswer(organization, unit)), NextToken: nextToken };
  }
}

type ChildrenInParent = Validated<ListChildrenRequest, 'ParentId' | 'ChildType'>;

export class ListChildren implements Operation<ChildrenInParent, ListChildrenResponse> {
  constructor(private readonly access: OrganizationAccess) {}

  requiredAccess({ ParentId }: ChildrenInParent): RequiredAccess {
    return this.access.toResource(ParentId);
  }

  perform(input: ChildrenInParent, context: CallContext): ListChildrenResponse {
    const organization = this.access.asAdministrator(context);
    requireParent(organization, input.ParentId);
    const children = input.ChildType === 'ACCOUNT'
      ? organization.accountsDirectlyUnder(input.ParentId)
      : organization.unitsDirectlyUnder(input.ParentId);
    const { items, nextToken } = page(children, input, context);
    return { Children: items.map(({ id }) => ({ Id: id, Type: input.ChildType })), NextToken: nextToken };
  }
}

type OfChild = Validated<ListParentsRequest, 'ChildId'>;

export class ListParents implements Operation<OfChild, ListParentsResponse> {
  constructor(private readonly access: OrganizationAccess) {}

  requiredAccess({ ChildId }: OfChild): RequiredAccess {
    return this.access.toResource(ChildId);
  }

  perform(input: OfChild, context: CallContext): ListParentsResponse {
    const organization = this.access.asAdministrator(context);
    const parentId = (organization.account(input.ChildId) ?? organization.organizationalUnit(input.ChildId))?.parentId;
    if (parentId === undefined) throw childNotFound();
    const { items, nextToken } = page([parentId], input, context);
    return { Parents: items.map((Id) => ({ Id, Type: Id === organization.rootId ? 'ROOT' : 'ORGANIZATIONAL_UNIT' })), NextToken: nextToken };
  }
}

function requireParent(organization: OrganizationState, parentId: string): void {
  if (!organization.hasParent(parentId)) throw parentNotFound();
}
