import type { ReceivedGrantProperties } from '../../../lib/received-grant/received-grant-properties';
import type { StackStatus } from '../../../simulator/services/cloudformation/stack-status';
import type { Authorizer } from '../../../simulator/wire/authorizer';
import { LicenseAdministrator } from '../../support/license-administrator';
import { LINKED, OF_LINUX_LICENSE, RECEIVED_GRANT_TYPE } from '../support/received-grants';
import { LINUX, SCANNER } from '../support/requests';
import { silentLog } from '../support/silent-log';
import { SimulatedStack } from '../support/simulated-stack';
import type { Answer } from '../support/simulated-stack';

const PAYMENTS = '222222222222';

const OF_LINUX: ReceivedGrantProperties = { ...OF_LINUX_LICENSE, Removal: { Kind: 'DEACTIVATE', Reason: 'moved' } };
const OF_SCANNER: ReceivedGrantProperties = { ...OF_LINUX, Selection: { LicenseArn: SCANNER } };

/** CloudFormation takes a creation back in the first, and in the second what an update has made. */
/** In the last three the request was delivered once more after the rollback. */
const ROLLBACKS: readonly StackStatus[] = [
  'ROLLBACK_IN_PROGRESS', 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS', 'ROLLBACK_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE', 'UPDATE_ROLLBACK_FAILED',
];
const DELETIONS: readonly StackStatus[] = ['DELETE_IN_PROGRESS', 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS'];
const REMOVALS = ['DEACTIVATE', 'REJECT', 'LEAVE'] as const;

const BLIND: Authorizer = { authorize: async ({ action }) => ({ allowed: action !== 'cloudformation:DescribeStacks' }) };

silentLog();

let stack: SimulatedStack;
let grantor: LicenseAdministrator;

async function start(authorizer?: Authorizer): Promise<void> {
  stack = await SimulatedStack.start({ organization: LINKED, accountId: PAYMENTS, authorizer });
  grantor = new LicenseAdministrator(stack.aws.endpoint, { pass: async (milliseconds) => stack.clock.sleep(milliseconds) });
}

afterEach(async () => {
  await stack.stop();
});

/** A grant that has reached the account, made active by its grantor or not. */
async function granted(status: 'ACTIVE' | 'DISABLED', license = LINUX): Promise<string> {
  const grantArn = await grantor.grant(`arn:aws:iam::${PAYMENTS}:root`, { license });
  if (status === 'ACTIVE') {
    await grantor.switch(grantArn, status);
  }
  return grantArn;
}

async function create(properties: ReceivedGrantProperties = OF_LINUX): Promise<string> {
  const answer = await stack.create({ type: RECEIVED_GRANT_TYPE, properties });
  expect(answer).toMatchObject({ Status: 'SUCCESS' });
  return answer.PhysicalResourceId;
}

async function update(
  physicalId: string, properties: ReceivedGrantProperties, oldProperties: ReceivedGrantProperties, stackStatus?: StackStatus,
): Promise<string> {
  const answer = await stack.update({ type: RECEIVED_GRANT_TYPE, physicalId, properties, oldProperties, stackStatus });
  expect(answer).toMatchObject({ Status: 'SUCCESS' });
  return answer.PhysicalResourceId;
}

/** The answer, and what the Delete changed. */
async function removeWhile(stackStatus: StackStatus, physicalId: string, properties = OF_LINUX): Promise<{ answer: Answer; changes: string[] }> {
  const before = stack.aws.calls.length;
  return { answer: await stack.delete({ type: RECEIVED_GRANT_TYPE, physicalId, properties, stackStatus }), changes: stack.changingCalls(before) };
}

function statusOf(grantArn: string): string | undefined {
  return stack.aws.grants().find((grant) => grant.grantArn === grantArn)?.status;
}

describe('a grant that was active before', () => {
  test.each(ROLLBACKS.flatMap((status) => REMOVALS.map((removal) => [status, removal] as const)))(
    'stays so when its creation is taken back in %s, also if the app chose %s for the end', async (stackStatus, Kind) => {
      await start();
      const grantArn = await granted('ACTIVE');
      const properties: ReceivedGrantProperties = { ...OF_LINUX, Removal: { Kind } };
      const physicalId = await create(properties);
      expect(await removeWhile(stackStatus, physicalId, properties)).toMatchObject({ answer: { Status: 'SUCCESS', PhysicalResourceId: physicalId }, changes: [] });
      expect(statusOf(grantArn)).toBe('ACTIVE');
    });

  test.each(DELETIONS)('is deactivated, whoever activated it, when it is removed in %s', async (stackStatus) => {
    await start();
    const grantArn = await granted('ACTIVE');
    expect(await removeWhile(stackStatus, await create())).toMatchObject({ answer: { Status: 'SUCCESS' }, changes: ['CreateGrantVersion'] });
    expect(statusOf(grantArn)).toBe('DISABLED');
  });

  test('is deactivated if CloudFormation does not tell what the stack is doing', async () => {
    await start(BLIND);
    const grantArn = await granted('ACTIVE');
    expect(await removeWhile('ROLLBACK_IN_PROGRESS', await create())).toMatchObject({ answer: { Status: 'SUCCESS' } });
    expect(statusOf(grantArn)).toBe('DISABLED');
  });

  test('is known by the same id after every change of its response', async () => {
    await start();
    await granted('ACTIVE');
    const physicalId = await create();
    const accepted: ReceivedGrantProperties = { ...OF_LINUX, Response: { Kind: 'ACCEPT' } };
    expect(await update(physicalId, accepted, OF_LINUX)).toBe(physicalId);
    expect(await update(physicalId, { ...accepted, Selection: { LicenseArn: LINUX, GrantorAccount: '111111111111' } }, accepted)).toBe(physicalId);
  });

  test.each(ROLLBACKS)('is active again when the creation that deactivated it is taken back in %s', async (stackStatus) => {
    await start();
    const grantArn = await granted('ACTIVE');
    const properties: ReceivedGrantProperties = { ...OF_LINUX, Response: { Kind: 'DEACTIVATE' } };
    const physicalId = await create(properties);
    expect(statusOf(grantArn)).toBe('DISABLED');
    expect(await removeWhile(stackStatus, physicalId, properties)).toMatchObject({ answer: { Status: 'SUCCESS' }, changes: ['CreateGrantVersion'] });
    expect(statusOf(grantArn)).toBe('ACTIVE');
  });

  test('does not fail the rollback of its rejection, which says that it is final', async () => {
    await start();
    const grantArn = await granted('ACTIVE');
    const properties: ReceivedGrantProperties = { ...OF_LINUX, Response: { Kind: 'REJECT' } };
    const physicalId = await create(properties);
    expect(await removeWhile('ROLLBACK_IN_PROGRESS', physicalId, properties)).toMatchObject({
      answer: { Status: 'SUCCESS', Reason: expect.stringContaining('a rejected grant is final') }, changes: [],
    });
    expect(statusOf(grantArn)).toBe('REJECTED');
  });
});

describe('a grant that the creation has activated', () => {
  test.each(ROLLBACKS.flatMap((status) => REMOVALS.map((removal) => [status, removal] as const)))(
    'is deactivated when that is taken back in %s, and neither rejected nor left, also if the app chose %s for the end', async (stackStatus, Kind) => {
      await start();
      const grantArn = await granted('DISABLED');
      const properties: ReceivedGrantProperties = { ...OF_LINUX, Removal: { Kind } };
      const physicalId = await create(properties);
      expect(physicalId).toBe(grantArn);
      expect(await removeWhile(stackStatus, physicalId, properties)).toMatchObject({ answer: { Status: 'SUCCESS' }, changes: ['CreateGrantVersion'] });
      expect(statusOf(grantArn)).toBe('DISABLED');
    });
});

test('a grant of a creation that never answered stays as it is: CloudFormation invents an id, and nothing says what was before', async () => {
  await start();
  const grantArn = await granted('DISABLED');
  await create();
  expect(await removeWhile('ROLLBACK_IN_PROGRESS', 'some-stack-Linux-1ABCDEFGHIJKL')).toMatchObject({ answer: { Status: 'SUCCESS' }, changes: [] });
  expect(statusOf(grantArn)).toBe('ACTIVE');
});

test.each<[string, ReceivedGrantProperties['Response']]>([['kept inactive', { Kind: 'DEACTIVATE' }], ['only accepted', { Kind: 'ACCEPT' }]])(
  'a grant that the creation has %s is left to whoever activated it since', async (_, Response) => {
    await start();
    const grantArn = await granted('DISABLED');
    const properties: ReceivedGrantProperties = { ...OF_LINUX, Response };
    const physicalId = await create(properties);
    await grantor.switch(grantArn, 'ACTIVE');
    expect(await removeWhile('ROLLBACK_IN_PROGRESS', physicalId, properties)).toMatchObject({ answer: { Status: 'SUCCESS' }, changes: [] });
    expect(statusOf(grantArn)).toBe('ACTIVE');
  });

test('an update to a grant that was active before leaves it so when it is rolled back, and leads back to the same id', async () => {
  await start();
  const linux = await granted('DISABLED');
  const scanner = await granted('ACTIVE', SCANNER);
  const before = await create();
  const after = await update(before, OF_SCANNER, OF_LINUX);
  expect(await update(after, OF_LINUX, OF_SCANNER, 'UPDATE_ROLLBACK_IN_PROGRESS')).toBe(before);
  expect(await removeWhile('UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS', after, OF_SCANNER)).toMatchObject({ answer: { Status: 'SUCCESS' }, changes: [] });
  expect([statusOf(linux), statusOf(scanner)]).toEqual(['ACTIVE', 'ACTIVE']);
});
