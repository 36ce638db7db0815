import type { ReceivedLicense } from '../license/received-license';

/** With this operation a license may be granted on. */
export const CREATE_GRANT = 'CreateGrant';

/** What the holder of a license can pass on. A grantee may use the license, not grant it on. */
export function licensedOperations(license: ReceivedLicense): readonly string[] {
  return license.allowedOperations.filter((operation) => operation !== CREATE_GRANT);
}
