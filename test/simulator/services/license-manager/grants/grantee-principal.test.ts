import { parseGranteePrincipal } from '../../../../../simulator/services/license-manager/grants/grantee-principal';

test('an account, an organization and an organizational unit are principals', () => {
  expect(parseGranteePrincipal('arn:aws:iam::222222222222:root')).toEqual({ kind: 'account', accountId: '222222222222' });
  expect(parseGranteePrincipal('arn:aws:organizations::111111111111:organization/o-exampleorg1'))
    .toEqual({ kind: 'organization', managementAccountId: '111111111111', organizationId: 'o-exampleorg1' });
  expect(parseGranteePrincipal('arn:aws:organizations::111111111111:ou/o-exampleorg1/ou-ex01-workload')).toEqual({
    kind: 'organizational-unit', managementAccountId: '111111111111', organizationId: 'o-exampleorg1', organizationalUnitId: 'ou-ex01-workload',
  });
});

test.each([
  'arn:aws:iam::222222222222:user/somebody',
  'arn:aws:iam::2222:root',
  'arn:aws:organizations::111111111111:ou/ou-ex01-workload',
  'arn:aws:organizations::111111111111:account/o-exampleorg1/222222222222',
  'o-exampleorg1',
])('%s is not a principal', (arn) => {
  expect(parseGranteePrincipal(arn)).toBeUndefined();
});
