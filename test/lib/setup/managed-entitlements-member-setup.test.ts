import { ManagedEntitlementsMemberSetup, ManagedEntitlementsProvider } from '../../../lib';
import { propertiesOf, resourceOf, resourceTypesOf, stackIn } from '../synthesis';

const TYPE = 'Custom::ManagedEntitlementsMemberSetup';

test('the setup of a member account is one resource and what answers it', () => {
  const stack = stackIn();
  new ManagedEntitlementsMemberSetup(stack, 'Setup');
  expect(resourceTypesOf(stack)).toEqual(['AWS::IAM::Role', 'AWS::Lambda::Function', 'AWS::Logs::LogGroup', TYPE]);
  expect(propertiesOf(stack, TYPE)).toEqual({});
});

test('the roles of a member account stay when the stack goes', () => {
  const stack = stackIn();
  new ManagedEntitlementsMemberSetup(stack, 'Setup');
  expect(resourceOf(stack, TYPE)).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
});

test('the setup of a member account is run by the provider that was passed', () => {
  const stack = stackIn();
  new ManagedEntitlementsMemberSetup(stack, 'Setup', { provider: new ManagedEntitlementsProvider(stack, 'Provider', { memorySize: 512 }) });
  expect(resourceOf(stack, 'AWS::Lambda::Function').Properties.MemorySize).toBe(512);
});
