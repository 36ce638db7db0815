/** CloudFormation does not begin the operation, and the stack stays as it is: it is in no state for it, or other stacks need what would go. */
export class RefusedOperation extends Error {
  override readonly name = 'ValidationError';
}
