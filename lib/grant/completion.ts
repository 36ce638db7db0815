import { Duration } from 'aws-cdk-lib';

/** What the resource of a grant says about its completion. */
export interface Completion {
  readonly settleWithinSeconds: string;
  /** Absent if the function waits for as long as it takes. */
  readonly workflow?: CompletionByWorkflow;
}

export interface CompletionByWorkflow {
  readonly giveUpAfterSeconds: string;
  readonly answersCloudFormation: boolean;
  /** How long CloudFormation has to wait for that; absent if the function answers. */
  readonly serviceTimeout?: Duration;
}
