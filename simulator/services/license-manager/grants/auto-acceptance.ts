/** What decides whether a grant to an account needs no acceptance there. */
export interface AcceptanceFacts {
  readonly allFeatures: boolean;
  /** It is the management account; or, as one variant of AWS, its delegate. */
  readonly grantorMaySpeakForAccounts: boolean;
  /** Organizations is linked in License Manager. */
  readonly linked: boolean;
  /** License Manager's own service-linked roles, in the management account and in the grantee. */
  readonly rolesArePresent: boolean;
}

/** License Manager user guide, "Grant acceptance", and AWS's "How to use Managed entitlements": all of these together. */
export function isAcceptedAutomatically(facts: AcceptanceFacts): boolean {
  return facts.allFeatures && facts.grantorMaySpeakForAccounts && facts.linked && facts.rolesArePresent;
}
