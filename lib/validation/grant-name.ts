import { Token } from 'aws-cdk-lib';

/** License Manager documents no limit. AWS's own sample for managed entitlements cuts names at this length. */
const MAXIMUM_LENGTH = 256;

export function requireGrantName(value: string | undefined): void {
  if (value === undefined || Token.isUnresolved(value)) {
    return;
  }
  if (value.trim() === '' || value.length > MAXIMUM_LENGTH) {
    throw new Error(
      `\`grantName\` must have 1 to ${MAXIMUM_LENGTH} characters and not only spaces, got ${value.length}; `
      + 'shorten it, or leave it out for a name derived from the construct',
    );
  }
}
