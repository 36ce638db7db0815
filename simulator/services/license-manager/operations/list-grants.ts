import type {
  ListDistributedGrantsRequest, ListDistributedGrantsResponse, ListReceivedGrantsForOrganizationRequest, ListReceivedGrantsForOrganizationResponse,
  ListReceivedGrantsRequest, ListReceivedGrantsResponse,
} from '@aws-sdk/client-license-manager';
import { CallContext, Operation, Validated } from '../../../wire/service';
import { grantAnswer } from '../answers';
import { Grant } from '../grants/grant';
import { LicenseManagerState } from '../license-manager-state';
import { isGrantor, isRecipient } from '../requests/grant-requests';
import { FilterableMembers, ListRequest, listPage, selected } from '../requests/lists';
import { administeredOrganization } from '../requests/organization-administrator';

/**
 * The caller's grants. Guess: those to single accounts below an organization's grant are among them; AWS's "How to use
 * Managed entitlements" names this list for tracking an organization's grant, and shows the accounts in the console.
 */
export class ListDistributedGrants implements Operation<ListDistributedGrantsRequest, ListDistributedGrantsResponse> {
  constructor(private readonly state: LicenseManagerState) {}

  perform(input: ListDistributedGrantsRequest, context: CallContext): ListDistributedGrantsResponse {
    const grants = inHomeRegion(this.state.grants.all(), context).filter((grant) => isGrantor(grant, context));
    return grantPage(selected(grants, input.GrantArns, ({ arn }) => arn), input, {
      LicenseArn: ({ identity }) => identity.licenseArn,
      GrantStatus: ({ status }) => status,
      GranteePrincipalARN: ({ identity }) => identity.granteePrincipalArn,
      ProductSKU: (grant) => this.state.licenses.get(grant.identity.licenseArn).product.sku,
      LicenseIssuerName: (grant) => this.state.licenses.get(grant.identity.licenseArn).product.issuer,
    });
  }
}

export class ListReceivedGrants implements Operation<ListReceivedGrantsRequest, ListReceivedGrantsResponse> {
  constructor(private readonly state: LicenseManagerState) {}

  perform(input: ListReceivedGrantsRequest, context: CallContext): ListReceivedGrantsResponse {
    const grants = inHomeRegion(this.state.grants.all(), context).filter((grant) => isRecipient(grant, context, this.state));
    return grantPage(selected(grants, input.GrantArns, ({ arn }) => arn), input, {
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
    const grants = inHomeRegion(this.state.grants.all(), context).filter((grant) => {
      const accountId = grant.granteeAccountId();
      return grant.identity.licenseArn === input.LicenseArn && accountId !== undefined && organization.account(accountId) !== undefined;
    });
    return grantPage(grants, input, {
      ParentArn: ({ identity }) => identity.parentArn,
      GranteePrincipalArn: ({ identity }) => identity.granteePrincipalArn,
    });
  }
}

/** Grants "appear only in us-east-1": Bedrock user guide, managed entitlements, troubleshooting. */
function inHomeRegion(grants: readonly Grant[], { region }: CallContext): Grant[] {
  return grants.filter(({ identity }) => identity.homeRegion === region);
}

function grantPage(grants: readonly Grant[], request: ListRequest, filterable: FilterableMembers<Grant>): ListDistributedGrantsResponse {
  const { items, nextToken } = listPage(grants, request, filterable);
  return { Grants: items.map((grant) => grantAnswer(grant)), NextToken: nextToken };
}
