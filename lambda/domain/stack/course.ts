/** Where an operation takes a stack: to what the template says, back to what it was before, or away. It never turns forward again. */
export enum Course { FORWARD, BACK, AWAY }

/**
 * The course that a stack is on in that status.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html#cfn-console-view-stack-data-resources-status-codes
 */
export function courseIn(status: string): Course {
  if (status.startsWith('DELETE_')) {
    return Course.AWAY;
  }
  return status.includes('ROLLBACK_') ? Course.BACK : Course.FORWARD;
}
