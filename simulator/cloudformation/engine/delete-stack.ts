import { StackOperation } from './stack-operation';

/** Deletes all resources in the reverse order of their dependencies. Returns why it failed, if it did; it can be tried again. */
export async function deleteStack(operation: StackOperation): Promise<string | undefined> {
  const { stack } = operation;
  stack.report('DELETE_IN_PROGRESS', 'User Initiated');
  const failure = await operation.deleteAll([...stack.resources.values()], stack.instance!.dependencies, ({ deletionPolicy }) => deletionPolicy);
  if (failure === undefined) {
    stack.outputs = [];
    stack.report('DELETE_COMPLETE');
  } else {
    stack.report('DELETE_FAILED', failure);
  }
  return failure;
}
