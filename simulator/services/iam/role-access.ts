import { Role } from './roles';
import { ConditionContext } from '../../wire/authorizer';

/** What the tags of a role add to the conditions: `iam:ResourceTag` is IAM's own name for the global key. */
export function roleTagContext(role: Role | undefined): ConditionContext {
  return Object.fromEntries(Object.entries(role?.tags ?? {}).flatMap(([key, value]) => [
    [`aws:ResourceTag/${key}`, value],
    [`iam:ResourceTag/${key}`, value],
  ]));
}
