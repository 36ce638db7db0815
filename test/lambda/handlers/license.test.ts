import { LINUX } from '../support/requests';
import { silentLog } from '../support/silent-log';
import { EXAMPLE, SimulatedStack } from '../support/simulated-stack';

const type = 'Custom::MarketplaceLicense';
const LINUX_SKU = '02e38931-0000-4000-8000-000000000001';

silentLog();

let stack: SimulatedStack;

afterEach(async () => {
  await stack.stop();
});

test.each([
  ['the SKU of its product', { ProductSku: LINUX_SKU }],
  ['its ARN', { LicenseArn: LINUX }],
])('a license is found by %s', async (_, by) => {
  stack = await SimulatedStack.start();
  const answer = await stack.create({ type, properties: { ...by, HomeRegion: 'us-east-1' } });
  expect(answer).toMatchObject({
    Status: 'SUCCESS',
    PhysicalResourceId: LINUX,
    Data: {
      LicenseArn: LINUX,
      ProductName: 'Example Hardened Linux',
      ProductSku: LINUX_SKU,
      Status: 'AVAILABLE',
      ValidityEnd: '2027-01-01T00:00:00Z',
      HomeRegion: 'us-east-1',
    },
  });
});

test('an update looks the license up again, and replaces the resource if it is another one', async () => {
  stack = await SimulatedStack.start();
  const answer = await stack.update({ type, physicalId: 'arn:of:the-license-before', properties: { ProductSku: LINUX_SKU, HomeRegion: 'us-east-1' } });
  expect(answer).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: LINUX });
});

test('a product without a license of this account is a failure', async () => {
  stack = await SimulatedStack.start({ accountId: '222222222222' });
  const answer = await stack.create({ type, properties: { ProductSku: LINUX_SKU, HomeRegion: 'us-east-1' } });
  expect(answer).toMatchObject({ Status: 'FAILED', Reason: expect.stringMatching(/received no license of the product.*subscribed/) });
});

test('several available licenses are listed, and none is chosen', async () => {
  const [first, ...others] = EXAMPLE.subscriptions;
  const second = { ...first, agreementId: 'agmt-exlinux0000000000000009', licenseArn: LINUX.replace(/1$/, '9') };
  stack = await SimulatedStack.start({ organization: { ...EXAMPLE, subscriptions: [first, second, ...others] } });
  const answer = await stack.create({ type, properties: { ProductSku: LINUX_SKU, HomeRegion: 'us-east-1' } });
  expect(answer).toMatchObject({ Status: 'FAILED' });
  expect(answer.Reason).toMatch(/more than one license is AVAILABLE/);
  expect(answer.Reason).toContain(`${LINUX} (AVAILABLE, valid from 2026-01-01T00:00:00Z to 2027-01-01T00:00:00Z)`);
  expect(answer.Reason).toContain(second.licenseArn);
});

test('licenses that are not available are listed with their status', async () => {
  const [first, ...others] = EXAMPLE.subscriptions;
  stack = await SimulatedStack.start({ organization: { ...EXAMPLE, subscriptions: [{ ...first, licenseStatus: 'EXPIRED' }, ...others] } });
  const answer = await stack.create({ type, properties: { ProductSku: LINUX_SKU, HomeRegion: 'us-east-1' } });
  expect(answer).toMatchObject({ Status: 'FAILED', Reason: expect.stringMatching(/none of its licenses is AVAILABLE: .*\(EXPIRED, .*renew/) });
});

test('a license that the account does not have is a failure', async () => {
  stack = await SimulatedStack.start();
  const answer = await stack.create({ type, properties: { LicenseArn: LINUX.replace(/1$/, '9'), HomeRegion: 'us-east-1' } });
  expect(answer).toMatchObject({ Status: 'FAILED', Reason: expect.stringMatching(/received no such license/) });
});

test('deleting the resource makes no call', async () => {
  stack = await SimulatedStack.start();
  expect(await stack.delete({ type, physicalId: LINUX, properties: { ProductSku: LINUX_SKU, HomeRegion: 'us-east-1' } }))
    .toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: LINUX });
  expect(stack.calls()).toEqual([]);
});
