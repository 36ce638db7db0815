import { AllowedOperation } from '../../../lib';
import { GRANT_TYPE, grantIn, propertiesOf, stackIn } from '../synthesis';

test('the operations have the names that License Manager gives them', () => {
  const stack = stackIn();
  const { CHECKOUT_LICENSE, CHECKOUT_BORROW_LICENSE, CHECK_IN_LICENSE, EXTEND_CONSUMPTION_LICENSE, LIST_PURCHASED_LICENSES, CREATE_TOKEN } =
    AllowedOperation;
  grantIn(stack, {
    allowedOperations: [
      CHECKOUT_LICENSE, CHECKOUT_BORROW_LICENSE, CHECK_IN_LICENSE, EXTEND_CONSUMPTION_LICENSE, LIST_PURCHASED_LICENSES, CREATE_TOKEN,
    ],
  });
  expect(propertiesOf(stack, GRANT_TYPE).AllowedOperations).toEqual([
    'CheckoutLicense', 'CheckoutBorrowLicense', 'CheckInLicense', 'ExtendConsumptionLicense', 'ListPurchasedLicenses', 'CreateToken',
  ]);
});

test.each([
  ['none', [], '`allowedOperations` must have 1 to 8 operations, got 0; without it the grant allows what the license allows'],
  ['nine', 'ABCDEFGHI'.split(''), '`allowedOperations` must have 1 to 8 operations, got 9; '],
  [
    'CreateGrant',
    ['CheckoutLicense', 'CreateGrant'],
    '`allowedOperations` must not have CreateGrant, got [CheckoutLicense,CreateGrant]; only the holder of a Marketplace license can grant it',
  ],
  [
    'one of them twice',
    ['CheckoutLicense', 'CheckoutLicense'],
    '`allowedOperations` must not repeat an operation, got [CheckoutLicense,CheckoutLicense]; name each once',
  ],
])('a grant cannot allow %s', (_, names, message) => {
  expect(() => grantIn(stackIn(), { allowedOperations: names.map((name) => AllowedOperation.of(name)) })).toThrow(message);
});
