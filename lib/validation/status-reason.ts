import { Token } from 'aws-cdk-lib';

/** `StatusReasonMessage`: https://docs.aws.amazon.com/license-manager/latest/APIReference/API_CreateGrantVersion.html */
const MAXIMUM_LENGTH = 400;

export function requireStatusReason(property: string, value: string | undefined): void {
  if (value === undefined || Token.isUnresolved(value)) {
    return;
  }
  if (value.length === 0 || value.length > MAXIMUM_LENGTH) {
    throw new Error(`\`${property}\` must have 1 to ${MAXIMUM_LENGTH} characters, got ${value.length}; shorten it or leave it out`);
  }
}
