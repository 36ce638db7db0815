import type { ActivationProperties } from '../../../lib/grant/grant-properties';
import { Failure } from '../../domain/failure';
import type { AccountSelection } from '../../domain/grant/account-selection';
import type { Activation } from '../../domain/grant/grant-spec';

const ACCOUNT_ID = /^\d{12}$/;

/** What the template could not be checked for, since a list may have been a token. */
export function checkAccountLists({ Except = [], Only }: ActivationProperties, asked: string): void {
  if (Except.length > 0 && Only) {
    throw new Failure(asked, '`except` and `only` exclude each other', 'name the accounts to keep out in `except`, or those to activate in `only`');
  }
  if (Only?.length === 0) {
    throw new Failure(asked, '`only` names no account', 'name at least one; GrantActivation.disabled() activates none');
  }
  const [wrong] = [...Except, ...Only ?? []].filter((accountId) => !ACCOUNT_ID.test(accountId));
  if (wrong !== undefined) {
    throw new Failure(asked, `'${wrong}' in \`except\` or \`only\` is not an account id`, 'write account ids of 12 digits');
  }
}

/** @param before the activation of the last deployment, nothing for a new grant */
export function specifyActivation(activation: ActivationProperties, before: ActivationProperties | undefined, accountId: string): Activation {
  const { Mode, Override, Reason, OnConflict } = activation;
  const accounts = selectAccounts(activation, [...before?.Except ?? [], ...before?.Only ?? [], accountId]);
  const becomesWhole = accounts === undefined && before !== undefined && selectAccounts(before, []) !== undefined;
  return {
    mode: Mode,
    override: Override,
    reason: Reason,
    changed: !before || before.Mode !== Mode || before.Override !== Override || before.Reason !== Reason || becomesWhole,
    onConflict: OnConflict,
    accounts,
  };
}

/** The accounts in which a grant is to be active again that was so before, whichever of them are still there. */
export function accountsActiveBefore(activation: ActivationProperties | undefined): AccountSelection | undefined {
  return activation && selectAccounts(activation, [...activation.Except ?? [], ...activation.Only ?? []]);
}

function selectAccounts({ Except = [], Only }: ActivationProperties, mayBeMissing: readonly string[]): AccountSelection | undefined {
  if (Only) {
    return { kind: 'ONLY', accountIds: Only, mayBeMissing };
  }
  return Except.length > 0 ? { kind: 'EXCEPT', accountIds: Except, mayBeMissing } : undefined;
}
