import { StackOperation } from './stack-operation';
import { TemplateInstance } from '../template/template-instance';

/** Creates all resources; if one fails, deletes what was created. Returns why it failed, if it did. */
export async function createStack(
  operation: StackOperation, instance: TemplateInstance, cancellation?: AbortSignal,
): Promise<string | undefined> {
  const { stack } = operation;
  stack.instance = instance;
  stack.report('CREATE_IN_PROGRESS', 'User Initiated');
  const failure = await operation.converge(instance, cancellation) ?? operation.publishOutputs(instance);
  if (failure === undefined) {
    stack.report('CREATE_COMPLETE');
  } else {
    await rollBack(operation, instance, failure);
  }
  return failure;
}

async function rollBack(operation: StackOperation, instance: TemplateInstance, failure: string): Promise<void> {
  const { stack } = operation;
  stack.report('ROLLBACK_IN_PROGRESS', `${failure.trimEnd()} Rollback requested by user.`);
  // "RetainExceptOnCreate" is about this very case: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html
  const leftBehind = await operation.deleteAll([...stack.resources.values()], instance.dependencies, ({ deletionPolicy }) => (
    deletionPolicy === 'RetainExceptOnCreate' ? 'Delete' : deletionPolicy
  ));
  if (leftBehind === undefined) {
    stack.report('ROLLBACK_COMPLETE');
  } else {
    stack.report('ROLLBACK_FAILED', leftBehind);
  }
}
