import { Template } from 'aws-cdk-lib/assertions';
import { ManagedEntitlementsProvider, MarketplaceLicense } from '../../../lib';
import { LICENSE_ARN, LICENSE_TYPE, propertiesOf, resourceOf, resourceTypesOf, stackIn } from '../synthesis';

const WITH_LOOKUP = ['AWS::IAM::Role', 'AWS::Lambda::Function', 'AWS::Logs::LogGroup', LICENSE_TYPE];

describe('a license known by its ARN', () => {
  test('needs nothing deployed to be granted', () => {
    const stack = stackIn();
    const license = MarketplaceLicense.fromLicenseArn(stack, 'License', LICENSE_ARN);
    expect([license.licenseArn, license.licenseRef.licenseArn, license.homeRegion]).toEqual([LICENSE_ARN, LICENSE_ARN, 'us-east-1']);
    expect(resourceTypesOf(stack)).toEqual([]);
  });

  test.each(['productName', 'productSku', 'status', 'validityEnd'] as const)('is looked up for its %s', (attribute) => {
    const stack = stackIn();
    const license = MarketplaceLicense.fromLicenseArn(stack, 'License', LICENSE_ARN);
    const logicalName = attribute[0].toUpperCase() + attribute.slice(1);
    expect(stack.resolve(license[attribute])).toEqual({ 'Fn::GetAtt': [expect.any(String), logicalName] });
    expect(resourceTypesOf(stack)).toEqual(WITH_LOOKUP);
    expect(propertiesOf(stack, LICENSE_TYPE)).toEqual({ LicenseArn: LICENSE_ARN, HomeRegion: 'us-east-1' });
  });

  test('is looked up once, however much is asked about it', () => {
    const stack = stackIn();
    const license = MarketplaceLicense.fromLicenseArn(stack, 'License', LICENSE_ARN);
    expect(license.productName).not.toBe(license.status);
    expect(license.productName).toBe(license.productName);
    expect(resourceTypesOf(stack)).toEqual(WITH_LOOKUP);
  });

  test('is looked up where it is managed', () => {
    const stack = stackIn();
    expect(MarketplaceLicense.fromLicenseArn(stack, 'License', LICENSE_ARN, { homeRegion: 'eu-west-1' }).status).toBeDefined();
    expect(propertiesOf(stack, LICENSE_TYPE)).toEqual({ LicenseArn: LICENSE_ARN, HomeRegion: 'eu-west-1' });
  });

  test.each([
    ['arn:aws:license-manager:us-east-1:294406891311:license:l-0001', '; leave the Region out, a license has none in its ARN'],
    ['arn:aws:license-manager::294406891311:license/l-0001', '; write license:l-…, with a colon instead of the slash'],
    ['arn:aws:license-manager::294406891311:grant:g-0001', ''],
    ['arn:aws:license-manager::aws:license:l-0001', ''],
    ['l-0001', ''],
    ['', ''],
  ])('cannot be %j', (arn, cure) => {
    expect(() => MarketplaceLicense.fromLicenseArn(stackIn(), 'License', arn)).toThrow(
      `the ARN of a license must look like arn:aws:license-manager::111122223333:license:l-0123456789abcdef0123456789abcdef, got '${arn}'${cure}`,
    );
  });
});

describe('a license known by the SKU of its product', () => {
  test('is one resource, and every attribute is read from it', () => {
    const stack = stackIn();
    const license = MarketplaceLicense.fromProductSku(stack, 'Linux', '02e38931-0000-4000-8000-000000000001');
    expect(resourceTypesOf(stack)).toEqual(WITH_LOOKUP);
    expect(propertiesOf(stack, LICENSE_TYPE)).toEqual({ ProductSku: '02e38931-0000-4000-8000-000000000001', HomeRegion: 'us-east-1' });

    const logicalId = Object.keys(Template.fromStack(stack).findResources(LICENSE_TYPE))[0];
    const { licenseArn, homeRegion, productName, productSku, status, validityEnd, licenseRef } = license;
    expect(stack.resolve([licenseArn, homeRegion, productName, productSku, status, validityEnd, licenseRef.licenseArn])).toEqual(
      ['LicenseArn', 'HomeRegion', 'ProductName', 'ProductSku', 'Status', 'ValidityEnd', 'LicenseArn']
        .map((name) => ({ 'Fn::GetAtt': [logicalId, name] })),
    );
  });

  test('is looked up where it is managed, by the provider that was passed', () => {
    const stack = stackIn();
    const provider = new ManagedEntitlementsProvider(stack, 'Provider', { memorySize: 512 });
    MarketplaceLicense.fromProductSku(stack, 'Linux', 'sku-1', { homeRegion: 'eu-west-1', provider });
    expect(propertiesOf(stack, LICENSE_TYPE)).toEqual({ ProductSku: 'sku-1', HomeRegion: 'eu-west-1' });
    expect(resourceOf(stack, 'AWS::Lambda::Function').Properties.MemorySize).toBe(512);
  });

  test.each(['', ' '])('cannot be %j', (sku) => {
    expect(() => MarketplaceLicense.fromProductSku(stackIn(), 'Linux', sku)).toThrow(
      '`productSku` must name a product, got an empty string; `aws license-manager list-received-licenses` shows the SKU',
    );
  });
});
