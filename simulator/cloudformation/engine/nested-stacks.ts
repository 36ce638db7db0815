import { readFileSync } from 'node:fs';
import { createStack } from './create-stack';
import { deleteStack } from './delete-stack';
import { Exports } from './exports';
import { NestedOperations } from './nested-operations';
import { Stack } from './stack';
import { StackFactory } from './stack-factory';
import { Stacks } from './stacks';
import { StackUpdate } from './update-stack';
import { StackAssets } from '../assembly/stack-assets';
import { CreateRequest, DeleteRequest, PhysicalResource, ResourceFailure, ResourceRequest, UpdateRequest } from '../resources/resource-type';
import { Template } from '../template/template';
import { TemplateError } from '../template/template-error';

export interface NestedStacksProps {
  readonly factory: StackFactory;
  readonly stacks: Stacks;
  readonly exports: Exports;
  readonly assets: StackAssets;
  readonly operations: NestedOperations;
}

const PARENT_ROLLS_BACK = 'The update of the parent stack is rolled back.';

/** The stacks that are resources of others. The words of failures were seen, that of a creation in https://github.com/serverless/serverless/issues/7593 */
export class NestedStacks {
  /** Updates that wait until the parent's update is complete, or rolls back. */
  private readonly updates = new Map<string, StackUpdate>();

  constructor(private readonly props: NestedStacksProps) {}

  async create(request: CreateRequest, stackName: string): Promise<PhysicalResource> {
    const { factory, stacks, operations } = this.props;
    const stack = factory.newStack({ ...request.stack, stackName }, request.stack.stackId);
    const instance = this.instantiate(stack, request);
    stacks.add(stack);
    const failure = await operations.play(stack, 'CREATE', () => createStack(factory.newOperation(stack), instance, request.cancellation));
    const { stackId } = stack.identity;
    if (failure !== undefined) throw new ResourceFailure(`Embedded stack ${stackId} was not successfully created: ${failure}`, { physicalId: stackId });
    return resourceOf(stack);
  }

  async update(request: UpdateRequest): Promise<PhysicalResource> {
    const { factory, exports, operations } = this.props;
    const stack = this.find(request.physicalId);
    const waiting = this.takeUpdate(request.physicalId);
    if (waiting) {
      // The update was made, and the parent has changed its mind: this is its rollback.
      await operations.play(stack, 'UPDATE', async () => {
        await waiting.rollBack(PARENT_ROLLS_BACK);
        return PARENT_ROLLS_BACK;
      });
      return resourceOf(stack);
    }
    const instance = this.instantiate(stack, request);
    if (instance.equals(stack.instance!)) return resourceOf(stack);
    exports.forgetImports(stack.identity);
    const update = new StackUpdate(factory.newOperation(stack), instance);
    const failure = await operations.play(stack, 'UPDATE', async () => {
      const reason = await update.attempt(request.cancellation);
      if (reason !== undefined) await update.rollBack(reason);
      return reason;
    });
    if (failure !== undefined) {
      throw new ResourceFailure(
        `Embedded stack ${stack.identity.stackId} was not successfully updated. Currently in UPDATE_ROLLBACK_IN_PROGRESS with reason: ${failure}`);
    }
    this.updates.set(request.physicalId, update);
    return resourceOf(stack);
  }

  async delete({ physicalId }: DeleteRequest): Promise<void> {
    const { factory, stacks, exports, operations } = this.props;
    const stack = this.find(physicalId);
    exports.checkUnused(stack);
    const failure = await operations.play(stack, 'DELETE', () => deleteStack(factory.newOperation(stack)));
    if (failure !== undefined) throw new ResourceFailure(`Embedded stack ${physicalId} was not successfully deleted: ${failure}`);
    stacks.remove(stack);
  }

  /** The parent's update is complete: there is no way back. */
  async settle(physicalId: string): Promise<void> {
    const update = this.takeUpdate(physicalId);
    if (!update) return;
    await this.props.operations.play(this.find(physicalId), 'UPDATE', async () => {
      await update.complete();
      return undefined;
    });
  }

  private takeUpdate(physicalId: string): StackUpdate | undefined {
    const update = this.updates.get(physicalId);
    this.updates.delete(physicalId);
    return update;
  }

  private find(physicalId: string): Stack {
    return this.props.stacks.all.find(({ identity }) => identity.stackId === physicalId)!;
  }

  private instantiate(stack: Stack, { stack: parent, properties }: ResourceRequest) {
    this.props.assets.share(parent.stackId, stack.identity.stackId);
    const template = this.templateAt(parent.stackId, String(properties.TemplateURL));
    try {
      return this.props.factory.instantiate(stack, template, parametersOf(properties.Parameters));
    } catch (error) {
      if (error instanceof TemplateError) throw new ResourceFailure(error.message, { nothingHappened: true });
      throw error;
    }
  }

  private templateAt(parentStackId: string, url: string): Template {
    const asset = this.props.assets.find(parentStackId, url.slice(url.lastIndexOf('/') + 1));
    if (!asset) throw new ResourceFailure(`The cloud assembly has no template for the nested stack's TemplateURL ${url}.`, { nothingHappened: true });
    return JSON.parse(readFileSync(asset.path, 'utf8')) as Template;
  }
}

function resourceOf({ identity, outputs }: Stack): PhysicalResource {
  return {
    physicalId: identity.stackId,
    attributes: Object.fromEntries(outputs.map(({ name, value }) => [`Outputs.${name}`, value])),
    // Seen in event lists of people's stacks.
    otherAttribute: (name) => {
      throw new TemplateError(`Output '${name.replace('Outputs.', '')}' not found in stack '${identity.stackId}'`);
    },
  };
}

function parametersOf(parameters: unknown): Record<string, string> {
  const entries = Object.entries((parameters ?? {}) as Readonly<Record<string, unknown>>);
  return Object.fromEntries(entries.map(([name, value]) => [name, Array.isArray(value) ? value.join(',') : String(value)]));
}
