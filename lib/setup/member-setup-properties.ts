/**
 * The contract between `ManagedEntitlementsMemberSetup` and its handler. The roles are the same in every member
 * account, so the template says nothing and nothing comes back.
 */
export interface MemberSetupProperties {}

export interface MemberSetupAttributes {}
