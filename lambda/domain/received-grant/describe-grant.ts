import type { Grant } from '../grant/grant';

/** For example `arn:…:grant:g-… ('Linux', DISABLED, license arn:…:license:l-…)`. */
export function describeGrant({ arn, name, status, statusReason, licenseArn }: Grant): string {
  return `${arn} ('${name}', ${status}${statusReason ? `: ${statusReason}` : ''}, license ${licenseArn})`;
}
