import { ResourceOperations } from './resource-operations';
import { Stack, StackResource } from './stack';
import { walk } from './walk';
import { ResourceTypes } from '../resources/resource-types';
import { DependencyGraph, reversed } from '../template/dependency-graph';
import { DeletionPolicy } from '../template/template';
import { ResolvedOutput, TemplateInstance } from '../template/template-instance';

/** What creating, updating and deleting a stack have in common. Steps return why they failed, or nothing. */
export class StackOperation {
  readonly resources: ResourceOperations;

  constructor(
    readonly stack: Stack, private readonly types: ResourceTypes, private readonly checkExports: (outputs: readonly ResolvedOutput[]) => void,
  ) {
    this.resources = new ResourceOperations(stack, types);
  }

  async converge(instance: TemplateInstance, cancellation?: AbortSignal): Promise<string | undefined> {
    const verb = this.stack.resources.size === 0 ? 'create' : 'update';
    const failed = await walk(
      instance.dependencies,
      (logicalId, stop) => this.resources.converge(instance, logicalId, stop),
      { stopOnFailure: true, cancellation },
    );
    return failedTo(verb, failed) ?? (cancellation?.aborted ? `Resource ${verb === 'create' ? 'creation' : 'update'} cancelled` : undefined);
  }

  /** There is no way back for nested stacks whose update was made. */
  async settleNestedStacks(): Promise<void> {
    await Promise.all([...this.stack.resources.values()].map(async ({ type, physicalId }) => {
      if (physicalId !== undefined) await this.types.get(type).settle?.(physicalId);
    }));
  }

  /** Deletes resources, those first that others do not need. */
  async deleteAll(
    resources: readonly StackResource[], dependencies: DependencyGraph, policyOf: (resource: StackResource) => DeletionPolicy,
  ): Promise<string | undefined> {
    const logicalIds = new Set(resources.map(({ logicalId }) => logicalId));
    const graph = new Map([...reversed(dependencies)].filter(([logicalId]) => logicalIds.has(logicalId)));
    const failed = await walk(
      graph,
      async (logicalId) => {
        const departing = resources.filter((resource) => resource.logicalId === logicalId);
        const succeeded = await Promise.all(departing.map((resource) => this.resources.delete(resource, policyOf(resource))));
        return succeeded.every(Boolean);
      },
      { stopOnFailure: false },
    );
    return failedTo('delete', failed);
  }

  publishOutputs(instance: TemplateInstance): string | undefined {
    try {
      const outputs = instance.outputs(this.stack.existing);
      this.checkExports(outputs);
      this.stack.outputs = outputs;
      return undefined;
    } catch (error) {
      return (error as Error).message;
    }
  }
}

function failedTo(verb: 'create' | 'update' | 'delete', logicalIds: readonly string[]): string | undefined {
  return logicalIds.length > 0 ? `The following resource(s) failed to ${verb}: [${logicalIds.join(', ')}]. ` : undefined;
}
