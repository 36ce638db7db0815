import { CfnParameter, Duration, Stack } from 'aws-cdk-lib';
import {
  ActivationOverride, Grantee, ManagedEntitlementsProvider, MarketplaceLicense, MarketplaceLicenseGrant, ReceivedGrantRemoval, ReceivedGrantResponse,
  ReceivedLicenseGrant, ReceivedLicenseGrantProps,
} from '../../../lib';
import { LICENSE_ARN, licenseIn, propertiesOf, resourceOf, resourceTypesOf, stackIn } from '../synthesis';

const TYPE = 'Custom::ReceivedLicenseGrant';
const GRANT_ARN = 'arn:aws:license-manager::111111111111:grant:g-00000000000000000000000000000001';
const SKU = '02e38931-0000-4000-8000-000000000001';

function receivedIn(stack: Stack, props: ReceivedLicenseGrantProps = { productSku: SKU }): ReceivedLicenseGrant {
  return new ReceivedLicenseGrant(stack, 'Received', props);
}

function declared(props: Partial<ReceivedLicenseGrantProps>): Record<string, unknown> {
  const stack = stackIn();
  receivedIn(stack, { productSku: SKU, ...props });
  return propertiesOf(stack, TYPE);
}

test('a received grant is one resource and what answers it', () => {
  const stack = stackIn();
  receivedIn(stack);
  expect(resourceTypesOf(stack)).toEqual(['AWS::IAM::Role', 'AWS::Lambda::Function', 'AWS::Logs::LogGroup', TYPE]);
});

test('by default it is waited for ten minutes, accepted and activated, and deactivated in the end', () => {
  expect(declared({})).toEqual({
    Selection: { ProductSku: SKU },
    HomeRegion: 'us-east-1',
    Response: { Kind: 'ACTIVATE' },
    Removal: { Kind: 'DEACTIVATE' },
    ArrivesWithinSeconds: '600',
  });
});

describe('the selection', () => {
  test('can be everything that is known', () => {
    const stack = stackIn();
    receivedIn(stack, { grantArn: GRANT_ARN, license: licenseIn(stack), productSku: SKU, grantorAccount: '111111111111' });
    expect(propertiesOf(stack, TYPE).Selection).toEqual({ GrantArn: GRANT_ARN, LicenseArn: LICENSE_ARN, ProductSku: SKU, GrantorAccount: '111111111111' });
  });

  test('can be a grant of the same app', () => {
    const stack = stackIn();
    const grant = new MarketplaceLicenseGrant(stack, 'Grant', { license: licenseIn(stack), grantee: Grantee.account('222222222222') });
    receivedIn(stack, { grantArn: grant.grantArn });
    expect(propertiesOf(stack, TYPE).Selection).toEqual({ GrantArn: { 'Fn::GetAtt': [expect.stringMatching(/^Grant/), 'GrantArn'] } });
  });

  test('cannot be nothing', () => {
    expect(() => receivedIn(stackIn(), {})).toThrow(
      'a received grant is found by `grantArn`, `license`, `productSku` or `grantorAccount`, got none of them; pass at least one',
    );
  });

  test.each<[ReceivedLicenseGrantProps, string]>([
    [{ grantArn: LICENSE_ARN }, `\`grantArn\` must be the ARN of a grant, like arn:aws:license-manager::111122223333:grant:g-0123456789abcdef0123456789abcdef, got '${LICENSE_ARN}'`],
    [{ productSku: ' ' }, '`productSku` must name a product, got an empty string; `aws license-manager list-received-licenses` shows the SKU'],
    [{ grantorAccount: '1111' }, "`grantorAccount` must be an account id of 12 digits, got '1111'"],
  ])('has a form: %p', (props, message) => {
    expect(() => receivedIn(stackIn(), props)).toThrow(message);
  });
});

test.each([
  [ReceivedGrantResponse.acceptOnly(), { Kind: 'ACCEPT' }],
  [ReceivedGrantResponse.activate(), { Kind: 'ACTIVATE' }],
  [
    ReceivedGrantResponse.activate({ override: ActivationOverride.ALL_GRANTS_PERMITTED_BY_ISSUER, reason: 'renewal' }),
    { Kind: 'ACTIVATE', Override: 'ALL_GRANTS_PERMITTED_BY_ISSUER', Reason: 'renewal' },
  ],
  [ReceivedGrantResponse.deactivate(), { Kind: 'DEACTIVATE' }],
  [ReceivedGrantResponse.deactivate({ reason: 'not needed yet' }), { Kind: 'DEACTIVATE', Reason: 'not needed yet' }],
  [ReceivedGrantResponse.reject(), { Kind: 'REJECT' }],
])('the response %p reads %p', (response, expected) => {
  expect(declared({ response }).Response).toEqual(expected);
});

