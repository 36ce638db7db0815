import type {
  GrantedLicense, ListReceivedLicensesForOrganizationRequest, ListReceivedLicensesForOrganizationResponse, ListReceivedLicensesRequest,
  ListReceivedLicensesResponse,
} from '@aws-sdk/client-license-manager';
import { CallContext, Operation } from '../../../wire/service';
import { receivedLicense } from '../answers';
import { needsLinking } from '../errors';
import { Grant } from '../grants/grant';
import { isTerminal } from '../grants/grant-lifecycle';
import { LicenseManagerState } from '../license-manager-state';
import { listPage, selected } from '../requests/lists';
import { administeredOrganization } from '../requests/organization-administrator';

/** Licenses can be seen in every Region; only changes belong in the home Region (AWS's "How to", License Home Region). */
export class ListReceivedLicenses implements Operation<ListReceivedLicensesRequest, ListReceivedLicensesResponse> {
  constructor(private readonly state: LicenseManagerState) {}

  perform(input: ListReceivedLicensesRequest, context: CallContext): ListReceivedLicensesResponse {
    const licenses = licensesOf(context.caller.accountId, this.state, context.now);
    const { items, nextToken } = listPage(selected(licenses, input.LicenseArns, ({ LicenseArn }) => LicenseArn!), input, context, {
      ProductSKU: ({ ProductSKU }) => ProductSKU,
      Status: ({ Status }) => Status,
      Fingerprint: ({ Issuer }) => Issuer?.KeyFingerprint,
      IssuerName: ({ Issuer }) => Issuer?.Name,
      Beneficiary: ({ Beneficiary }) => Beneficiary,
    });
    return { Licenses: items, NextToken: nextToken };
  }
}

/** Organizations has to be linked first: License Manager user guide, "Granted licenses". */
export class ListReceivedLicensesForOrganization
implements Operation<ListReceivedLicensesForOrganizationRequest, ListReceivedLicensesForOrganizationResponse> {
  constructor(private readonly state: LicenseManagerState) {}

  perform(input: ListReceivedLicensesForOrganizationRequest, context: CallContext): ListReceivedLicensesForOrganizationResponse {
    const organization = administeredOrganization(this.state, context);
    if (!this.state.linking.isOn()) throw needsLinking();
    const licenses = organization.accounts.flatMap(({ id }) => licensesOf(id, this.state, context.now));
    const { items, nextToken } = listPage(licenses, input, context, {
      Beneficiary: ({ Beneficiary }) => Beneficiary,
      ProductSKU: ({ ProductSKU }) => ProductSKU,
    });
    return { Licenses: items, NextToken: nextToken };
  }
}

/**
 * One entry a license. Guess: if an account holds several grants of one license, the entry shows the newest one that
 * is not at its end, or else the newest.
 */
function licensesOf(accountId: string, { grants, licenses, variants }: LicenseManagerState, now: Date): GrantedLicense[] {
  const shown = new Map<string, Grant>();
  for (const grant of grants.heldBy(accountId)) {
    const { licenseArn } = grant.identity;
    const earlier = shown.get(licenseArn);
    if (!earlier || isTerminal(earlier.status) || !isTerminal(grant.status)) shown.set(licenseArn, grant);
  }
  return [...shown].map(([licenseArn, grant]) => receivedLicense(licenses.get(licenseArn), grant, variants, now));
}
