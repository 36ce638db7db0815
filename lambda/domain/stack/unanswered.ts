import type { StackState } from './stacks-gateway';

/** The words are in event lists that people published; resources that were cancelled are among those that failed. */
const FAILED_RESOURCES = /failed to (?:create|update|delete): \[([^\]]*)\]/g;

/**
 * Whether a stack has begun to go back from an update while a request about that resource may have been under way. A resource that failed alone has
 * answered: only the failure of another one cancels its request. If CloudFormation names none, as when a person has cancelled the update, it may.
 */
export function mayBeUnanswered({ status, reason = '' }: StackState, logicalId: string): boolean {
  if (status !== 'UPDATE_ROLLBACK_IN_PROGRESS') {
    return false;
  }
  const failed = [...reason.matchAll(FAILED_RESOURCES)].flatMap(([, names]) => names.split(', '));
  return failed.length === 0 || (failed.length > 1 && failed.includes(logicalId));
}
