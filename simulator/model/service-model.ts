/** The official service model, in the form in which botocore publishes it (`service-2.json`), documentation left out. */
export interface ServiceModelDocument {
  readonly metadata: ServiceMetadata;
  readonly operations: Readonly<Record<string, OperationModel>>;
  readonly shapes: Readonly<Record<string, Shape>>;
}

export interface ServiceMetadata {
  readonly protocol: string;
  readonly endpointPrefix: string;
  /** @default - the same as the endpoint prefix */
  readonly signingName?: string;
  readonly apiVersion: string;
  readonly targetPrefix?: string;
  readonly jsonVersion?: string;
  readonly xmlNamespace?: string;
}

export interface OperationModel {
  readonly name: string;
  /** Where protocols that use HTTP's own means find the operation. */
  readonly http?: { readonly method: string; readonly requestUri: string };
  readonly input?: ShapeReference;
  readonly output?: ShapeReference & { readonly resultWrapper?: string };
}

export interface ShapeReference {
  readonly shape: string;
}

export interface MemberReference extends ShapeReference {
  /** @default - in the body */
  readonly location?: 'uri' | 'querystring' | 'header' | 'statusCode';
  readonly locationName?: string;
}

export interface Shape {
  readonly type: string;
  readonly required?: readonly string[];
  readonly members?: Readonly<Record<string, MemberReference>>;
  readonly member?: ShapeReference;
  /** The member that is the body. */
  readonly payload?: string;
  readonly key?: ShapeReference;
  readonly value?: ShapeReference;
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly enum?: readonly string[];
  readonly error?: { readonly code?: string; readonly httpStatusCode: number };
  readonly exception?: boolean;
  readonly fault?: boolean;
}

/** One AWS service as its official model describes it. */
export class ServiceModel {
  readonly metadata: ServiceMetadata;
  private readonly document: ServiceModelDocument;

  constructor(document: unknown) {
    this.document = document as ServiceModelDocument;
    this.metadata = this.document.metadata;
  }

  /** The name in the credential scope of a signature, and before the colon of an IAM action. */
  get signingName(): string {
    return this.metadata.signingName ?? this.metadata.endpointPrefix;
  }

  get operationNames(): string[] {
    return Object.keys(this.document.operations);
  }

  operation(name: string): OperationModel | undefined {
    return Object.hasOwn(this.document.operations, name) ? this.document.operations[name] : undefined;
  }

  shape(name: string): Shape {
    const shape = this.findShape(name);
    if (!shape) throw new Error(`The model of ${this.signingName} has no shape ${name}`);
    return shape;
  }

  findShape(name: string): Shape | undefined {
    return Object.hasOwn(this.document.shapes, name) ? this.document.shapes[name] : undefined;
  }
}
