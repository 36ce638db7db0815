import { Caller } from './caller';

/** All that an evaluation of IAM policies has to know about one call. */
export interface AuthorizationRequest {
  readonly principal: Caller;
  /** `license-manager:CreateGrant` */
  readonly action: string;
  /** `*` for actions without a resource type. */
  readonly resourceArns: readonly string[];
  readonly accountId: string;
  readonly region: string;
  /** Condition keys: global ones, `aws:RequestTag/…`, `aws:TagKeys`, `aws:ResourceTag/…`, `iam:AWSServiceName`. */
  readonly context: ConditionContext;
}

export type ConditionContext = Readonly<Record<string, string | readonly string[]>>;

export type AuthorizationDecision =
  | { readonly allowed: true }
  /** The reason completes "User … is not authorized to perform … because …". */
  | { readonly allowed: false; readonly reason: string };

export interface Authorizer {
  authorize(request: AuthorizationRequest): AuthorizationDecision;
}

/** Every signed caller may do everything in its own account; the services' own rules still hold. */
export const allowEverything: Authorizer = { authorize: () => ({ allowed: true }) };
