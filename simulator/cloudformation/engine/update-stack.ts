import { StackResource } from './stack';
import { StackOperation } from './stack-operation';
import { walk } from './walk';
import { TemplateInstance } from '../template/template-instance';

/** What a stack was before an update. */
interface Before {
  readonly instance: TemplateInstance;
  readonly resources: ReadonlyMap<string, StackResource>;
}

/** Brings the stack to another template, or back to the one it had. Returns why it failed, if it did. */
export async function updateStack(operation: StackOperation, next: TemplateInstance): Promise<string | undefined> {
  const update = new StackUpdate(operation, next);
  const failure = await update.attempt();
  if (failure === undefined) {
    await update.complete();
  } else {
    await update.rollBack(failure);
  }
  return failure;
}

/**
 * An update in its two steps. As long as only the first one was made all can go back: the nested stacks of a stack wait in
 * between until the whole stack knows how it ends.
 */
export class StackUpdate {
  private readonly before: Before;

  constructor(private readonly operation: StackOperation, private readonly next: TemplateInstance) {
    const { stack } = operation;
    this.before = { instance: stack.instance!, resources: new Map(stack.resources) };
  }

  /** Returns why it failed, if it did. */
  async attempt(cancellation?: AbortSignal): Promise<string | undefined> {
    const { operation, next } = this;
    operation.stack.report('UPDATE_IN_PROGRESS', 'User Initiated');
    const failure = await operation.converge(next, cancellation) ?? operation.publishOutputs(next);
    if (failure === undefined) {
      operation.stack.instance = next;
      operation.stack.report('UPDATE_COMPLETE_CLEANUP_IN_PROGRESS');
    }
    return failure;
  }

  /** What the new template has no place for goes last, and does not fail the update if it cannot go. */
  async complete(): Promise<void> {
    const { operation, before, next } = this;
    const { stack } = operation;
    await operation.settleNestedStacks();
    const removed = [...stack.resources.values()].filter(({ logicalId }) => !next.resources.has(logicalId));
    await deleteSupersededAnd(operation, removed, before.instance);
    stack.forget(removed);
    stack.report('UPDATE_COMPLETE');
  }

  async rollBack(reason: string): Promise<void> {
    const { operation, before, next } = this;
    const { stack, resources } = operation;
    stack.report('UPDATE_ROLLBACK_IN_PROGRESS', reason);
    stack.instance = before.instance;
    // What the failed update has replaced is what the stack goes back to.
    resources.takeSuperseded();
    const failed = await walk(
      before.instance.dependencies,
      (logicalId, cancellation) => resources.restore(before.instance, before.resources.get(logicalId)!, cancellation),
      { stopOnFailure: false },
    );
    if (failed.length > 0) {
      stack.report('UPDATE_ROLLBACK_FAILED', `The following resource(s) failed to update: [${failed.join(', ')}]. `);
      return;
    }
    operation.publishOutputs(before.instance);
    stack.report('UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS');
    const added = [...stack.resources.values()].filter(({ logicalId }) => !before.resources.has(logicalId));
    await deleteSupersededAnd(operation, added, next);
    stack.forget(added);
    stack.report('UPDATE_ROLLBACK_COMPLETE');
  }
}

async function deleteSupersededAnd(operation: StackOperation, others: readonly StackResource[], instance: TemplateInstance): Promise<void> {
  const superseded = operation.resources.takeSuperseded();
  await operation.deleteAll(others, instance.dependencies, ({ deletionPolicy }) => deletionPolicy);
  await operation.deleteAll(superseded, instance.dependencies, ({ updateReplacePolicy }) => updateReplacePolicy);
}
