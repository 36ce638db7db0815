/**
 * Principals with which Organizations can work. Guess: the real list is closed and not published; any AWS principal
 * passes here except the one that exists for a service-linked role only (Organizations user guide, License Manager).
 */
export function isTrustable(servicePrincipal: string): boolean {
  return servicePrincipal.endsWith('.amazonaws.com') && servicePrincipal !== 'license-manager.master-account.amazonaws.com';
}

/**
 * How many delegated administrators a service takes in one organization: License Manager takes one (its user guide,
 * "Delegated administrator"). Other services are not limited here.
 */
export function delegatedAdministratorLimit(servicePrincipal: string): number {
  return servicePrincipal === 'license-manager.amazonaws.com' ? 1 : Infinity;
}
