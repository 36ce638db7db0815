import { Stack } from './stack';
import { Clock } from '../../clock/clock';
import { StackOperationName } from '../stack-result';

/** What was done to a stack. */
export interface PlayedOperation {
  readonly stack: Stack;
  readonly operation: StackOperationName;
  /** Why it did not end as asked. */
  readonly reason?: string;
  readonly startedAt: Date;
  readonly endedAt: Date;
}

/** What the operation under way on a stack did to the stacks within it. */
export class NestedOperations {
  private readonly played = new Map<string, PlayedOperation>();

  constructor(private readonly clock: Clock) {}

  /** Does it, and returns why it failed, if it did. What follows in the same operation of the parent belongs to the first one, as its rollback. */
  async play(stack: Stack, operation: StackOperationName, work: () => Promise<string | undefined>): Promise<string | undefined> {
    const { stackId } = stack.identity;
    const startedAt = this.clock.now();
    const failure = await work();
    const first = this.played.get(stackId);
    this.played.set(stackId, {
      stack,
      operation: first?.operation ?? operation,
      reason: first?.reason ?? failure,
      startedAt: first?.startedAt ?? startedAt,
      endedAt: this.clock.now(),
    });
    return failure;
  }

  /** Undefined for a stack that was left as it was. */
  take(stackId: string): PlayedOperation | undefined {
    const operation = this.played.get(stackId);
    this.played.delete(stackId);
    return operation;
  }
}
