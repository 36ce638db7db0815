/** AWS Step Functions, as far as going on after a deployment takes it. */
export interface WorkflowsGateway {
  /** How long a call that an execution makes can still be under way when it has been stopped. */
  readonly afterlifeMilliseconds: number;
  /** Starts an execution, unless there is or was one of that name already. */
  start(stateMachineArn: string, name: string, input: string): Promise<void>;
  /** The ARNs of all executions that run and whose names begin so. */
  listRunning(stateMachineArn: string, namePrefix: string): Promise<string[]>;
  isRunning(executionArn: string): Promise<boolean>;
  /** What an execution was started with; nothing if Step Functions does not keep it any more. */
  readInput(executionArn: string): Promise<string | undefined>;
  /** The ARN of the newest execution whose name begins so and that was stopped, if it was for that cause. */
  findStopped(stateMachineArn: string, namePrefix: string, cause: string): Promise<string | undefined>;
  /** Ends an execution at once; one that has ended is ended already. What its task does then has no result. */
  stop(executionArn: string, error: string, cause: string): Promise<void>;
}
