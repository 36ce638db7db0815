/** What decides whether a grant to an account needs no acceptance there. */
export interface AcceptanceFacts {
  readonly allFeatures: boolean;
  readonly grantorIsManagementAccount: boolean;
  /** Organizations is linked in License Manager. */
  readonly linked: boolean;
  /** License Manager's own service-linked roles, in the management account and in the grantee. */
  readonly rolesArePresent: boolean;
}

/**
 * License Manager user guide, "Grant acceptance", and AWS's "How to use Managed entitlements": all of these together.
 * Guess: a delegated administrator's grants are not accepted by themselves; the Bedrock guide implies that they are,
 * the License Manager guide names the management account only.
 */
export function isAcceptedAutomatically(facts: AcceptanceFacts): boolean {
  return facts.allFeatures && facts.grantorIsManagementAccount && facts.linked && facts.rolesArePresent;
}
