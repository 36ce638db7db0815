import { CfnParameter, Stack } from 'aws-cdk-lib';
import { Role } from 'aws-cdk-lib/aws-iam';
import { GrantAcceptance, GrantActivation, Grantee, MarketplaceLicenseGrantProps } from '../../../lib';
import { GRANT_TYPE, grantIn, propertiesOf, stackIn } from '../synthesis';

const ROLE_ARN = 'arn:aws:iam::222222222222:role/path/Member';

function acceptanceIn(props: (stack: Stack) => Partial<MarketplaceLicenseGrantProps>): unknown {
  const stack = stackIn();
  grantIn(stack, props(stack));
  return propertiesOf(stack, GRANT_TYPE).Acceptance;
}

function acceptedBy(stack: Stack, roleArn: string): GrantAcceptance {
  return GrantAcceptance.assumingRole({ role: Role.fromRoleArn(stack, 'Member', roleArn) });
}

describe('a grant is accepted', () => {
  test.each([
    ['automatically if nothing is said', undefined, undefined],
    ['automatically', GrantAcceptance.automatic(), undefined],
    ['by its grantee', GrantAcceptance.byGrantee(), { Mode: 'BY_GRANTEE' }],
  ])('%s', (_, acceptance, expected) => {
    expect(acceptanceIn(() => ({ acceptance }))).toEqual(expected);
  });

  test.each([
    ['by those who activate it if nothing is said', undefined, undefined],
    ['automatically, for others to activate it', GrantAcceptance.automatic(), { Mode: 'AUTOMATIC' }],
  ])('%s', (_, acceptance, expected) => {
    expect(acceptanceIn(() => ({ acceptance, activation: GrantActivation.byGrantee() }))).toEqual(expected);
  });

  test('with a role', () => {
    expect(acceptanceIn((stack) => ({ acceptance: acceptedBy(stack, ROLE_ARN) }))).toEqual({ Mode: 'ASSUMING_ROLE', RoleArn: ROLE_ARN });
  });

  test('with a role that asks for an external id', () => {
    const acceptance = GrantAcceptance.assumingRole({ roleName: 'Member', externalId: 'licenses' });
    expect(acceptanceIn(() => ({ acceptance }))).toMatchObject({ ExternalId: 'licenses' });
  });
});

describe('a role that is named is in the account of the grantee', () => {
  const acceptance = GrantAcceptance.assumingRole({ roleName: 'Member' });
  const roleArn = (account: unknown[]) => ({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ...account]] });

  test.each(['222222222222', 'arn:aws:iam::222222222222:root'])('that is %s', (account) => {
    expect(acceptanceIn(() => ({ acceptance, grantee: Grantee.account(account) })))
      .toMatchObject({ RoleArn: roleArn([':iam::222222222222:role/Member']) });
  });

  test.each([
    ['an id', '222222222222'],
    ['an ARN', 'arn:aws:iam::222222222222:root'],
  ])('that shows at deployment only, as %s', (_, account) => {
    const { RoleArn } = acceptanceIn((stack) => ({
      acceptance, grantee: Grantee.account(new CfnParameter(stack, 'Account').valueAsString),
    })) as { RoleArn: object };
    expect(evaluate(RoleArn, { 'AWS::Partition': 'aws', 'Account': account })).toBe('arn:aws:iam::222222222222:role/Member');
  });
});

describe('there cannot be', () => {
  test.each<[string, (stack: Stack) => Partial<MarketplaceLicenseGrantProps>, string]>([
    [
      'a role and a name',
      (stack) => ({ acceptance: GrantAcceptance.assumingRole({ role: Role.fromRoleArn(stack, 'Member', ROLE_ARN), roleName: 'Member' }) }),
      'takes either `role` or `roleName`, got both; ',
    ],
    ['neither', () => ({ acceptance: GrantAcceptance.assumingRole({}) }), 'takes either `role` or `roleName`, got neither; '],
    [
      'an ARN as a name',
      () => ({ acceptance: GrantAcceptance.assumingRole({ roleName: ROLE_ARN }) }),
      `\`roleName\` must have 1 to 64 letters, digits and characters of +=,.@-_, got '${ROLE_ARN}'; pass a role with a path, or by its ARN, as \`role\``,
    ],
    ['a name with a space', () => ({ acceptance: GrantAcceptance.assumingRole({ roleName: 'A role' }) }), "got 'A role'"],
    [
      'an external id of one character',
      () => ({ acceptance: GrantAcceptance.assumingRole({ roleName: 'Member', externalId: 'x' }) }),
      "`externalId` must have 2 to 1224 letters, digits and characters of +=,.@:/-_, got 'x'",
    ],
    [
      'a role of another account',
      (stack) => ({ acceptance: acceptedBy(stack, 'arn:aws:iam::333333333333:role/Member') }),
      '`role` must be in the account of the grantee, 222222222222, got arn:aws:iam::333333333333:role/Member; only the grantee can accept a grant',
    ],
    [
      'a role for many accounts',
      () => ({ acceptance: GrantAcceptance.assumingRole({ roleName: 'Member' }), grantee: Grantee.organization() }),
      '`GrantAcceptance.assumingRole()` is for a grant to one account, got a grantee of many accounts; ',
    ],
    [
      'a grantee that accepts for an organization',
      () => ({ acceptance: GrantAcceptance.byGrantee(), grantee: Grantee.organization() }),
      '`GrantAcceptance.byGrantee()` is for a grant to one account, got a grantee of many accounts; ',
    ],
    [
      'a grantee that accepts for a unit',
      () => ({ acceptance: GrantAcceptance.byGrantee(), grantee: Grantee.organizationalUnit('ou-ex01-workload') }),
      '`GrantAcceptance.byGrantee()` is for a grant to one account, got a grantee of many accounts; ',
    ],
  ])('%s', (_, props, message) => {
    expect(() => acceptanceIn(props)).toThrow(message);
  });
});

/** What AWS CloudFormation makes of such a value. */
function evaluate(value: any, parameters: Record<string, string>): any {
  if (Array.isArray(value)) return value.map((each) => evaluate(each, parameters));
  if (typeof value !== 'object') return value;
  const [[name, argument]] = Object.entries(value);
  const given = evaluate(argument, parameters) as any;
  switch (name) {
    case 'Ref': return parameters[given];
    case 'Fn::Join': return given[1].join(given[0]);
    case 'Fn::Split': return given[1].split(given[0]);
    default: return given[1][Number(given[0])];
  }
}
