import { CfnParameter, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Role } from 'aws-cdk-lib/aws-iam';
import { GRANT_TYPE, grantIn, LICENSE_TYPE, propertiesOf, resourceOf, stackIn } from './synthesis';
import {
  AllowedOperation,
  GrantAcceptance,
  GrantActivation,
  GrantCompletion,
  Grantee,
  ManagedEntitlementsProvider,
  ManagedEntitlementsSetup,
  MarketplaceLicense,
  MarketplaceLicenseGrant,
} from '../../lib';

/*
 * A value that is known at deployment only is passed through; the handlers check it.
 */
function text(stack: Stack, id: string): string {
  return new CfnParameter(stack, id).valueAsString;
}

function number(stack: Stack, id: string): number {
  return new CfnParameter(stack, id, { type: 'Number' }).valueAsNumber;
}

test('every property of a grant can be a token', () => {
  const stack = stackIn();
  grantIn(stack, {
    license: MarketplaceLicense.fromLicenseArn(stack, 'Imported', text(stack, 'LicenseArn'), { homeRegion: text(stack, 'HomeRegion') }),
    grantee: Grantee.account(text(stack, 'Account')),
    grantName: text(stack, 'GrantName'),
    activation: GrantActivation.active({ reason: text(stack, 'ActivationReason') }),
    acceptance: GrantAcceptance.assumingRole({
      role: Role.fromRoleArn(stack, 'Role', text(stack, 'RoleArn')), externalId: text(stack, 'ExternalId'),
    }),
    allowedOperations: [AllowedOperation.of(text(stack, 'Operation')), AllowedOperation.of(text(stack, 'OtherOperation'))],
    tags: { [text(stack, 'TagKey')]: text(stack, 'TagValue') },
    deletionReason: text(stack, 'DeletionReason'),
    completion: GrantCompletion.required({ within: Duration.seconds(number(stack, 'Seconds')) }),
  });
  expect(propertiesOf(stack, GRANT_TYPE)).toEqual({
    LicenseArn: { Ref: 'LicenseArn' },
    HomeRegion: { Ref: 'HomeRegion' },
    Grantee: { Kind: 'ACCOUNT', Identifier: { Ref: 'Account' } },
    GrantName: { Ref: 'GrantName' },
    Activation: { Mode: 'ACTIVE', Reason: { Ref: 'ActivationReason' } },
    Acceptance: { Mode: 'ASSUMING_ROLE', RoleArn: { Ref: 'RoleArn' }, ExternalId: { Ref: 'ExternalId' } },
    AllowedOperations: [{ Ref: 'Operation' }, { Ref: 'OtherOperation' }],
    Tags: [{ Key: { Ref: 'TagKey' }, Value: { Ref: 'TagValue' } }],
    DeletionReason: { Ref: 'DeletionReason' },
    SettleWithinSeconds: { Ref: 'Seconds' },
  });
});

test('accounts of an activation can be tokens, in a list or as one', () => {
  const stack = stackIn();
  const all = new CfnParameter(stack, 'All', { type: 'CommaDelimitedList' }).valueAsList;
  grantIn(stack, { grantee: Grantee.organization(), activation: GrantActivation.active({ except: [text(stack, 'One'), '222222222222'] }) });
  new MarketplaceLicenseGrant(stack, 'Other', {
    license: MarketplaceLicense.fromProductSku(stack, 'Product', 'sku-1'), grantee: Grantee.organization(), activation: GrantActivation.active({ only: all }),
  });
  const activations = Object.values(Template.fromStack(stack).findResources(GRANT_TYPE)).map(({ Properties }) => Properties.Activation);
  expect(activations).toEqual([{ Mode: 'ACTIVE', Except: [{ Ref: 'One' }, '222222222222'] }, { Mode: 'ACTIVE', Only: { Ref: 'All' } }]);
});

test('the length of a tag is not that of the token that stands for it', () => {
  const stack = stackIn();
  const key = `TagKey${'x'.repeat(128)}`;
  const value = `Value${'x'.repeat(250)}`;
  grantIn(stack, { tags: { [text(stack, key)]: text(stack, value) } });
  expect(propertiesOf(stack, GRANT_TYPE).Tags).toEqual([{ Key: { Ref: key }, Value: { Ref: value } }]);
});

test.each<[string, (token: string) => Grantee, string]>([
  ['organization', (token) => Grantee.organization(token), 'ORGANIZATION'],
  ['organizational unit', (token) => Grantee.organizationalUnit(token), 'ORGANIZATIONAL_UNIT'],
])('an %s can be a token', (_, grantee, kind) => {
  const stack = stackIn();
  grantIn(stack, { grantee: grantee(text(stack, 'Identifier')) });
  expect(propertiesOf(stack, GRANT_TYPE).Grantee).toEqual({ Kind: kind, Identifier: { Ref: 'Identifier' } });
});

test('an ARN can have a token within', () => {
  const stack = stackIn();
  grantIn(stack, { grantee: Grantee.account(`arn:${stack.partition}:iam::${text(stack, 'Account')}:root`) });
  expect(propertiesOf(stack, GRANT_TYPE).Grantee).toMatchObject({
    Identifier: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::', { Ref: 'Account' }, ':root']] },
  });
});

test('the SKU of a product can be a token', () => {
  const stack = stackIn();
  MarketplaceLicense.fromProductSku(stack, 'Linux', text(stack, 'Sku'), { homeRegion: text(stack, 'HomeRegion') });
  expect(propertiesOf(stack, LICENSE_TYPE)).toEqual({ ProductSku: { Ref: 'Sku' }, HomeRegion: { Ref: 'HomeRegion' } });
});

test('the delegated administrator can be a token, and so can the memory of a function', () => {
  const stack = stackIn();
  new ManagedEntitlementsSetup(stack, 'Setup', {
    delegatedAdministrator: text(stack, 'Administrator'),
    provider: new ManagedEntitlementsProvider(stack, 'Provider', { memorySize: number(stack, 'Memory') }),
  });
  expect(propertiesOf(stack, 'Custom::ManagedEntitlementsSetup')).toEqual({ DelegatedAdministrator: { Ref: 'Administrator' } });
  expect(resourceOf(stack, 'AWS::Lambda::Function').Properties.MemorySize).toEqual({ Ref: 'Memory' });
});
