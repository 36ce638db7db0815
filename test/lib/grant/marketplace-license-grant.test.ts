import { CfnResource, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CfnLicense } from 'aws-cdk-lib/aws-licensemanager';
import {
  ActivationOverride,
  AllowedOperation,
  GrantActivation,
  GrantCompletion,
  Grantee,
  MarketplaceLicense,
  MarketplaceLicenseGrant,
} from '../../../lib';
import { GRANT_TYPE, grantIn, LICENSE_ARN, licenseIn, propertiesOf, resourceOf, resourceTypesOf, stackIn } from '../synthesis';

describe('the resource of a grant', () => {
  test('says what is required and nothing else unless asked to', () => {
    const stack = stackIn();
    grantIn(stack);
    expect(propertiesOf(stack, GRANT_TYPE)).toEqual({
      LicenseArn: LICENSE_ARN,
      HomeRegion: 'us-east-1',
      Grantee: { Kind: 'ACCOUNT', Identifier: '222222222222' },
      GrantName: 'Entitlements-Grant-0BD73C3F',
      Activation: { Mode: 'ACTIVE' },
      SettleWithinSeconds: '600',
    });
  });

  test('says everything that was asked for', () => {
    const stack = stackIn();
    grantIn(stack, {
      grantee: Grantee.organization(),
      grantName: 'linux for payments',
      activation: GrantActivation.active({ override: ActivationOverride.ALL_GRANTS_PERMITTED_BY_ISSUER, reason: 'migration' }),
      allowedOperations: [AllowedOperation.CHECKOUT_LICENSE, AllowedOperation.of('TeleportLicense')],
      tags: { stage: 'prod' },
      deletionReason: 'contract ended',
      completion: GrantCompletion.required({ within: Duration.minutes(14) }),
    });
    expect(propertiesOf(stack, GRANT_TYPE)).toEqual({
      LicenseArn: LICENSE_ARN,
      HomeRegion: 'us-east-1',
      Grantee: { Kind: 'ORGANIZATION' },
      GrantName: 'linux for payments',
      Activation: { Mode: 'ACTIVE', Override: 'ALL_GRANTS_PERMITTED_BY_ISSUER', Reason: 'migration' },
      AllowedOperations: ['CheckoutLicense', 'TeleportLicense'],
      Tags: [{ Key: 'stage', Value: 'prod' }],
      DeletionReason: 'contract ended',
      SettleWithinSeconds: '840',
    });
  });

  test('waits for its function as long as that may run, and for Lambda to start it', () => {
    const stack = stackIn();
    grantIn(stack);
    const waits = Number(resourceOf(stack, GRANT_TYPE).Properties.ServiceTimeout);
    const runs = resourceOf(stack, 'AWS::Lambda::Function').Properties.Timeout;
    expect(runs).toBe(900);
    expect(waits).toBe(1020);
  });

  test('is the fifth of a stack that grants a license known by its ARN, with the lookup of it', () => {
    const stack = stackIn();
    const license = MarketplaceLicense.fromLicenseArn(stack, 'License', LICENSE_ARN);
    grantIn(stack, { license, grantName: license.productName });
    expect(resourceTypesOf(stack)).toEqual([
      'AWS::IAM::Role',
      'AWS::Lambda::Function',
      'AWS::Logs::LogGroup',
      'Custom::MarketplaceLicense',
      'Custom::MarketplaceLicenseGrant',
    ]);
  });
});

describe('the license of a grant', () => {
  test('is one that is looked up, in the home Region that it turns out to have', () => {
    const stack = stackIn();
    grantIn(stack, { license: MarketplaceLicense.fromProductSku(stack, 'Linux', 'sku-1') });
    const lookup = Object.keys(Template.fromStack(stack).findResources('Custom::MarketplaceLicense'))[0];
    expect(propertiesOf(stack, GRANT_TYPE)).toMatchObject({
      LicenseArn: { 'Fn::GetAtt': [lookup, 'LicenseArn'] },
      HomeRegion: { 'Fn::GetAtt': [lookup, 'HomeRegion'] },
    });
  });

  test('is one with a home Region of its own', () => {
    const stack = stackIn();
    grantIn(stack, { license: MarketplaceLicense.fromLicenseArn(stack, 'License', LICENSE_ARN, { homeRegion: 'eu-west-1' }) });
    expect(propertiesOf(stack, GRANT_TYPE)).toMatchObject({ HomeRegion: 'eu-west-1' });
  });

  test('is one that the stack issues itself, in the home Region it issues it in', () => {
    const stack = stackIn();
    grantIn(stack, { license: issuedLicense(stack, 'eu-central-1') });
    expect(propertiesOf(stack, GRANT_TYPE)).toMatchObject({ LicenseArn: { Ref: 'Issued' }, HomeRegion: 'eu-central-1' });
  });

  test('is any other reference to one, taken for a license of AWS Marketplace', () => {
    const stack = stackIn();
    grantIn(stack, { license: { node: stack.node, env: stack.env, licenseRef: { licenseArn: LICENSE_ARN }, with: () => stack } });
    expect(propertiesOf(stack, GRANT_TYPE)).toMatchObject({ LicenseArn: LICENSE_ARN, HomeRegion: 'us-east-1' });
  });
});

