import { Caller } from './caller';
import { PolicyDocument } from '../authorization/policy-document';

/** All that an evaluation of IAM policies has to know about one call, beside what it knows of the caller anyway. */
export interface AuthorizationRequest {
  readonly principal: Caller;
  /** `license-manager:CreateGrant` */
  readonly action: string;
  /** `*` for actions without a resource type. */
  readonly resourceArns: readonly string[];
  readonly region: string;
  /** Condition keys that come from the operation: `aws:RequestTag/…`, `aws:TagKeys`, `aws:ResourceTag/…`, `iam:AWSServiceName`. */
  readonly context: ConditionContext;
  /** The policy of the resource itself, which is a role's trust policy. @default - the resource has none */
  readonly resourcePolicy?: ResourcePolicy;
}

export type ConditionContext = Readonly<Record<string, string | readonly string[]>>;

export interface ResourcePolicy {
  readonly accountId: string;
  readonly document: PolicyDocument;
}

export type AuthorizationDecision =
  | { readonly allowed: true }
  /** The reason completes "User … is not authorized to perform … on resource: …"; some services give none. */
  | { readonly allowed: false; readonly reason?: string };

export interface Authorizer {
  authorize(request: AuthorizationRequest): Promise<AuthorizationDecision>;
}
