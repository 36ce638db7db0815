import type { Tag } from './grant-spec';
import type { LicenseManagerGateway } from './license-manager-gateway';

/** Brings the wanted tags onto the grant and takes off those with other keys that are to go. All others stay: they are not ours. */
export async function reconcileTags(
  grantArn: string, wanted: readonly Tag[], outdatedKeys: readonly string[], licenseManager: LicenseManagerGateway,
): Promise<void> {
  const present = await licenseManager.listTags(grantArn);
  const missing = wanted.filter((tag) => !present.some(({ key, value }) => key === tag.key && value === tag.value));
  const surplus = outdatedKeys
    .filter((key) => !wanted.some((tag) => tag.key === key) && present.some((tag) => tag.key === key));
  if (surplus.length > 0) {
    await licenseManager.untag(grantArn, surplus);
  }
  if (missing.length > 0) {
    await licenseManager.tag(grantArn, missing);
  }
}
