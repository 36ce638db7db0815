import { Course, courseIn } from './course';

/**
 * Whether the stack is on its way back to what it was. Nothing if the status is not known. One that has come to the end of that way counts as
 * well: a request that is delivered once more then belongs to it, since the next operation has a status of its own.
 */
export function isRollingBack(status: string | undefined): boolean | undefined {
  return status === undefined ? undefined : courseIn(status) === Course.BACK;
}

/** Whether the stack goes on to be there, changed or changed back. Nothing if the status is not known. */
export function isUpdating(status: string | undefined): boolean | undefined {
  return status?.startsWith('UPDATE_');
}
