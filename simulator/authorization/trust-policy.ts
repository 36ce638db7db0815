import { listOf } from './policy-document';
import { TrustPolicy, TrustStatement } from '../services/iam/roles';
import { ConditionContext } from '../wire/authorizer';
import { Caller } from '../wire/caller';

/**
 * Whether a trust policy lets the caller assume its role, as far as that can be said without a policy evaluator:
 * principals by account, role or session ARN, and conditions that ask for one of several words, without wildcards. A condition of
 * another kind is not evaluated and never holds: what cannot be decided is refused.
 */
export function trusts(policy: TrustPolicy, caller: Caller, context: ConditionContext): boolean {
  const applicable = listOf(policy.Statement).filter((statement) => applies(statement, caller, context));
  return applicable.some(({ Effect }) => Effect === 'Allow') && !applicable.some(({ Effect }) => Effect === 'Deny');
}

function applies(statement: TrustStatement, caller: Caller, context: ConditionContext): boolean {
  return listOf(statement.Action).some((action) => ['sts:AssumeRole', 'sts:*', '*'].includes(action))
    && namesCaller(statement.Principal, caller)
    && conditionHolds(statement.Condition, context);
}

function namesCaller(principal: TrustStatement['Principal'], caller: Caller): boolean {
  const named = principal === '*' ? ['*'] : listOf(principal?.AWS);
  const namesOfCaller = ['*', caller.accountId, `arn:aws:iam::${caller.accountId}:root`, caller.arn, caller.role?.arn];
  return named.some((name) => namesOfCaller.includes(name));
}

const EQUALITIES = ['StringEquals', 'ArnEquals'];

function conditionHolds(condition: TrustStatement['Condition'], context: ConditionContext): boolean {
  return Object.entries(condition ?? {}).every(([operator, keys]) => Object.entries(keys).every(([key, values]) =>
    EQUALITIES.includes(operator) && listOf(context[key]).some((value) => listOf(values).includes(value))));
}
