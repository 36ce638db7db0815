import type { ActivationOverrideBehavior, LicenseStatus } from '@aws-sdk/client-license-manager';

/** What decides whether the activation of one account's grant takes effect. */
export interface ActivationFacts {
  readonly licenseStatus: LicenseStatus;
  readonly granteeIsInOrganization: boolean;
  readonly grantorHasMarketplaceRole: boolean;
  readonly granteeHasMarketplaceRole: boolean;
  readonly marketplaceHasTrustedAccess: boolean;
  readonly override: ActivationOverrideBehavior;
  /** The account has another active grant of the same product, its own subscription included. */
  readonly anotherGrantIsActive: boolean;
}

export type ActivationOutcome =
  | { readonly status: 'ACTIVE'; readonly replacesOthers: boolean }
  | { readonly status: 'NO_EFFECT'; readonly reason: string };

/**
 * How an activation ends. One product can be active once in an account (License Manager user guide, "Grant
 * acceptance"); the override ALL_GRANTS_PERMITTED_BY_ISSUER takes the others' place.
 *
 * Guess: the reasons; no text is documented.
 */
export function activationOutcome(facts: ActivationFacts): ActivationOutcome {
  if (facts.licenseStatus !== 'AVAILABLE') {
    return { status: 'NO_EFFECT', reason: `The license is ${facts.licenseStatus} and cannot be activated.` };
  }
  if (!facts.granteeIsInOrganization) {
    return { status: 'NO_EFFECT', reason: 'The grantee account is not in the organization of the grantor.' };
  }
  // AWS's text quoted in https://github.com/globaldatanet/marketplace-automation: the role in both accounts, or trusted access.
  if (!facts.marketplaceHasTrustedAccess && !(facts.grantorHasMarketplaceRole && facts.granteeHasMarketplaceRole)) {
    const where = facts.grantorHasMarketplaceRole ? 'grantee' : 'grantor';
    return {
      status: 'NO_EFFECT',
      reason: `The service-linked role AWSServiceRoleForMarketplaceLicenseManagement is missing in the ${where} account.`,
    };
  }
  const replacesOthers = facts.override === 'ALL_GRANTS_PERMITTED_BY_ISSUER';
  if (facts.anotherGrantIsActive && !replacesOthers) {
    return { status: 'NO_EFFECT', reason: 'Another license of the same product is active in the grantee account.' };
  }
  return { status: 'ACTIVE', replacesOthers };
}
