import { isDeepStrictEqual } from 'node:util';
import { Stack, StackResource } from './stack';
import { PhysicalResource, ResourceFailure, ResourceProperties, ResourceRequest } from '../resources/resource-type';
import { ResourceTypes } from '../resources/resource-types';
import { DeletionPolicy } from '../template/template';
import { TemplateInstance } from '../template/template-instance';

const NOTHING: Pick<StackResource, 'declared' | 'properties' | 'attributes'> = { declared: {}, properties: {}, attributes: {} };

/** What happens to the single resources of a stack in one operation. Everything tells whether it succeeded. */
export class ResourceOperations {
  /** Physical resources that others have taken the place of. */
  private superseded: StackResource[] = [];

  constructor(private readonly stack: Stack, private readonly types: ResourceTypes) {}

  takeSuperseded(): StackResource[] {
    return this.superseded.splice(0);
  }

  /** Makes the resource what the template says: creates, updates or replaces it, or leaves it as it is. */
  async converge(instance: TemplateInstance, logicalId: string, cancellation: AbortSignal): Promise<boolean> {
    const existing = this.stack.resources.get(logicalId);
    const declared = this.orFail(instance, logicalId, () => instance.propertiesOf(logicalId, this.stack.existing));
    if (!declared) return false;
    // A value that a dynamic reference stands for may have changed, and that is none: https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/844
    if (existing && isDeepStrictEqual(declared, existing.declared)) return this.leave({ ...existing, ...declarationOf(instance, logicalId) });
    const properties = this.orFail(instance, logicalId, () => this.complete(instance, logicalId, instance.fetchDynamicValues(declared)));
    if (!properties) return false;
    const resource = { ...NOTHING, ...existing, ...declarationOf(instance, logicalId), logicalId, declared, properties };
    if (!existing) return this.create(resource, cancellation);
    return this.types.get(existing.type).needsReplacement(existing.properties, properties)
      ? this.replace(resource, existing, cancellation)
      : this.update(resource, existing, cancellation);
  }

  /** Makes the resource again what it was before a failed update. */
  async restore(instance: TemplateInstance, previous: StackResource, cancellation: AbortSignal): Promise<boolean> {
    const current = this.stack.resources.get(previous.logicalId)!;
    const wasReplaced = current.physicalId !== previous.physicalId;
    if (wasReplaced && this.types.get(current.type).replacementRollback === 'restore') {
      this.superseded.push(current);
      this.stack.put({ ...previous, status: 'UPDATE_COMPLETE', reason: undefined });
      return true;
    }
    return this.converge(instance, previous.logicalId, cancellation);
  }

  async delete(resource: StackResource, policy: DeletionPolicy): Promise<boolean> {
    if (policy === 'Retain' || policy === 'RetainExceptOnCreate') {
      this.stack.reportDeparture(resource, 'DELETE_SKIPPED');
      return true;
    }
    this.stack.reportDeparture(resource, 'DELETE_IN_PROGRESS');
    try {
      const { physicalId } = resource;
      // A resource that never came into being has nothing to delete.
      if (physicalId !== undefined) await this.types.get(resource.type).delete({ ...this.requestOf(resource), physicalId });
    } catch (error) {
      this.stack.reportDeparture(resource, 'DELETE_FAILED', (error as Error).message);
      return false;
    }
    this.stack.reportDeparture(resource, 'DELETE_COMPLETE');
    return true;
  }

  private create(resource: Declared, cancellation: AbortSignal): Promise<boolean> {
    this.stack.put({ ...resource, status: 'CREATE_IN_PROGRESS', reason: undefined });
    return this.provision(resource, undefined, (request) => this.types.get(resource.type).create({
      ...request, generation: this.stack.nextGeneration(), cancellation,
    }));
  }

  private replace(resource: Declared, existing: StackResource, cancellation: AbortSignal): Promise<boolean> {
    const reason = 'Requested update requires the creation of a new physical resource; hence creating one.';
    this.stack.put({ ...resource, status: 'UPDATE_IN_PROGRESS', reason });
    return this.provision(resource, existing, (request) => this.types.get(resource.type).create({
      ...request, generation: this.stack.nextGeneration(), cancellation,
    }));
  }

