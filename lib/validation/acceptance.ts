import { GranteeProperties } from '../grant/grant-properties';

/** https://docs.aws.amazon.com/license-manager/latest/userguide/grant-acceptance.html */
export function requireAccountForAcceptance(acceptance: string, { Kind }: GranteeProperties): void {
  if (Kind !== 'ACCOUNT') {
    throw new Error(
      `\`GrantAcceptance.${acceptance}()\` is for a grant to one account, got a grantee of many accounts; `
      + 'a grant to an organization or an organizational unit needs no acceptance',
    );
  }
}
