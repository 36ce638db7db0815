import { Token } from 'aws-cdk-lib';
import { requireAccountId } from './identifiers';
import { ActivationProperties, GranteeProperties } from '../grant/grant-properties';

/** Accounts are kept out of an activation, or activated alone: one of the two. A list that is a token is checked by the handler. */
export function requireAccountSelection(except: string[] | undefined, only: string[] | undefined): void {
  if (except && only) {
    throw new Error('`except` and `only` exclude each other, got both; name the accounts to keep out in `except`, or those to activate in `only`');
  }
  if (only && !Token.isUnresolved(only) && only.length === 0) {
    throw new Error('`only` must name at least one account, got an empty list; GrantActivation.disabled() activates none');
  }
  requireAccountIds('except', except);
  requireAccountIds('only', only);
}

/** A grant to one account has no others that it could leave out or report. */
export function requireGroupForSelection(activation: ActivationProperties, grantee: GranteeProperties): void {
  const options: [string, unknown][] = [['except', activation.Except], ['only', activation.Only], ['onConflict', activation.OnConflict]];
  const [option] = options.find(([, value]) => value !== undefined) ?? [];
  if (option && grantee.Kind === 'ACCOUNT') {
    throw new Error(
      `\`activation.${option}\` is for grants to an organization or an organizational unit, got it for a grant to one account; leave it out`,
    );
  }
}

function requireAccountIds(property: string, accountIds: string[] | undefined): void {
  if (accountIds && !Token.isUnresolved(accountIds)) {
    accountIds.forEach((accountId) => requireAccountId(`activation.${property}`, accountId));
  }
}
