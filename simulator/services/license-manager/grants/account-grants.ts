import { ActivationOutcome, activationOutcome } from './activation';
import { isAcceptedAutomatically } from './auto-acceptance';
import { coveredAccounts } from './coverage';
import { Grant } from './grant';
import { GrantStore } from './grant-store';
import { accountPrincipalArn } from './grantee-principal';
import { Clock } from '../../../clock/clock';
import { OrganizationState } from '../../../organization/organization-state';
import { ServiceLinkedRoles } from '../../iam/service-linked-roles';
import { LicenseCatalog, statusAt } from '../licenses/license-catalog';
import { CORE, Linking, MANAGEMENT, MARKETPLACE, MEMBER } from '../settings/linking';

/** Brings the rules about grants to single accounts together with the state of the organization that they ask for. */
export class AccountGrants {
  constructor(
    private readonly grants: GrantStore,
    private readonly licenses: LicenseCatalog,
    private readonly organization: OrganizationState | undefined,
    private readonly linking: Linking,
    private readonly roles: ServiceLinkedRoles,
    private readonly clock: Clock,
  ) {}

  /** The accounts that a grant to an organization or organizational unit reaches now. */
  coveredBy({ identity: { grantee, grantorAccountId } }: Grant): string[] {
    if (grantee.kind === 'account' || !this.organization) return [];
    return coveredAccounts(grantee, grantorAccountId, this.organization);
  }

  /** Guess: the account's part of an organization's grant names that grant as its parent, and begins as version 1. */
  makeChild(parent: Grant, accountId: string): Grant {
    const { licenseArn, homeRegion, grantorAccountId } = parent.identity;
    const { name, operations } = parent.current;
    return this.grants.add({
      parentArn: parent.arn,
      licenseArn,
      homeRegion,
      grantorAccountId,
      granteePrincipalArn: accountPrincipalArn(accountId),
      grantee: { kind: 'account', accountId },
    }, { name, operations, status: 'PENDING_WORKFLOW' });
  }

  /** Guess: a grant does not reach an account that is not active. */
  distributionFailure(grant: Grant): string | undefined {
    const accountId = grant.granteeAccountId();
    if (accountId === undefined) return undefined;
    const account = this.organization?.account(accountId);
    if (!account) return `Account ${accountId} is not in the organization of the grantor.`;
    return account.state === 'ACTIVE' ? undefined : `Account ${accountId} is ${account.state}.`;
  }

  /** The grant of an account below an organization's grant is accepted with that one: AWS's "How to use Managed entitlements". */
  isAcceptedAutomatically(grant: Grant): boolean {
    const accountId = grant.granteeAccountId();
    if (accountId === undefined || this.grants.parentOf(grant)) return true;
    const managementAccountId = this.organization?.managementAccountId ?? '';
    return isAcceptedAutomatically({
      allFeatures: this.organization?.featureSet === 'ALL',
      grantorIsManagementAccount: grant.identity.grantorAccountId === managementAccountId,
      linked: this.linking.isOn(),
      rolesArePresent: [CORE, MANAGEMENT].every((service) => this.roles.exists(managementAccountId, service))
        && [CORE, MEMBER].every((service) => this.roles.exists(accountId, service)),
    });
  }

  activationOutcome(grant: Grant): ActivationOutcome {
    const accountId = grant.granteeAccountId()!;
    return activationOutcome({
      licenseStatus: statusAt(this.licenses.get(grant.identity.licenseArn), this.clock.now()),
      granteeIsInOrganization: this.organization?.account(accountId) !== undefined,
      grantorHasMarketplaceRole: this.roles.exists(grant.identity.grantorAccountId, MARKETPLACE),
      granteeHasMarketplaceRole: this.roles.exists(accountId, MARKETPLACE),
      marketplaceHasTrustedAccess: this.organization?.trusts(MARKETPLACE) ?? false,
      override: grant.current.override,
      anotherGrantIsActive: this.othersActiveFor(grant).length > 0,
    });
  }

  /** Active grants of the same product in the same account; its own subscription is one of them. */
  othersActiveFor(grant: Grant): Grant[] {
    const sku = this.licenses.get(grant.identity.licenseArn).product.sku;
    return this.grants.heldBy(grant.granteeAccountId()!).filter((other) =>
      other !== grant && other.isActive() && this.licenses.get(other.identity.licenseArn).product.sku === sku);
  }
}
