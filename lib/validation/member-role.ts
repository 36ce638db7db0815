import { Aws, Token } from 'aws-cdk-lib';

/** `roleNameType`: https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
const ROLE_NAME = /^[\w+=,.@-]{1,64}$/;

/**
 * Roles that nobody else may make or change under the control "Disallow Changes to AWS IAM Roles Set Up by AWS Control Tower and AWS
 * CloudFormation": https://docs.aws.amazon.com/controltower/latest/controlreference/mandatory-controls.html
 */
const GUARDED_ROLE_NAMES = [/^aws-controltower-/, /AWSControlTower/, /^stacksets-exec-/];

const ROLE_ARN = /^arn:aws[a-z-]*:iam::(\d{12}):role\/.+$/;

/** `externalIdType`: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
const EXTERNAL_ID = /^[\w+=,.@:/-]{2,1224}$/;

export function requireRoleName(property: string, value: string | undefined): void {
  if (isKnown(value) && !ROLE_NAME.test(value)) {
    throw new Error(
      `\`${property}\` must have 1 to 64 letters, digits and characters of +=,.@-_, got '${value}'${cureForName(value)}`);
  }
}

export function requireUnguardedRoleName(property: string, value: string | undefined): void {
  if (isKnown(value) && GUARDED_ROLE_NAMES.some((pattern) => pattern.test(value))) {
    throw new Error(
      `\`${property}\` must not be one that AWS Control Tower reserves (aws-controltower-*, *AWSControlTower*, stacksets-exec-*), got '${value}'; `
      + 'its controls would keep the role from being made or changed',
    );
  }
}

export function requireExternalId(property: string, value: string | undefined): void {
  if (isKnown(value) && !EXTERNAL_ID.test(value)) {
    throw new Error(`\`${property}\` must have 2 to 1224 letters, digits and characters of +=,.@:/-_, got '${value}'`);
  }
}

/** A role that accepts a grant is in the account that the grant is for. */
export function requireAccountOfRole(roleArn: string, accountId: string): void {
  if (Token.isUnresolved(roleArn)) {
    return;
  }
  const match = ROLE_ARN.exec(roleArn);
  if (!match) {
    throw new Error(`the ARN of a role must look like arn:aws:iam::222222222222:role/EntitlementsMember, got '${roleArn}'`);
  }
  if (!Token.isUnresolved(accountId) && match[1] !== accountId) {
    throw new Error(
      `\`role\` must be in the account of the grantee, ${accountId}, got ${roleArn}; only the grantee can accept a grant, so name a role there`);
  }
}

/**
 * The account of the grantor's role stands in the role that trusts it, where `AWS::AccountId` would mean the member's. A role that was imported by its
 * name alone is taken to be in the account of the stack it was imported to.
 */
export function requireAccountOfGrantor(account: string, memberAccount: string): void {
  const problem = account === Aws.ACCOUNT_ID ? 'one whose account is not known' : `one in that of the member, ${account}`;
  if (account === Aws.ACCOUNT_ID || account === memberAccount) {
    throw new Error(
      `\`grantorRole\` must be in the account of the grantor, got ${problem}; pass it with Role.fromRoleArn(), or give the grantor's stack an \`env\` `
      + 'with its account',
    );
  }
}

function isKnown(value: string | undefined): value is string {
  return value !== undefined && !Token.isUnresolved(value);
}

function cureForName(value: string): string {
  return value.startsWith('arn:') || value.includes('/')
    ? '; pass a role with a path, or by its ARN, as `role` with Role.fromRoleArn()'
    : '';
}
