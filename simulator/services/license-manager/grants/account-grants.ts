import type { ActivationOverrideBehavior } from '@aws-sdk/client-license-manager';
import { ActivationOutcome, activationOutcome } from './activation';
import { isAcceptedAutomatically } from './auto-acceptance';
import { coveredAccounts } from './coverage';
import { Grant } from './grant';
import { GrantStore } from './grant-store';
import { accountPrincipalArn } from './grantee-principal';
import { Clock } from '../../../clock/clock';
import { OrganizationState } from '../../../organization/organization-state';
import { ServiceLinkedRoles } from '../../iam/service-linked-roles';
import { Variants } from '../../variants';
import { LicenseCatalog, statusAt } from '../licenses/license-catalog';
import { CORE, Linking, MANAGEMENT, MARKETPLACE, MEMBER } from '../settings/linking';

/** What decides about grants to single accounts, beside the grants themselves. */
export interface AccountGrantsSurroundings {
  readonly licenses: LicenseCatalog;
  readonly organization: OrganizationState | undefined;
  readonly linking: Linking;
  readonly roles: ServiceLinkedRoles;
  readonly clock: Clock;
  readonly variants: Variants;
}

/** Brings the rules about grants to single accounts together with the state of the organization that they ask for. */
export class AccountGrants {
  constructor(private readonly grants: GrantStore, private readonly surroundings: AccountGrantsSurroundings) {}

  /** The accounts that a grant to an organization or organizational unit reaches now. */
  coveredBy({ identity: { grantee, grantorAccountId } }: Grant): string[] {
    const { organization, variants } = this.surroundings;
    if (grantee.kind === 'account' || !organization) return [];
    return coveredAccounts(grantee, grantorAccountId, organization, variants);
  }

  /** Guess: the account's part of an organization's grant begins as version 1. */
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
    const account = this.surroundings.organization?.account(accountId);
    if (!account) return `Account ${accountId} is not in the organization of the grantor.`;
    return account.state === 'ACTIVE' ? undefined : `Account ${accountId} is ${account.state}.`;
  }

  /** The grant of an account below an organization's grant is accepted with that one: AWS's "How to use Managed entitlements". */
  isAcceptedAutomatically(grant: Grant): boolean {
    const accountId = grant.granteeAccountId();
    if (accountId === undefined || this.grants.parentOf(grant)) return true;
    const { organization, linking, roles } = this.surroundings;
    const managementAccountId = organization?.managementAccountId ?? '';
    return isAcceptedAutomatically({
      allFeatures: organization?.featureSet === 'ALL',
      grantorMaySpeakForAccounts: this.speaksForAccounts(grant.identity.grantorAccountId),
      linked: linking.isOn(),
      rolesArePresent: [CORE, MANAGEMENT].every((service) => roles.exists(managementAccountId, service))
        && [CORE, MEMBER].every((service) => roles.exists(accountId, service)),
    });
  }

  /** @param override what the activation asks for */
  activationOutcome(grant: Grant, override: ActivationOverrideBehavior | undefined): ActivationOutcome {
    const { licenses, organization, roles, clock, variants } = this.surroundings;
    const accountId = grant.granteeAccountId()!;
    return activationOutcome({
      licenseStatus: statusAt(licenses.get(grant.identity.licenseArn), clock.now()),
      granteeIsInOrganization: organization?.account(accountId) !== undefined,
      grantorHasMarketplaceRole: roles.exists(grant.identity.grantorAccountId, MARKETPLACE),
      granteeHasMarketplaceRole: roles.exists(accountId, MARKETPLACE),
      marketplaceHasTrustedAccess: organization?.trusts(MARKETPLACE) ?? false,
      override: override ?? variants.omittedOverride,
      anotherGrantIsActive: this.othersActiveFor(grant).length > 0,
    });
  }

  /** Active grants of the same product in the same account; its own subscription is one of them. */
  othersActiveFor(grant: Grant): Grant[] {
    const { licenses } = this.surroundings;
    const { sku } = licenses.get(grant.identity.licenseArn).product;
    return this.grants.heldBy(grant.granteeAccountId()!).filter((other) =>
      other !== grant && other.isActive() && licenses.get(other.identity.licenseArn).product.sku === sku);
  }

  private speaksForAccounts(grantorAccountId: string): boolean {
    const { organization, variants } = this.surroundings;
    return grantorAccountId === organization?.managementAccountId
      || (variants.grantsOfDelegatedAdministrator === 'accepted' && organization?.isDelegatedAdministrator(grantorAccountId, CORE) === true);
  }
}
