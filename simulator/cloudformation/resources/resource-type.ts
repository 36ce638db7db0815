import { StackIdentity } from '../template/pseudo-parameters';

export type ResourceProperties = Readonly<Record<string, unknown>>;

/** A resource of a stack, as its type sees it. All intrinsic functions are resolved. */
export interface ResourceRequest {
  readonly stack: StackIdentity;
  readonly logicalId: string;
  readonly type: string;
  readonly properties: ResourceProperties;
}

export interface CreateRequest extends ResourceRequest {
  /** Tells this physical resource from the others of the same logical id. */
  readonly generation: number;
  readonly cancellation: AbortSignal;
}

export interface UpdateRequest extends ResourceRequest {
  readonly physicalId: string;
  readonly oldProperties: ResourceProperties;
  readonly cancellation: AbortSignal;
}

export interface DeleteRequest extends ResourceRequest {
  readonly physicalId: string;
}

/** A physical resource: what `Ref` and `Fn::GetAtt` give. */
export interface PhysicalResource {
  readonly physicalId: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** What `Fn::GetAtt` gives beside those. Throws a TemplateError if there is nothing. @default - nothing */
  readonly otherAttribute?: (name: string) => unknown;
}

/**
 * How a rollback undoes a replacement: by putting the old physical resource back, which is still there, or by an Update
 * of the new one with the old properties.
 */
export type ReplacementRollback = 'restore' | 'reversed-update';

/** How the resources of one type come, change and go. */
export interface ResourceType {
  readonly replacementRollback: ReplacementRollback;
  /** The attributes that `Fn::GetAtt` may ask for. @default - any: they are known when the resource is there */
  readonly attributeNames?: readonly string[];
  /** Without these CloudFormation does not begin. @default - none */
  readonly requiredProperties?: readonly string[];
  create(request: CreateRequest): Promise<PhysicalResource>;
  update(request: UpdateRequest): Promise<PhysicalResource>;
  delete(request: DeleteRequest): Promise<void>;
  /** The update of the stack is complete, and does not roll back any more. */
  settle?(physicalId: string): Promise<void>;
  /** Whether such a change needs a new physical resource. Types that decide while they update say no. */
  needsReplacement(before: ResourceProperties, after: ResourceProperties): boolean;
}

/** Why an operation on a resource failed, and what it left behind. */
export class ResourceFailure extends Error {
  /**
   * @param physicalId the physical resource that the failed operation is about from now on
   * @param nothingHappened the operation was refused before anything was attempted
   */
  constructor(reason: string, readonly details: { readonly physicalId?: string; readonly nothingHappened?: boolean } = {}) {
    super(reason);
  }
}
