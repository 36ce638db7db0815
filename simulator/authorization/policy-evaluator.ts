import { NamedPolicy, PolicyDocument } from './policy-document';
import { ConditionContext } from '../wire/authorizer';

/** One action on one resource, with every policy that has a say in it. */
export interface PolicyQuestion {
  readonly principalArn: string;
  readonly action: string;
  readonly resourceArn: string;
  /** The account whose permission is asked for: only where another one has a policy on the resource is it not the principal's. */
  readonly resourceAccountId: string;
  readonly context: ConditionContext;
  readonly identityPolicies: readonly NamedPolicy[];
  /** @default - the principal has none */
  readonly permissionsBoundary?: NamedPolicy;
  /** From the root of the organization down to the account; empty for those whom no such policy affects. */
  readonly serviceControlPolicies: readonly ServiceControlLevel[];
  /** @default - the resource has none */
  readonly resourcePolicy?: PolicyDocument;
}

/** What is attached to the root, to one organizational unit or to the account. */
export interface ServiceControlLevel {
  readonly targetId: string;
  readonly policies: readonly NamedPolicy[];
}

export type PolicyAnswer =
  | { readonly decision: 'allowed' }
  | { readonly decision: 'denied'; readonly by: DenyingPolicy; readonly explicitly: boolean }
  /** For example because a policy is not valid. */
  | { readonly decision: 'undecided'; readonly why: string };

export type DenyingPolicy = 'identity-based policy' | 'permissions boundary' | 'service control policy' | 'role trust policy';

/** Knows the language of policies, and which actions, resource types and condition keys AWS publishes. */
export interface PolicyEvaluator {
  evaluate(question: PolicyQuestion): Promise<PolicyAnswer>;
  /** The actions, as `service:Action`, that an action of a policy stands for; none if the service publishes none like it. */
  actionsLike(pattern: string): Promise<readonly string[]>;
}
