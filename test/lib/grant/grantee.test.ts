import { Aws, CfnParameter } from 'aws-cdk-lib';
import { Grantee } from '../../../lib';
import { GRANT_TYPE, grantIn, propertiesOf, stackIn } from '../synthesis';

const ORGANIZATION_ARN = 'arn:aws:organizations::111111111111:organization/o-exampleorg1';
const ORGANIZATIONAL_UNIT_ARN = 'arn:aws:organizations::111111111111:ou/o-exampleorg1/ou-ex01-workprod';

describe('a grantee is', () => {
  test.each<[string, () => Grantee, object]>([
    ['an account by its id', () => Grantee.account('222222222222'), { Kind: 'ACCOUNT', Identifier: '222222222222' }],
    [
      'an account by its ARN',
      () => Grantee.account('arn:aws:iam::222222222222:root'),
      { Kind: 'ACCOUNT', Identifier: 'arn:aws:iam::222222222222:root' },
    ],
    ['the organization that the account is in', () => Grantee.organization(), { Kind: 'ORGANIZATION' }],
    ['an organization by its id', () => Grantee.organization('o-exampleorg1'), { Kind: 'ORGANIZATION', Identifier: 'o-exampleorg1' }],
    ['an organization by its ARN', () => Grantee.organization(ORGANIZATION_ARN), { Kind: 'ORGANIZATION', Identifier: ORGANIZATION_ARN }],
    [
      'an organizational unit by its id',
      () => Grantee.organizationalUnit('ou-ex01-workprod'),
      { Kind: 'ORGANIZATIONAL_UNIT', Identifier: 'ou-ex01-workprod' },
    ],
    [
      'an organizational unit by its ARN',
      () => Grantee.organizationalUnit(ORGANIZATIONAL_UNIT_ARN),
      { Kind: 'ORGANIZATIONAL_UNIT', Identifier: ORGANIZATIONAL_UNIT_ARN },
    ],
  ])('%s', (_, grantee, expected) => {
    const stack = stackIn();
    grantIn(stack, { grantee: grantee() });
    expect(propertiesOf(stack, GRANT_TYPE).Grantee).toEqual(expected);
  });
});

describe('the grantee of a stack', () => {
  const ENV = { account: '111111111111', region: 'us-east-1' };

  test.each([
    ['by its id', '111111111111', ENV],
    ['by its ARN', 'arn:aws:iam::111111111111:root', ENV],
    ['by its id that shows at deployment', Aws.ACCOUNT_ID, undefined],
    ['by its ARN that shows at deployment', `arn:aws:iam::${Aws.ACCOUNT_ID}:root`, undefined],
  ])('cannot be its own account, %s', (_, account, env) => {
    expect(() => grantIn(stackIn(env), { grantee: Grantee.account(account) })).toThrow(
      '`grantee` must be another account than that of the stack, which holds the license itself, got the same; name an account that is to receive it');
  });

  test('can be an account that shows at deployment', () => {
    const stack = stackIn(ENV);
    grantIn(stack, { grantee: Grantee.account(new CfnParameter(stack, 'Account').valueAsString) });
    expect(propertiesOf(stack, GRANT_TYPE).Grantee).toEqual({ Kind: 'ACCOUNT', Identifier: { Ref: 'Account' } });
  });
});

describe('an account cannot be', () => {
  const rule = '`Grantee.account()` takes an account id of 12 digits or an ARN like arn:aws:iam::111122223333:root, got ';

  test.each([
    ['22222222222', rule + "'22222222222'"],
    ['2222-2222-2222', rule + "'2222-2222-2222'"],
    ['x222222222222', rule + "'x222222222222'"],
    ['', rule + "''"],
    ['arn:aws:iam::222222222222:role/Admin', rule + "'arn:aws:iam::222222222222:role/Admin'; a license is granted to a whole account, not to a user or role in it"],
    ['arn:aws:iam::222222222222:user/me', rule + "'arn:aws:iam::222222222222:user/me'; a license is granted to a whole account, not to a user or role in it"],
    ['arn:aws:iam:us-east-1:222222222222:root', rule + "'arn:aws:iam:us-east-1:222222222222:root'"],
    ['arn:aws:organizations::111111111111:account/o-exampleorg1/222222222222', rule],
    ['o-exampleorg1', rule + "'o-exampleorg1'; for an organization or an organizational unit there are Grantee.organization() and Grantee.organizationalUnit()"],
    [ORGANIZATIONAL_UNIT_ARN, '; for an organization or an organizational unit there are Grantee.organization() and Grantee.organizationalUnit()'],
  ])('%j', (account, message) => {
    expect(() => Grantee.account(account)).toThrow(message);
  });
});

describe('an organization cannot be', () => {
  test.each(['o-short', 'O-EXAMPLEORG1', 'o-exampleorg1 ', 'r-ex01', ORGANIZATIONAL_UNIT_ARN, `${ORGANIZATION_ARN}/extra`])('%j', (organization) => {
    expect(() => Grantee.organization(organization)).toThrow(
      '`Grantee.organization()` takes an id like o-exampleorgid or an ARN like arn:aws:organizations::111122223333:organization/o-exampleorgid, '
      + `got '${organization}'; without an argument it is the organization that the stack's account is in`,
    );
  });
});

describe('an organizational unit cannot be', () => {
  test.each([
    ['ou-ex01', "got 'ou-ex01'"],
    ['ou-ex01-WORKPROD', "got 'ou-ex01-WORKPROD'"],
    ['arn:aws:organizations::111111111111:ou/ou-ex01-workprod', "got 'arn:aws:organizations::111111111111:ou/ou-ex01-workprod'"],
    ['r-ex01', "got 'r-ex01'; for every account there is Grantee.organization()"],
    ['arn:aws:organizations::111111111111:root/o-exampleorg1/r-ex01', '; for every account there is Grantee.organization()'],
  ])('%j', (organizationalUnit, message) => {
    expect(() => Grantee.organizationalUnit(organizationalUnit)).toThrow('`Grantee.organizationalUnit()` takes an id like ou-ab12-11111111 or an ARN like ');
    expect(() => Grantee.organizationalUnit(organizationalUnit)).toThrow(message);
  });
});
