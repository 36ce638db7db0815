import { Caller } from '../../wire/caller';
import { TrustPolicy, TrustStatement } from '../iam/roles';

/**
 * Whether a trust policy lets the caller assume its role: principals by account, role or session ARN, and the external
 * id. A condition of another kind is not evaluated and never holds: what cannot be decided is refused.
 */
export function trusts(policy: TrustPolicy, caller: Caller, externalId: string | undefined): boolean {
  const applicable = policy.Statement.filter((statement) => applies(statement, caller, externalId));
  return applicable.some(({ Effect }) => Effect === 'Allow') && !applicable.some(({ Effect }) => Effect === 'Deny');
}

function applies(statement: TrustStatement, caller: Caller, externalId: string | undefined): boolean {
  return texts(statement.Action).some((action) => ['sts:AssumeRole', 'sts:*', '*'].includes(action))
    && namesCaller(statement.Principal, caller)
    && conditionHolds(statement.Condition, externalId);
}

function namesCaller(principal: TrustStatement['Principal'], caller: Caller): boolean {
  const named = principal === '*' ? ['*'] : texts(principal?.AWS);
  const namesOfCaller = ['*', caller.accountId, `arn:aws:iam::${caller.accountId}:root`, caller.arn, caller.role?.arn];
  return named.some((name) => namesOfCaller.includes(name));
}

function conditionHolds(condition: TrustStatement['Condition'], externalId: string | undefined): boolean {
  return Object.entries(condition ?? {}).every(([operator, keys]) => Object.entries(keys).every(([key, values]) =>
    operator === 'StringEquals' && key === 'sts:ExternalId' && externalId !== undefined && texts(values).includes(externalId)));
}

function texts(value: string | readonly string[] | undefined): readonly string[] {
  return value === undefined ? [] : typeof value === 'string' ? [value] : value;
}
