import { isDeepStrictEqual } from 'node:util';
import { CreateRequest, PhysicalResource, ResourceProperties, ResourceRequest, ResourceType } from './resource-type';

export interface InertResourceDefinition {
  readonly physicalId: (request: CreateRequest) => string;
  /** @default - no attributes */
  readonly attributes?: (physicalId: string, request: ResourceRequest) => Readonly<Record<string, unknown>>;
  readonly attributeNames?: readonly string[];
  /** @default - none */
  readonly requiredProperties?: readonly string[];
  /** Properties whose change makes a new physical resource. @default - none */
  readonly replacedBy?: readonly string[];
  /** What happens beside keeping the state, when the resource is there or has changed. */
  readonly onPut?: (physicalId: string, request: ResourceRequest) => void | Promise<void>;
  readonly onDelete?: (physicalId: string, request: ResourceRequest) => void;
}

/** A type whose resources are kept as state: they have names and attributes, and succeed at once. */
export function inertResource(definition: InertResourceDefinition): ResourceType {
  const put = async (physicalId: string, request: ResourceRequest): Promise<PhysicalResource> => {
    await definition.onPut?.(physicalId, request);
    return { physicalId, attributes: definition.attributes?.(physicalId, request) ?? {} };
  };
  return {
    replacementRollback: 'restore',
    attributeNames: definition.attributeNames ?? [],
    requiredProperties: definition.requiredProperties,
    create: async (request) => put(definition.physicalId(request), request),
    update: async (request) => put(request.physicalId, request),
    delete: async (request) => definition.onDelete?.(request.physicalId, request),
    needsReplacement: (before, after) => (definition.replacedBy ?? []).some((name) => !isDeepStrictEqual(before[name], after[name])),
  };
}

export function textProperty(properties: ResourceProperties, name: string): string | undefined {
  const value = properties[name];
  return value === undefined ? undefined : String(value);
}
