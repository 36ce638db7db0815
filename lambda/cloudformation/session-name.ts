import type { StackLocation } from './custom-resource-event';

/** `roleSessionNameType` in the API reference of AWS STS. Names of stacks have none but characters that STS takes. */
const LONGEST = 64;

/** Tells the account in which a role is assumed for which stack that is. */
export function sessionNameOf({ name }: StackLocation): string {
  return `stack-${name}`.slice(0, LONGEST);
}
