import type { AllowedOperation, CreateGrantRequest, CreateGrantResponse } from '@aws-sdk/client-license-manager';
import { OrganizationState } from '../../../organization/organization-state';
import { CallContext, Operation, RequiredAccess, Validated } from '../../../wire/service';
import { requestTagContext } from '../../tags';
import { GrantChangeAnswer, grantChangeAnswer } from '../answers';
import {
  createdOutsideHomeRegion, duplicateGrant, granteeIsGrantor, granteeIsOutsideOrganization, invalidPrincipal, licenseIsNotAvailable, licenseNotFound,
  mayNotGrantOn, needsAdministrator, needsAllFeatures, needsLinking, operationsAreNotAllowed, tooManyGrants, trustedAccessIsDisabled, unitIsNested,
} from '../errors';
import { isLive, statusDuringDistribution } from '../grants/grant-lifecycle';
import { GranteePrincipal, GroupPrincipal, parseGranteePrincipal } from '../grants/grantee-principal';
import { LicenseManagerState } from '../license-manager-state';
import { License } from '../licenses/license';
import { statusAt } from '../licenses/license-catalog';
import { withTags } from '../requests/tags';
import { CORE } from '../settings/linking';

type Input = Validated<CreateGrantRequest, 'ClientToken' | 'GrantName' | 'LicenseArn' | 'Principals' | 'HomeRegion' | 'AllowedOperations'>;

/** Service Quotas, "Number of grants per license" (L-55F04DE6), and the License Manager user guide, "Distribute". */
const GRANTS_PER_LICENSE = 2000;

export class CreateGrant implements Operation<Input, CreateGrantResponse> {
  constructor(private readonly state: LicenseManagerState) {}

  requiredAccess({ LicenseArn, Tags }: Input, { caller }: CallContext): RequiredAccess[] {
    const conditions = requestTagContext(Tags);
    const creation: RequiredAccess = { resourceArns: [LicenseArn], context: conditions };
    if (this.state.variants.tagsAtCreation === 'CreateGrant' || (Tags ?? []).length === 0) return [creation];
    // The grant has no id yet.
    const grants = `arn:aws:license-manager::${caller.accountId}:grant:*`;
    return [creation, { action: 'license-manager:TagResource', resourceArns: [grants], context: conditions }];
  }

  perform(input: Input, context: CallContext): CreateGrantResponse {
    return this.state.clientTokens.once(context.caller.accountId, 'CreateGrant', input, () => this.create(input, context));
  }

  private create(input: Input, context: CallContext): GrantChangeAnswer {
    const grantorAccountId = context.caller.accountId;
    const license = this.grantableLicense(input, context);
    const [granteePrincipalArn] = input.Principals;
    const grantee = parseGranteePrincipal(granteePrincipalArn);
    if (!grantee) throw invalidPrincipal(granteePrincipalArn);
    this.checkOperations(input.AllowedOperations, license);
    this.checkGrantee(grantee, granteePrincipalArn, grantorAccountId);
    this.checkOtherGrants(license, granteePrincipalArn);
    const tags = withTags(new Map(), input.Tags);

    const grant = this.state.grants.add(
      { parentArn: license.arn, licenseArn: license.arn, homeRegion: license.homeRegion, grantorAccountId, granteePrincipalArn, grantee },
      { name: input.GrantName, operations: input.AllowedOperations, status: statusDuringDistribution(grantee.kind !== 'account', this.state.variants) },
      tags,
    );
    this.state.workflows.distribute(grant);
    return grantChangeAnswer(grant);
  }

