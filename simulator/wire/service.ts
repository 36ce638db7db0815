import { ConditionContext, ResourcePolicy } from './authorizer';
import { Caller } from './caller';
import { ServiceError } from './service-error';
import { ServiceModel } from '../model/service-model';
import { Violation } from '../model/validation';

/** One AWS service: its official model, what its operations do, and how it words its refusals. */
export interface Service {
  readonly model: ServiceModel;
  readonly operations: Readonly<Record<string, Operation>>;
  /** `Shape.Member` names whose answer differs from the model in the real service, too. */
  readonly exemptAnswerMembers?: ReadonlySet<string>;
  invalidRequest(violations: readonly Violation[]): ServiceError;
}

/**
 * What one operation does. The request has passed the model's validation before it arrives here, and the answer is
 * validated after it: the types are those of the official client. An operation runs to its end before another starts,
 * except while it waits for something that takes simulated time.
 */
// The registry of a service holds operations of many types; each one is exact where it is written.
export interface Operation<Input = any, Output = any> {
  /** What IAM is asked before `perform`. Absent: an action without resource type. */
  requiredAccess?(input: Input, context: CallContext): RequiredAccess | readonly RequiredAccess[];
  perform(input: Input, context: CallContext): Output | Promise<Output>;
}

export interface RequiredAccess {
  /** @default - the operation, which most actions are named after */
  readonly action?: string;
  readonly resourceArns: readonly string[];
  readonly context?: ConditionContext;
  readonly resourcePolicy?: ResourcePolicy;
}

export interface CallContext {
  readonly caller: Caller;
  readonly region: string;
  readonly now: Date;
  /** Lets simulated time pass until the promise settles; a function that called only waits meanwhile. */
  whileWaiting<Result>(result: Promise<Result>): Promise<Result>;
}

/** A request whose required members are there: the official clients' types leave that open, the model's validation has settled it. */
export type Validated<Request, Required extends keyof Request> = Request & { readonly [Member in Required]: NonNullable<Request[Member]> };
