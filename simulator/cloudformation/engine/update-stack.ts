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
  const { stack } = operation;
  const before: Before = { instance: stack.instance!, resources: new Map(stack.resources) };
  stack.report('UPDATE_IN_PROGRESS', 'User Initiated');
  const failure = await operation.converge(next) ?? operation.publishOutputs(next);
  if (failure === undefined) {
    stack.instance = next;
    await cleanUp(operation, before);
  } else {
    await rollBack(operation, next, before, failure);
  }
  return failure;
}

/** What the new template has no place for goes last, and does not fail the update if it cannot go. */
async function cleanUp(operation: StackOperation, before: Before): Promise<void> {
  const { stack } = operation;
  stack.report('UPDATE_COMPLETE_CLEANUP_IN_PROGRESS');
  const removed = [...stack.resources.values()].filter(({ logicalId }) => !stack.instance!.resources.has(logicalId));
  await deleteSupersededAnd(operation, removed, before.instance);
  stack.forget(removed);
  stack.report('UPDATE_COMPLETE');
}

async function rollBack(operation: StackOperation, next: TemplateInstance, before: Before, failure: string): Promise<void> {
  const { stack, resources } = operation;
  stack.report('UPDATE_ROLLBACK_IN_PROGRESS', failure);
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

async function deleteSupersededAnd(operation: StackOperation, others: readonly StackResource[], instance: TemplateInstance): Promise<void> {
  const superseded = operation.resources.takeSuperseded();
  await operation.deleteAll(others, instance.dependencies, ({ deletionPolicy }) => deletionPolicy);
  await operation.deleteAll(superseded, instance.dependencies, ({ updateReplacePolicy }) => updateReplacePolicy);
}
