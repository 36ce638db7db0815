/*
 * What a stack is doing, which no request says:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html#cfn-console-view-stack-data-resources-status-codes
 */

/**
 * The three in which custom resources get requests. While a stack cleans up after the rollback of an update, it deletes only what that
 * update had made.
 */
const ROLLING_BACK = ['ROLLBACK_IN_PROGRESS', 'UPDATE_ROLLBACK_IN_PROGRESS', 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS'];

/** Whether the stack is on its way back to what it was. Nothing if the status is not known. */
export function isRollingBack(status: string | undefined): boolean | undefined {
  return status === undefined ? undefined : ROLLING_BACK.includes(status);
}

/** Whether the stack goes on to be there, changed or changed back. Nothing if the status is not known. */
export function isUpdating(status: string | undefined): boolean | undefined {
  return status?.startsWith('UPDATE_');
}
