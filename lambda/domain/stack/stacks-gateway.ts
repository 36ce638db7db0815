/** AWS CloudFormation, as far as it is asked about the stack of a request. */
export interface StacksGateway {
  /** How long a call that a request makes can still be under way when its stack has turned back. */
  readonly afterlifeMilliseconds: number;
  /** Nothing if CloudFormation does not tell: this role may not ask, for example. */
  readStack(stackId: string): Promise<StackState | undefined>;
}

export interface StackState {
  /** For example `UPDATE_IN_PROGRESS`. */
  readonly status: string;
  /** Why the stack is in that status, in CloudFormation's words. */
  readonly reason?: string;
}
