/** A request of CloudFormation to a custom resource, as the function receives it. */
export interface CustomResourceEvent {
  readonly RequestType: string;
  readonly RequestId: string;
  /** A presigned URL: whoever has it can answer, so it never reaches a log. */
  readonly ResponseURL: string;
  readonly StackId: string;
  readonly ResourceType: string;
  readonly LogicalResourceId: string;
  /** Absent on Create. */
  readonly PhysicalResourceId?: string;
  readonly ResourceProperties: object;
  /** On Update only; of whatever version of the library the stack was deployed with before. */
  readonly OldResourceProperties?: object;
}

/** The part of Lambda's context that is used here. */
export interface LambdaContext {
  getRemainingTimeInMillis(): number;
}

/** Where a stack is: the function works for the stack's account, in the stack's partition. */
export interface StackLocation {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
  readonly name: string;
}

/** From `arn:PARTITION:cloudformation:REGION:ACCOUNT:stack/NAME/ID`. */
export function locateStack(stackId: string): StackLocation {
  const [, partition, , region, accountId, resource] = stackId.split(':');
  const [, name] = resource.split('/');
  return { partition, region, accountId, name };
}
