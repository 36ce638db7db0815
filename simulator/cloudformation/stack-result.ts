import { StackStatus } from '../services/cloudformation/stack-status';

/** How an operation on a stack ended. */
export interface StackResult {
  readonly stackName: string;
  readonly stackId: string;
  readonly operation: StackOperationName;
  readonly status: StackStatus;
  /** Why it did not end as asked. */
  readonly reason?: string;
  readonly outputs: Readonly<Record<string, string>>;
  /** The resources of the stack, and those that this operation removed. */
  readonly resources: readonly StackResourceSummary[];
  /** The stacks within it, those that this operation removed among them. One that it left as it was took no time. */
  readonly nestedStacks: readonly StackResult[];
  /** The resource types of the stack and those within it that the simulator does not play: their resources are kept as state, and succeed. */
  readonly inertTypes: readonly string[];
  /** The values that the simulator does not know, in the stack and those within it: placeholders stand for them. */
  readonly placeholders: readonly string[];
  readonly startedAt: Date;
  readonly endedAt: Date;
}

export type StackOperationName = 'CREATE' | 'UPDATE' | 'DELETE';

export type ResourceStatus =
  | 'CREATE_IN_PROGRESS' | 'CREATE_COMPLETE' | 'CREATE_FAILED'
  | 'UPDATE_IN_PROGRESS' | 'UPDATE_COMPLETE' | 'UPDATE_FAILED'
  | 'DELETE_IN_PROGRESS' | 'DELETE_COMPLETE' | 'DELETE_FAILED' | 'DELETE_SKIPPED';

export interface StackResourceSummary {
  readonly logicalId: string;
  readonly type: string;
  readonly physicalId?: string;
  readonly status: ResourceStatus;
  readonly reason?: string;
}
