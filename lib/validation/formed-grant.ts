import { Stack, Token } from 'aws-cdk-lib';
import { CfnGrant } from 'aws-cdk-lib/aws-licensemanager';
import { ActivationProperties } from '../grant/grant-properties';

/** Grants to organizations and organizational units have ARNs of AWS Organizations. */
const ACCOUNT = /^arn:[^:]*:iam::\d{12}:root$/;

/** Whether a grant that AWS CloudFormation makes is to an account and to nobody else, as far as synthesis can tell. */
export function isToAccount({ principals = [] }: CfnGrant): boolean {
  return principals.length > 0 && !Token.isUnresolved(principals) && principals.every((principal) => ACCOUNT.test(principal));
}

/** What an activation, with the permissions that its function was given, cannot do for a grant as it is in the end. */
export function unfitForActivation(grant: CfnGrant, { OnConflict }: ActivationProperties, mayReadAccounts: boolean): string[] {
  return [
    ...statusDecidedTwice(grant), ...madeAwayFromHome(grant), ...unreadAccounts(grant, mayReadAccounts), ...conflictInOneAccount(grant, OnConflict),
  ];
}

/** Two would decide about it, and the last one would win. */
function statusDecidedTwice({ status }: CfnGrant): string[] {
  return status === undefined ? [] : [`\`status\` is '${status}', and GrantActivationMixin sets it as well; leave \`status\` out`];
}

/** AWS CloudFormation makes grants in the Region of the stack, and License Manager takes them in their home Region only. */
function madeAwayFromHome(grant: CfnGrant): string[] {
  const { region } = Stack.of(grant);
  const { homeRegion = region } = grant;
  return homeRegion === region || Token.isUnresolved(homeRegion) || Token.isUnresolved(region) ? [] : [
    `\`homeRegion\` must be the Region of the stack, ${region}, in which AWS CloudFormation makes the grant, got '${homeRegion}'; `
    + `make the grant in a stack in ${homeRegion}, or use MarketplaceLicenseGrant`,
  ];
}

function unreadAccounts(grant: CfnGrant, mayReadAccounts: boolean): string[] {
  return isToAccount(grant) || mayReadAccounts ? [] : [
    '`principals` must be set before GrantActivationMixin is applied: it was for an account then, '
    + 'so that its function may not read the grants of others, got others later; apply the mixin last',
  ];
}

function conflictInOneAccount(grant: CfnGrant, onConflict: string | undefined): string[] {
  return onConflict !== undefined && isToAccount(grant)
    ? ['`activation.onConflict` is for grants to an organization or an organizational unit, got it for a grant to one account; leave it out']
    : [];
}
