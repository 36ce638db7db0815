import type {
  ListDistributedGrantsRequest, ListDistributedGrantsResponse, ListReceivedGrantsForOrganizationRequest, ListReceivedGrantsForOrganizationResponse,
  ListReceivedGrantsRequest, ListReceivedGrantsResponse,
} from '@aws-sdk/client-license-manager';
import { CallContext, Operation, Validated } from '../../../wire/service';
import { grantAnswer, shownParentArn } from '../answers';
import { Grant } from '../grants/grant';
import { LicenseManagerState } from '../license-manager-state';
import { isGrantor, isRecipient } from '../requests/grant-requests';
import { FilterableMembers, ListRequest, listPage, selected } from '../requests/lists';
import { administeredOrganization } from '../requests/organization-administrator';

/** The caller's grants. */
export class ListDistributedGrants implements Operation<ListDistributedGrantsRequest, ListDistributedGrantsResponse> {
  constructor(private readonly state: LicenseManagerState) {}

  perform(input: ListDistributedGrantsRequest, context: CallContext): ListDistributedGrantsResponse {
    const grants = inHomeRegion(this.candidates(input, context), context).filter((grant) => isGrantor(grant, context) && this.isListed(grant));
    return grantPage(selected(grants, input.GrantArns, ({ arn }) => arn), input, context, this.state, {
      LicenseArn: ({ identity }) => identity.licenseArn,
      GrantStatus: ({ status }) => status,
      GranteePrincipalARN: ({ identity }) => identity.granteePrincipalArn,
      ProductSKU: (grant) => this.state.licenses.get(grant.identity.licenseArn).product.sku,
      LicenseIssuerName: (grant) => this.state.licenses.get(grant.identity.licenseArn).product.issuer,
    });
  }

  /** A few grants among which all are that the filters let through. */
  private candidates({ Filters = [] }: ListDistributedGrantsRequest, { caller }: CallContext): readonly Grant[] {
    const { grants } = this.state;
    const grantee = Filters.find(({ Name }) => Name === 'GranteePrincipalARN')?.Values?.[0];
    return grantee === undefined ? grants.madeBy(caller.accountId) : grants.grantedTo(grantee);
  }

  private isListed(grant: Grant): boolean {
    return this.state.variants.accountGrantsAmongDistributed === 'listed' || this.state.grants.parentOf(grant) === undefined;
  }
}

export class ListReceivedGrants implements Operation<ListReceivedGrantsRequest, ListReceivedGrantsResponse> {
  constructor(private readonly state: LicenseManagerState) {}

  perform(input: ListReceivedGrantsRequest, context: CallContext): ListReceivedGrantsResponse {
    const toGroups = this.state.grants.grantsToGroups().filter((grant) => isRecipient(grant, context, this.state));
    const grants = inHomeRegion([...toGroups, ...this.state.grants.heldBy(context.caller.accountId)], context);
    return grantPage(selected(grants, input.GrantArns, ({ arn }) => arn), input, context, this.state, {
      ProductSKU: (grant) => this.state.licenses.get(grant.identity.licenseArn).product.sku,
      LicenseIssuerName: (grant) => this.state.licenses.get(grant.identity.licenseArn).product.issuer,
      LicenseArn: ({ identity }) => identity.licenseArn,
      GrantStatus: ({ status }) => status,
      GranterAccountId: ({ identity }) => identity.grantorAccountId,
    });
  }
}

type OfLicense = Validated<ListReceivedGrantsForOrganizationRequest, 'LicenseArn'>;

/** "The grants received for all accounts in the organization": the place to read what became of an organization's grant. */
export class ListReceivedGrantsForOrganization implements Operation<OfLicense, ListReceivedGrantsForOrganizationResponse> {
  constructor(private readonly state: LicenseManagerState) {}

  perform(input: OfLicense, context: CallContext): ListReceivedGrantsForOrganizationResponse {
    const organization = administeredOrganization(this.state, context);
    const grants = inHomeRegion(this.state.grants.ofLicense(input.LicenseArn), context).filter((grant) => {
      const accountId = grant.granteeAccountId();
      return accountId !== undefined && organization.account(accountId) !== undefined;
    });
    return grantPage(grants, input, context, this.state, {
      ParentArn: (grant) => shownParentArn(grant, this.state.variants),
      GranteePrincipalArn: ({ identity }) => identity.granteePrincipalArn,
    });
  }
}

/** Grants "appear only in us-east-1": Bedrock user guide, managed entitlements, troubleshooting. */
function inHomeRegion(grants: readonly Grant[], { region }: CallContext): Grant[] {
  return grants.filter(({ identity }) => identity.homeRegion === region);
}

function grantPage(
  grants: readonly Grant[], request: ListRequest, context: CallContext, { variants }: LicenseManagerState, filterable: FilterableMembers<Grant>,
): ListDistributedGrantsResponse {
  const { items, nextToken } = listPage(grants, request, context, filterable);
  return { Grants: items.map((grant) => grantAnswer(grant, variants)), NextToken: nextToken };
}
