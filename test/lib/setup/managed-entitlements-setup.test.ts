import { RemovalPolicy } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ManagedEntitlementsProvider, ManagedEntitlementsSetup } from '../../../lib';
import { propertiesOf, resourceOf, resourceTypesOf, stackIn } from '../synthesis';

const TYPE = 'Custom::ManagedEntitlementsSetup';

test('a setup is one resource and what answers it', () => {
  const stack = stackIn();
  new ManagedEntitlementsSetup(stack, 'Setup');
  expect(resourceTypesOf(stack)).toEqual(['AWS::IAM::Role', 'AWS::Lambda::Function', 'AWS::Logs::LogGroup', TYPE]);
  expect(propertiesOf(stack, TYPE)).toEqual({});
});

test('a setup registers the delegated administrator it is given', () => {
  const stack = stackIn();
  new ManagedEntitlementsSetup(stack, 'Setup', { delegatedAdministrator: '333333333333' });
  expect(propertiesOf(stack, TYPE)).toEqual({ DelegatedAdministrator: '333333333333' });
});

test.each(['33333333333', 'arn:aws:iam::333333333333:root', ''])('a delegated administrator cannot be %j', (delegatedAdministrator) => {
  expect(() => new ManagedEntitlementsSetup(stackIn(), 'Setup', { delegatedAdministrator }))
    .toThrow(`\`delegatedAdministrator\` must be an account id of 12 digits, got '${delegatedAdministrator}'`);
});

test.each([
  ['stays by default', undefined, 'Retain'],
  ['stays', RemovalPolicy.RETAIN, 'Retain'],
  ['is undone if asked to', RemovalPolicy.DESTROY, 'Delete'],
])('when the stack goes, the setup %s', (_, removalPolicy, expected) => {
  const stack = stackIn();
  new ManagedEntitlementsSetup(stack, 'Setup', { removalPolicy });
  expect(resourceOf(stack, TYPE)).toMatchObject({ DeletionPolicy: expected, UpdateReplacePolicy: expected });
});

test('the attributes of a setup are those that the handler answers with', () => {
  const stack = stackIn();
  const setup = new ManagedEntitlementsSetup(stack, 'Setup');
  const logicalId = Object.keys(Template.fromStack(stack).findResources(TYPE))[0];
  expect(stack.resolve([setup.featureSet, setup.organizationId, setup.organizationArn, setup.managementAccountId])).toEqual(
    ['FeatureSet', 'OrganizationId', 'OrganizationArn', 'ManagementAccountId'].map((name) => ({ 'Fn::GetAtt': [logicalId, name] })),
  );
});

test('a setup is run by the provider that was passed', () => {
  const stack = stackIn();
  new ManagedEntitlementsSetup(stack, 'Setup', { provider: new ManagedEntitlementsProvider(stack, 'Provider', { memorySize: 512 }) });
  expect(resourceOf(stack, 'AWS::Lambda::Function').Properties.MemorySize).toBe(512);
});
