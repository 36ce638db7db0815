import { silentLog } from '../support/silent-log';
import { SimulatedStack } from '../support/simulated-stack';

const type = 'Custom::ManagedEntitlementsMemberSetup';
const PHYSICAL_ID = 'managed-entitlements-member-setup-222222222222';

silentLog();

let stack: SimulatedStack;

beforeEach(async () => {
  stack = await SimulatedStack.start({ accountId: '222222222222' });
});

afterEach(async () => {
  await stack.stop();
});

test('a member account gets the three roles that it needs', async () => {
  expect(await stack.create({ type, properties: {} })).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: PHYSICAL_ID });
  expect(stack.callsOf('CreateServiceLinkedRole').map(({ request }) => request)).toEqual([
    { AWSServiceName: 'license-manager.amazonaws.com' },
    { AWSServiceName: 'license-manager.member-account.amazonaws.com' },
    { AWSServiceName: 'license-management.marketplace.amazonaws.com' },
  ]);
});

test('roles that are there are left as they are', async () => {
  await stack.create({ type, properties: {} });
  const before = stack.aws.calls.length;
  expect(await stack.update({ type, physicalId: PHYSICAL_ID, properties: {} })).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: PHYSICAL_ID });
  expect(stack.changingCalls(before)).toEqual([]);
});

test('they stay when the stack goes', async () => {
  await stack.create({ type, properties: {} });
  const before = stack.aws.calls.length;
  expect(await stack.delete({ type, physicalId: PHYSICAL_ID, properties: {} })).toMatchObject({ Status: 'SUCCESS' });
  expect(stack.calls(before)).toEqual([]);
});
