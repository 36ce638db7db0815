import { listOf } from './policy-document';
import { TrustPolicy, TrustStatement } from '../services/iam/roles';
import { Caller } from '../wire/caller';

/**
 * Whether a trust policy lets the caller assume its role, as far as that can be said without a policy evaluator:
 * principals by account, role or session ARN, and the external id. A condition of another kind is not evaluated and never
 * holds: what cannot be decided is refused.
 */
export function trusts(policy: TrustPolicy, caller: Caller, externalId: string | undefined): boolean {
  const applicable = listOf(policy.Statement).filter((statement) => applies(statement, caller, externalId));
  return applicable.some(({ Effect }) => Effect === 'Allow') && !applicable.some(({ Effect }) => Effect === 'Deny');
}

function applies(statement: TrustStatement, caller: Caller, externalId: string | undefined): boolean {
  return listOf(statement.Action).some((action) => ['sts:AssumeRole', 'sts:*', '*'].includes(action))
    && namesCaller(statement.Principal, caller)
    && conditionHolds(statement.Condition, externalId);
}

function namesCaller(principal: TrustStatement['Principal'], caller: Caller): boolean {
  const named = principal === '*' ? ['*'] : listOf(principal?.AWS);
  const namesOfCaller = ['*', caller.accountId, `arn:aws:iam::${caller.accountId}:root`, caller.arn, caller.role?.arn];
  return named.some((name) => namesOfCaller.includes(name));
}

function conditionHolds(condition: TrustStatement['Condition'], externalId: string | undefined): boolean {
  return Object.entries(condition ?? {}).every(([operator, keys]) => Object.entries(keys).every(([key, values]) =>
    operator === 'StringEquals' && key === 'sts:ExternalId' && externalId !== undefined && listOf(values).includes(externalId)));
}
