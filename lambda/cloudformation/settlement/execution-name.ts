import { createHash } from 'node:crypto';
import type { CustomResourceEvent } from '../custom-resource-event';

/**
 * Step Functions takes 80 characters for a name, and the address of a construct, which comes first, has 42: with two hyphens that leaves 36
 * digits.
 */
const GRANT_DIGITS = 12;
const REQUEST_DIGITS = 24;

/** The same for the same request, so that an event that is delivered twice starts one execution. */
export function executionNameOf(prefix: string, grantArn: string, { StackId, RequestId }: Pick<CustomResourceEvent, 'StackId' | 'RequestId'>): string {
  return `${executionNamesAbout(prefix, grantArn)}${digest([StackId, RequestId], REQUEST_DIGITS)}`;
}

/** What the names of all executions about a grant begin with: a resource that replaces its grant stands for more than one. */
export function executionNamesAbout(prefix: string, grantArn: string): string {
  return `${prefix}${digest([grantArn], GRANT_DIGITS)}-`;
}

/** What the names of all executions for a request end with. */
export function isForRequest(executionArn: string, { StackId, RequestId }: Pick<CustomResourceEvent, 'StackId' | 'RequestId'>): boolean {
  return executionArn.endsWith(`-${digest([StackId, RequestId], REQUEST_DIGITS)}`);
}

function digest(parts: readonly string[], digits: number): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, digits);
}
