import type { StacksGateway } from './stacks-gateway';

/**
 * The three in which custom resources get requests. While a stack cleans up after the rollback of an update, it deletes only what that
 * update had made.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html#cfn-console-view-stack-data-resources-status-codes
 */
const ROLLING_BACK = ['ROLLBACK_IN_PROGRESS', 'UPDATE_ROLLBACK_IN_PROGRESS', 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS'];

/** Whether the stack is on its way back to what it was, which no request says. If that cannot be found out, it is not taken to be. */
export async function isRollingBack(stackId: string, stacks: StacksGateway): Promise<boolean> {
  const status = await stacks.readStatus(stackId);
  return status !== undefined && ROLLING_BACK.includes(status);
}
