import type { StackLocation } from './custom-resource-event';
import type { Settlement } from './settlement/settlement';
import type { Clock } from '../domain/clock';
import type { Failure } from '../domain/failure';
import type { Owner } from '../domain/grant/ownership';
import type { SuspendedProgress } from '../domain/grant/reconciliation';
import type { Journal } from '../domain/journal';

/**
 * What one type of custom resource does. Properties arrive as the template has them, every scalar as a string; those of
 * before may be of an older version of the library, and after a failed update they arrive in reverse.
 */
export interface CustomResource<Properties extends object, Attributes extends object> {
  create(properties: Properties): Promise<Settled<Attributes> | AnsweredLater>;
  /** Returning another physical id means replacement: CloudFormation deletes the one before when all else is done. */
  update(properties: Properties, before: Before<Properties>): Promise<Settled<Attributes> | AnsweredLater>;
  /** Returns what the person who reads the stack's events should know. The id may be one that was never handed out. */
  delete(properties: Properties, physicalId: string): Promise<string | undefined>;
  /**
   * One pass of a workflow that a request was handed over to. Only of resources that hand requests over. Throws `Superseded` if the execution
   * was stopped.
   */
  goOn?(settlement: Settlement): Promise<Passed<Attributes>>;
  /**
   * What is left to do at the end of a workflow: to finish what it has settled, or else to take back what it has begun. Only of resources that
   * hand requests over. May be called again. Throws `Superseded` if the execution was stopped.
   */
  windUp?(settlement: Settlement, isSettled: boolean): Promise<WindingUp>;
}

export interface Before<Properties> {
  readonly physicalId: string;
  readonly properties: Partial<Properties>;
}

export interface Settled<Attributes> {
  readonly physicalId: string;
  readonly attributes: Attributes;
  /** What the person who reads the stack's events should know. */
  readonly reason?: string;
}

/** The id of something that was never made. Deleting it is always a success. */
export const NOTHING_MADE = 'cdk-managed-entitlements:nothing-made';

/** The workflow gives CloudFormation its answer. */
export const ANSWERED_LATER = Symbol('answered later');
export type AnsweredLater = typeof ANSWERED_LATER;

/** What became of a request in one pass. */
export type Passed<Attributes> =
  | { readonly kind: 'settled'; readonly settled: Settled<Attributes> }
  /** With the failure that it is if there is no further pass. */
  | { readonly kind: 'pending'; readonly failure: Failure; readonly asItIs?: Settled<Attributes>; readonly progress: SuspendedProgress }
  /** With what CloudFormation is told instead of the failure, in a rollback that leaves the resource as it is. */
  | { readonly kind: 'failed'; readonly failure: Failure; readonly asItIs?: Settled<Attributes> };

/** What became of the end of a workflow. */
export interface WindingUp {
  /** What stood in the way. */
  readonly obstacle?: string;
  /** Whether another attempt may get further. */
  readonly goesOn?: boolean;
  /** What that goes on with. */
  readonly progress?: SuspendedProgress;
}

/** Everything about one request that is not a property of the resource. */
export interface Invocation {
  readonly request: Settlement['request'];
  readonly stack: StackLocation;
  readonly owner: Owner;
  readonly requestType: string;
  readonly clock: Clock;
  /** When the work has to end, in milliseconds since the epoch, so that there is time to answer. */
  readonly deadline: number;
  readonly journal: Journal;
  /** The same token for the same step of the same request. */
  readonly clientToken: (step: string) => string;
  /** To be called as soon as there is something to delete: a failure then carries its id. */
  readonly exists: (physicalId: string) => void;
  /** Whether there is nothing left to do: work that was given up may go on when Lambda uses the process for another request. */
  readonly isAnswered: () => boolean;
  /** The execution of the workflow that this is a pass of; absent in a deployment. */
  readonly executionArn?: string;
}

/** What serves each type of custom resource, made anew for each request. */
export type CustomResourceFactories = Readonly<Record<string, (invocation: Invocation) => CustomResource<object, object>>>;