describe('the name of a grant', () => {
  test('is derived from the path and fits', () => {
    const stack = stackIn();
    const license = licenseIn(stack);
    const grantee = Grantee.account('222222222222');
    new MarketplaceLicenseGrant(stack, 'AGrantWithAnIdThatIsMuchLongerThanAnyoneWouldWantToReadInAList', { license, grantee });
    const name = propertiesOf(stack, GRANT_TYPE).GrantName as string;
    expect(name.length).toBeLessThanOrEqual(64);
    expect(name).toMatch(/^Entitlements/);
  });

  test.each([
    ['', '`grantName` must have 1 to 256 characters and not only spaces, got 0; shorten it, or leave it out for a name derived from the construct'],
    ['   ', '`grantName` must have 1 to 256 characters and not only spaces, got 3; '],
    ['x'.repeat(257), '`grantName` must have 1 to 256 characters and not only spaces, got 257; '],
  ])('cannot be %j', (grantName, message) => {
    expect(() => grantIn(stackIn(), { grantName })).toThrow(message);
  });

  test('can be as long as 256 characters', () => {
    expect(() => grantIn(stackIn(), { grantName: 'x'.repeat(256) })).not.toThrow();
  });
});

describe('the reason of a deletion', () => {
  test.each([
    ['', 0],
    ['x'.repeat(401), 401],
  ])('cannot be %j', (deletionReason, length) => {
    expect(() => grantIn(stackIn(), { deletionReason }))
      .toThrow(`\`deletionReason\` must have 1 to 400 characters, got ${length}; shorten it or leave it out`);
  });

  test('can be as long as 400 characters', () => {
    expect(() => grantIn(stackIn(), { deletionReason: 'x'.repeat(400) })).not.toThrow();
  });
});

describe('the removal policy of a grant', () => {
  test.each([
    ['deletes it by default', undefined, 'Delete'],
    ['deletes it', RemovalPolicy.DESTROY, 'Delete'],
    ['keeps it', RemovalPolicy.RETAIN, 'Retain'],
  ])('%s', (_, removalPolicy, expected) => {
    const stack = stackIn();
    grantIn(stack, { removalPolicy });
    expect(resourceOf(stack, GRANT_TYPE)).toMatchObject({ DeletionPolicy: expected, UpdateReplacePolicy: expected });
  });

  test('cannot take a snapshot of it', () => {
    const stack = stackIn();
    grantIn(stack).applyRemovalPolicy(RemovalPolicy.SNAPSHOT);
    expect(() => resourceOf(stack, GRANT_TYPE)).toThrow(
      '[Entitlements/Grant/Resource] the removal policy must not be RemovalPolicy.SNAPSHOT: there is nothing of which AWS CloudFormation could take a snapshot; '
      + 'use DESTROY or RETAIN');
  });

  test('can be applied later', () => {
    const stack = stackIn();
    grantIn(stack).applyRemovalPolicy(RemovalPolicy.RETAIN);
    expect(resourceOf(stack, GRANT_TYPE)).toMatchObject({ DeletionPolicy: 'Retain' });
  });
});

describe('the attributes of a grant', () => {
  test('are those that the handler answers with', () => {
    const stack = stackIn();
    const grant = grantIn(stack);
    const logicalId = Object.keys(Template.fromStack(stack).findResources(GRANT_TYPE))[0];
    const attribute = (name: string) => ({ 'Fn::GetAtt': [logicalId, name] });
    expect(stack.resolve([grant.grantArn, grant.grantStatus, grant.grantVersion, grant.grantName, grant.grantRef.grantArn])).toEqual([
      attribute('GrantArn'), attribute('Status'), attribute('Version'), attribute('GrantName'), attribute('GrantArn'),
    ]);
  });

  test('of a grant managed elsewhere is its ARN, and nothing is deployed for it', () => {
    const stack = stackIn();
    const arn = 'arn:aws:license-manager::111111111111:grant:g-00000000000000000000000000000001';
    const grant = MarketplaceLicenseGrant.fromGrantArn(stack, 'Grant', arn);
    expect(grant.grantArn).toBe(arn);
    expect(grant.grantRef).toEqual({ grantArn: arn });
    expect(resourceTypesOf(stack)).toEqual([]);
  });
});

test('a grant waits for what it is made to depend on', () => {
  const stack = stackIn();
  grantIn(stack).node.addDependency(issuedLicense(stack, 'us-east-1'));
  expect(resourceOf(stack, GRANT_TYPE).DependsOn).toEqual(['Issued']);
});

test('what is deployed can be reached as the default child', () => {
  const stack = stackIn();
  expect(grantIn(stack).node.defaultChild).toBeInstanceOf(CfnResource);
});

function issuedLicense(stack: Stack, homeRegion: string): CfnLicense {
  return new CfnLicense(stack, 'Issued', {
    beneficiary: 'example',
    consumptionConfiguration: {},
    entitlements: [],
    homeRegion,
    issuer: { name: 'Example' },
    licenseName: 'example',
    productName: 'Example',
    productSku: 'sku-1',
    validity: { begin: '2026-01-01T00:00:00Z', end: '2027-01-01T00:00:00Z' },
  });
}
