import type { Owner } from '../../domain/grant/ownership';
import type { SuspendedProgress } from '../../domain/grant/reconciliation';
import type { CustomResourceEvent } from '../custom-resource-event';

/** A request of CloudFormation that a workflow goes on with: each of its passes hands this to the next one. */
export interface Settlement {
  /** With the URL only if CloudFormation waits for its answer: whoever reads the execution could give it. */
  readonly request: Omit<CustomResourceEvent, 'ResponseURL'> & Partial<Pick<CustomResourceEvent, 'ResponseURL'>>;
  readonly executionArn: string;
  readonly grantArn: string;
  /** In milliseconds since the epoch. */
  readonly giveUpAt: number;
  /** How many passes there were. */
  readonly passes: number;
  readonly progress: SuspendedProgress;
  /** What the passes have come to, once there is nothing left to do but to take back what they have begun. */
  readonly ending?: Ending;
}

/** A failure in its parts, and how far taking back has come. */
export interface Ending {
  readonly error: 'SettlementFailed' | 'NotSettledInTime' | 'FunctionFailed';
  readonly asked: string;
  readonly said: string;
  readonly next: string;
  readonly progress?: SuspendedProgress;
}

/**
 * How long after it has failed a workflow goes on with taking back what it has begun, where nobody waits for it. Distribution was seen to take
 * hours; with the longest time until then, 14 days, this stays below the longest that an execution may run.
 */
export const LONGEST_TAKING_BACK_MILLISECONDS = 12 * 3_600_000;

/** What the workflow gives to its function, after it has paused. */
export interface SettlementTask {
  readonly pauseSeconds: number;
  readonly settlement: Settlement;
}

/** What the workflow gives to its function when it has died again and again: to wind up, unless there is time left until an answer is due. */
export interface LastTask {
  readonly settlement: Settlement;
  readonly abandonedAfter: FunctionFailure;
}

/** An error as a state machine catches it: https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html */
export interface FunctionFailure {
  readonly Error: string;
  readonly Cause: string;
}

/** What the workflow goes by: it pauses and calls again, or ends with the rest as its output or its error. */
export type PassResult =
  | (SettlementTask & { readonly outcome: 'PENDING' })
  | { readonly outcome: 'SETTLED'; readonly [attribute: string]: unknown }
  | { readonly outcome: 'FAILED'; readonly error: string; readonly cause: string };

export function isSettlementTask(event: object): event is SettlementTask | LastTask {
  return 'settlement' in event;
}

export function ownerOf({ request }: Settlement): Owner {
  return { stackId: request.StackId, logicalId: request.LogicalResourceId };
}