  /** Who has a license by a grant may use it, not share it: AWS Marketplace buyer guide, "Sharing licenses". */
  private grantableLicense({ LicenseArn, HomeRegion }: Input, { caller, region, now }: CallContext): License {
    const license = this.state.licenses.find(LicenseArn);
    const isHeld = license && this.state.grants.heldBy(caller.accountId).some(({ identity }) => identity.licenseArn === LicenseArn);
    if (!isHeld) throw licenseNotFound(LicenseArn, this.state.variants);
    if (region !== license.homeRegion || HomeRegion !== license.homeRegion) throw createdOutsideHomeRegion(license.homeRegion);
    const status = statusAt(license, now);
    if (status !== 'AVAILABLE') throw licenseIsNotAvailable(LicenseArn, status);
    const mayGrant = license.subscriberAccountId === caller.accountId && license.allowedOperations.includes('CreateGrant');
    if (!mayGrant) throw mayNotGrantOn(LicenseArn);
    return license;
  }

  private checkOperations(operations: readonly AllowedOperation[], license: License): void {
    const excess = operations.filter((operation) => !license.allowedOperations.includes(operation));
    if (excess.length > 0) throw operationsAreNotAllowed(excess);
  }

  private checkGrantee(grantee: GranteePrincipal, principalArn: string, grantorAccountId: string): void {
    const { organization } = this.state;
    const isMember = organization?.account(grantorAccountId) !== undefined;
    if (!isMember) throw granteeIsOutsideOrganization(principalArn);
    if (grantee.kind !== 'account') {
      this.checkGroup(grantee, principalArn, grantorAccountId, organization);
    } else if (grantee.accountId === grantorAccountId) {
      throw granteeIsGrantor();
    } else if (!organization.account(grantee.accountId)) {
      throw granteeIsOutsideOrganization(principalArn);
    }
  }

  /** License Manager user guide, "Distribute" and "Delegated administrator". */
  private checkGroup(group: GroupPrincipal, principalArn: string, grantorAccountId: string, organization: OrganizationState): void {
    if (organization.featureSet !== 'ALL') throw needsAllFeatures();
    const isAdministrator = grantorAccountId === organization.managementAccountId || organization.isDelegatedAdministrator(grantorAccountId, CORE);
    if (!isAdministrator) throw needsAdministrator(grantorAccountId);
    const exists = group.organizationId === organization.id
      && group.managementAccountId === organization.managementAccountId
      && (group.kind === 'organization' || organization.organizationalUnit(group.organizationalUnitId) !== undefined);
    if (!exists) throw granteeIsOutsideOrganization(principalArn);
    const { linking, variants } = this.state;
    const parentId = group.kind === 'organization' ? undefined : organization.organizationalUnit(group.organizationalUnitId)!.parentId;
    const isNested = parentId !== undefined && parentId !== organization.rootId;
    if (variants.nestedOrganizationalUnits === 'refused' && isNested) throw unitIsNested(principalArn);
    if (!organization.trusts(CORE)) throw trustedAccessIsDisabled();
    if (variants.linkingForOrganizationGrants === 'required' && !linking.isOn()) throw needsLinking();
  }

  /** Guess: grants that are at their end, or that make up an organization's grant, do not count for the quota. */
  private checkOtherGrants(license: License, principalArn: string): void {
    const { grants, variants } = this.state;
    const inDeletionCounts = variants.duplicateOfGrantInDeletion === 'refused';
    const duplicate = grants.grantedTo(principalArn).find(({ identity, status }) => identity.parentArn === license.arn
      && (isLive(status) || (inDeletionCounts && status === 'PENDING_DELETE')));
    if (duplicate && variants.duplicateGrant !== 'allowed') throw duplicateGrant(duplicate.arn, variants.duplicateGrant);
    if (this.countOf(license) >= GRANTS_PER_LICENSE) throw tooManyGrants(GRANTS_PER_LICENSE);
  }

  /** How many live grants the subscriber made. Below the quota, an upper bound: looking at each of them would tell nothing more. */
  private countOf({ arn, subscriberAccountId }: License): number {
    const direct = this.state.grants.directGrantsOf(arn);
    if (direct.length < GRANTS_PER_LICENSE) return direct.length;
    return direct.filter(({ identity, status }) => identity.grantorAccountId === subscriberAccountId && isLive(status)).length;
  }
}
