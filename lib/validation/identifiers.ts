import { Token } from 'aws-cdk-lib';

/*
 * The shapes of ids and ARNs that the services document. A token is checked by the handler, at deployment.
 *
 * https://docs.aws.amazon.com/organizations/latest/APIReference/API_Organization.html
 * https://docs.aws.amazon.com/organizations/latest/APIReference/API_OrganizationalUnit.html
 * https://docs.aws.amazon.com/license-manager/latest/userguide/distribute-entitlement.html
 */
const ACCOUNT_ID = '\\d{12}';
const ORGANIZATION_ID = 'o-[a-z0-9]{10,32}';
const ORGANIZATIONAL_UNIT_ID = 'ou-[a-z0-9]{4,32}-[a-z0-9]{8,32}';
const PARTITION = 'aws[a-z-]*';

const ACCOUNT = exactly(ACCOUNT_ID, `arn:${PARTITION}:iam::${ACCOUNT_ID}:root`);
const ORGANIZATION = exactly(ORGANIZATION_ID, `arn:${PARTITION}:organizations::${ACCOUNT_ID}:organization/${ORGANIZATION_ID}`);
const ORGANIZATIONAL_UNIT = exactly(
  ORGANIZATIONAL_UNIT_ID,
  `arn:${PARTITION}:organizations::${ACCOUNT_ID}:ou/${ORGANIZATION_ID}/${ORGANIZATIONAL_UNIT_ID}`,
);

export function requireAccountId(property: string, value: string | undefined): void {
  requireMatch(value, exactly(ACCOUNT_ID), (got) => `\`${property}\` must be an account id of 12 digits, got '${got}'`);
}

export function requireOrganizationId(property: string, value: string): void {
  requireMatch(value, exactly(ORGANIZATION_ID), (got) => `\`${property}\` must be the id of an organization like o-exampleorgid, got '${got}'`);
}

export function requireAccount(value: string): void {
  requireMatch(value, ACCOUNT, (got) =>
    '`Grantee.account()` takes an account id of 12 digits or an ARN like arn:aws:iam::111122223333:root, '
    + `got '${got}'${cureForAccount(got)}`);
}

export function requireOrganization(value: string | undefined): void {
  requireMatch(value, ORGANIZATION, (got) =>
    '`Grantee.organization()` takes an id like o-exampleorgid or an ARN like '
    + `arn:aws:organizations::111122223333:organization/o-exampleorgid, got '${got}'; `
    + 'without an argument it is the organization that the stack\'s account is in');
}

export function requireOrganizationalUnit(value: string): void {
  requireMatch(value, ORGANIZATIONAL_UNIT, (got) =>
    '`Grantee.organizationalUnit()` takes an id like ou-ab12-11111111 or an ARN like '
    + `arn:aws:organizations::111122223333:ou/o-exampleorgid/ou-ab12-11111111, got '${got}'${cureForOrganizationalUnit(got)}`);
}

function cureForAccount(got: string): string {
  if (/:(role|user|group|assumed-role)\//.test(got)) {
    return '; a license is granted to a whole account, not to a user or role in it';
  }
  if (/^ou?-|:(organization|ou)\//.test(got)) {
    return '; for an organization or an organizational unit there are Grantee.organization() and Grantee.organizationalUnit()';
  }
  return '';
}

function cureForOrganizationalUnit(got: string): string {
  return /^r-|:root\//.test(got) ? '; for every account there is Grantee.organization()' : '';
}

function requireMatch(value: string | undefined, shape: RegExp, message: (got: string) => string): void {
  if (value !== undefined && !Token.isUnresolved(value) && !shape.test(value)) {
    throw new Error(message(value));
  }
}

function exactly(...alternatives: string[]): RegExp {
  return new RegExp(`^(?:${alternatives.join('|')})$`);
}
