import type { Tag } from './grant-spec';
import type { LicenseManagerGateway } from './license-manager-gateway';

/** Brings the wanted tags onto the grant and takes off those that were wanted before. Tags that others put there stay. */
export async function reconcileTags(
  grantArn: string, wanted: readonly Tag[], wantedBefore: readonly Tag[], licenseManager: LicenseManagerGateway,
): Promise<void> {
  const present = await licenseManager.listTags(grantArn);
  const missing = wanted.filter((tag) => !present.some(({ key, value }) => key === tag.key && value === tag.value));
  const surplus = wantedBefore.map(({ key }) => key)
    .filter((key) => !wanted.some((tag) => tag.key === key) && present.some((tag) => tag.key === key));
  if (surplus.length > 0) {
    await licenseManager.untag(grantArn, surplus);
  }
  if (missing.length > 0) {
    await licenseManager.tag(grantArn, missing);
  }
}
