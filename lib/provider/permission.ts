import { PolicyStatement } from 'aws-cdk-lib/aws-iam';

/** One statement of a function's policy. */
export interface Permission {
  readonly sid: string;
  readonly actions: string[];
  readonly resources: string[];
  readonly conditions?: Record<string, Record<string, string | string[]>>;
  /** Why a wildcard in `resources` cannot be narrower; there if and only if there is one. */
  readonly wildcardReason?: string;
}

export function policyStatement(permission: Omit<Permission, 'sid'> & { readonly sid?: string }): PolicyStatement {
  const { sid, actions, resources, conditions } = permission;
  return new PolicyStatement({ sid, actions, resources, conditions });
}
