/** AWS CloudFormation, as far as it is asked about the stack of a request. */
export interface StacksGateway {
  /** Nothing if CloudFormation does not tell: this role may not ask, for example. */
  readStatus(stackId: string): Promise<string | undefined>;
}