test.each([
  [ReceivedGrantRemoval.deactivate({ reason: 'moved' }), { Kind: 'DEACTIVATE', Reason: 'moved' }],
  [ReceivedGrantRemoval.reject(), { Kind: 'REJECT' }],
  [ReceivedGrantRemoval.leave(), { Kind: 'LEAVE' }],
])('the removal %p reads %p', (removal, expected) => {
  expect(declared({ removal }).Removal).toEqual(expected);
});

test('reasons have 1 to 400 characters', () => {
  expect(() => ReceivedGrantResponse.activate({ reason: 'x'.repeat(401) })).toThrow('`response.reason` must have 1 to 400 characters, got 401; shorten it or leave it out');
  expect(() => ReceivedGrantRemoval.deactivate({ reason: '' })).toThrow('`removal.reason` must have 1 to 400 characters, got 0; shorten it or leave it out');
});

test.each([
  [Duration.seconds(0), '0 seconds'],
  [Duration.minutes(15), '15 minutes'],
])('a grant cannot be waited for %p', (arrivesWithin, got) => {
  expect(() => declared({ arrivesWithin })).toThrow(
    `\`arrivesWithin\` must be 1 second to 14 minutes, got ${got}; the function that waits cannot run longer than 15 minutes`,
  );
});

test('the home Region is that of the license, unless another one is given', () => {
  const stack = stackIn();
  const license = MarketplaceLicense.fromLicenseArn(stack, 'License', LICENSE_ARN, { homeRegion: 'eu-central-1' });
  receivedIn(stack, { license });
  expect(propertiesOf(stack, TYPE).HomeRegion).toBe('eu-central-1');
  expect(declared({ homeRegion: 'eu-west-1' }).HomeRegion).toBe('eu-west-1');
});

test('what is known of it after the deployment are attributes', () => {
  const stack = stackIn();
  const received = receivedIn(stack);
  const { grantArn, grantName, grantStatus, grantVersion, licenseArn, grantorAccount, productName, grantRef } = received;
  expect(stack.resolve({ grantArn, grantName, grantStatus, grantVersion, licenseArn, grantorAccount, productName, grantRef })).toEqual({
    grantArn: attribute('GrantArn'),
    grantName: attribute('GrantName'),
    grantStatus: attribute('Status'),
    grantVersion: attribute('Version'),
    licenseArn: attribute('LicenseArn'),
    grantorAccount: attribute('GrantorAccount'),
    productName: attribute('ProductName'),
    grantRef: { grantArn: attribute('GrantArn') },
  });

  function attribute(name: string): object {
    return { 'Fn::GetAtt': [stack.getLogicalId(received.node.findChild('Resource').node.defaultChild as never), name] };
  }
});

test('it is run by the provider that was passed', () => {
  const stack = stackIn();
  receivedIn(stack, { productSku: SKU, provider: new ManagedEntitlementsProvider(stack, 'Provider', { memorySize: 512 }) });
  expect(resourceOf(stack, 'AWS::Lambda::Function').Properties.MemorySize).toBe(512);
});

test('everything of it can be a token', () => {
  const stack = stackIn();
  const text = (id: string) => new CfnParameter(stack, id).valueAsString;
  receivedIn(stack, {
    grantArn: text('GrantArn'),
    license: MarketplaceLicense.fromLicenseArn(stack, 'License', text('LicenseArn')),
    productSku: text('Sku'),
    grantorAccount: text('Grantor'),
    homeRegion: text('HomeRegion'),
    response: ReceivedGrantResponse.activate({ reason: text('ActivationReason') }),
    removal: ReceivedGrantRemoval.deactivate({ reason: text('RemovalReason') }),
    arrivesWithin: Duration.seconds(new CfnParameter(stack, 'Seconds', { type: 'Number' }).valueAsNumber),
  });
  expect(propertiesOf(stack, TYPE)).toEqual({
    Selection: { GrantArn: { Ref: 'GrantArn' }, LicenseArn: { Ref: 'LicenseArn' }, ProductSku: { Ref: 'Sku' }, GrantorAccount: { Ref: 'Grantor' } },
    HomeRegion: { Ref: 'HomeRegion' },
    Response: { Kind: 'ACTIVATE', Reason: { Ref: 'ActivationReason' } },
    Removal: { Kind: 'DEACTIVATE', Reason: { Ref: 'RemovalReason' } },
    ArrivesWithinSeconds: { Ref: 'Seconds' },
  });
});