  private update(resource: Declared, existing: StackResource, cancellation: AbortSignal): Promise<boolean> {
    this.stack.put({ ...resource, status: 'UPDATE_IN_PROGRESS', reason: undefined });
    return this.provision(resource, existing, (request) => this.types.get(resource.type).update({
      ...request, physicalId: existing.physicalId!, oldProperties: existing.properties, cancellation,
    }));
  }

  private leave(resource: StackResource): boolean {
    // A change that was refused before anything happened left the resource as it was.
    if (resource.status === 'UPDATE_FAILED') {
      this.stack.put({ ...resource, status: 'UPDATE_COMPLETE', reason: undefined });
    } else {
      this.stack.refresh(resource);
    }
    return true;
  }

  private async provision(
    resource: Declared, existing: StackResource | undefined, operation: (request: ResourceRequest) => Promise<PhysicalResource>,
  ): Promise<boolean> {
    const verb = existing ? 'UPDATE' : 'CREATE';
    try {
      const physical = await operation(this.requestOf(resource));
      this.supersede(existing, physical.physicalId);
      this.stack.put({ ...resource, ...physical, status: `${verb}_COMPLETE`, reason: undefined });
      return true;
    } catch (error) {
      this.fail(resource, existing, error as Error);
      return false;
    }
  }

  private fail(resource: Declared, existing: StackResource | undefined, error: Error): void {
    const status = existing ? 'UPDATE_FAILED' : 'CREATE_FAILED';
    const { physicalId, nothingHappened } = error instanceof ResourceFailure ? error.details : {};
    if (existing && nothingHappened) {
      this.stack.put({ ...existing, status, reason: error.message });
      return;
    }
    // A failed operation may have left another physical resource behind: https://github.com/aws/aws-cdk/issues/13527
    if (physicalId !== undefined) this.supersede(existing, physicalId);
    this.stack.put({ ...resource, physicalId: physicalId ?? existing?.physicalId, status, reason: error.message });
  }

  private supersede(existing: StackResource | undefined, physicalId: string): void {
    if (existing && existing.physicalId !== physicalId) this.superseded.push(existing);
  }

  /** Seen: https://github.com/org-formation/aws-resource-providers/issues/105 */
  private complete({ resources }: TemplateInstance, logicalId: string, properties: ResourceProperties): ResourceProperties {
    const { requiredProperties = [] } = this.types.get(resources.get(logicalId)!.Type);
    const missing = requiredProperties.filter((name) => properties[name] === undefined);
    if (missing.length === 0) return properties;
    const words = missing.map((name) => `#: required key [${name}] not found`).join('\n');
    throw new ResourceFailure(`Properties validation failed for resource ${logicalId} with message:\n${words}`);
  }

  private orFail(instance: TemplateInstance, logicalId: string, resolve: () => ResourceProperties): ResourceProperties | undefined {
    try {
      return resolve();
    } catch (error) {
      const existing = this.stack.resources.get(logicalId);
      const status = existing ? 'UPDATE_FAILED' : 'CREATE_FAILED';
      this.stack.put({ ...NOTHING, ...declarationOf(instance, logicalId), ...existing, logicalId, status, reason: (error as Error).message });
      return undefined;
    }
  }

  private requestOf({ logicalId, type, properties }: Declared): ResourceRequest {
    return { stack: this.stack.identity, logicalId, type, properties };
  }
}

/** A resource as its template has it. */
type Declared = Omit<StackResource, 'status' | 'reason'>;

function declarationOf(instance: TemplateInstance, logicalId: string): Pick<StackResource, 'type' | 'deletionPolicy' | 'updateReplacePolicy'> {
  const declared = instance.resources.get(logicalId)!;
  return {
    type: declared.Type,
    deletionPolicy: declared.DeletionPolicy ?? 'Delete',
    updateReplacePolicy: declared.UpdateReplacePolicy ?? 'Delete',
  };
}
