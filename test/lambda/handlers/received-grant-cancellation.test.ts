import type { ReceivedGrantProperties } from '../../../lib/received-grant/received-grant-properties';
import type { StackStatus } from '../../../simulator/services/cloudformation/stack-status';
import { LicenseAdministrator } from '../../support/license-administrator';
import { RENEWAL, RENEWED_LICENSE } from '../../support/renewed-license';
import { LINKED, OF_LINUX_LICENSE, RECEIVED_GRANT_TYPE } from '../support/received-grants';
import { SCANNER } from '../support/requests';
import { silentLog } from '../support/silent-log';
import { SimulatedStack } from '../support/simulated-stack';
import type { Answer } from '../support/simulated-stack';

const PAYMENTS = '222222222222';
const SECOND = 1_000;

/** Longer than the rollback waits before it looks. */
const CHANGE = 40 * SECOND;

const OVERRIDE = 'ALL_GRANTS_PERMITTED_BY_ISSUER';

const OF_OLD: ReceivedGrantProperties = {
  ...OF_LINUX_LICENSE, Response: { Kind: 'ACTIVATE', Reason: 'needed' }, Removal: { Kind: 'DEACTIVATE', Reason: 'given up' },
};
const OF_RENEWED: ReceivedGrantProperties = { ...OF_OLD, Selection: { LicenseArn: RENEWED_LICENSE } };
const OF_SCANNER: ReceivedGrantProperties = { ...OF_OLD, Selection: { LicenseArn: SCANNER } };

const CANCELLED = 'The following resource(s) failed to update: [Another, LinuxForPayments]. ';
const ANSWERED = 'The following resource(s) failed to update: [Another]. ';

silentLog();

let stack: SimulatedStack;
let grantor: LicenseAdministrator;
/** Waits until a grant has reached the account. */
let isGrantorPatient: boolean;
/** Does what the cancelled update has done. */
let account: LicenseAdministrator;
let old: string;

afterEach(async () => {
  await stack.stop();
});

/** The account's stack has activated the old grant. */
async function start(): Promise<void> {
  const organization = { ...LINKED, subscriptions: [...LINKED.subscriptions, RENEWAL] };
  stack = await SimulatedStack.start({ organization, accountId: PAYMENTS, workflow: { accountChange: CHANGE } });
  isGrantorPatient = true;
  grantor = new LicenseAdministrator(stack.aws.endpoint, { pass: async (milliseconds) => stack.clock.sleep(isGrantorPatient ? milliseconds : 0) });
  account = new LicenseAdministrator(stack.aws.endpoint, { accountId: PAYMENTS });
  old = await grant(OF_OLD);
  expect(await stack.create({ type: RECEIVED_GRANT_TYPE, properties: OF_OLD })).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: old });
}

async function grant({ Selection }: ReceivedGrantProperties): Promise<string> {
  return grantor.grant(`arn:aws:iam::${PAYMENTS}:root`, { license: Selection.LicenseArn });
}

interface WayBack {
  readonly from?: ReceivedGrantProperties;
  readonly to?: ReceivedGrantProperties;
  readonly stackStatus?: StackStatus;
  readonly reason?: string;
}

/** The answer to the Update that leads back to the old grant, which has its id still, and the changes: the status that they ask for, and the grant. */
async function leadBack(
  { from = OF_RENEWED, to = OF_OLD, stackStatus = 'UPDATE_ROLLBACK_IN_PROGRESS', reason = CANCELLED }: WayBack = {},
): Promise<{ answer: Answer; changes: string[] }> {
  const before = stack.aws.calls.length;
  const answer = await stack.update({
    type: RECEIVED_GRANT_TYPE, physicalId: old, properties: to, oldProperties: from, stackStatus, stackStatusReason: reason,
  });
  const changes = stack.aws.calls.slice(before).filter(({ operation, error }) => !error && operation === 'CreateGrantVersion');
  return { answer, changes: changes.map(({ request }) => toWords(request as Record<string, string>)) };
}

function toWords({ GrantArn: grantArn, Status: status, StatusReason: reason }: Record<string, string>): string {
  return `${status} ${grantArn === old ? 'old' : 'other'} ${reason}`;
}

function statuses(...grantArns: string[]): (string | undefined)[] {
  return grantArns.map((grantArn) => stack.aws.grants().find((one) => one.grantArn === grantArn)?.status);
}

describe('the rollback of a cancelled renewal', () => {
  let renewed: string;

  beforeEach(async () => {
    await start();
    renewed = await grant(OF_RENEWED);
  });

  test.each([['under way', 0], ['complete', CHANGE + SECOND]])('takes back a swap that is %s', async (_, sinceThen) => {
    await account.switch(renewed, 'ACTIVE', OVERRIDE);
    await stack.clock.sleep(sinceThen);
    expect(await leadBack()).toMatchObject({
      answer: { Status: 'SUCCESS', PhysicalResourceId: old, Data: { Status: 'ACTIVE' } }, changes: ['DISABLED other given up', 'ACTIVE old needed'],
    });
    expect(statuses(old, renewed)).toEqual(['ACTIVE', 'DISABLED']);
  });

  test('swaps back where both may replace others', async () => {
    await account.switch(renewed, 'ACTIVE', OVERRIDE);
    const to: ReceivedGrantProperties = { ...OF_OLD, Response: { ...OF_OLD.Response, Override: OVERRIDE } };
    expect(await leadBack({ to })).toMatchObject({ answer: { Status: 'SUCCESS', PhysicalResourceId: old }, changes: ['ACTIVE old needed'] });
    expect(statuses(old, renewed)).toEqual(['ACTIVE', 'DISABLED']);
  });

  test.each([['under way', 0], ['complete', CHANGE + SECOND]])('takes back an exchange whose second half is %s', async (_, sinceThen) => {
    await account.switch(old, 'DISABLED');
    await stack.clock.sleep(CHANGE + SECOND);
    await account.switch(renewed, 'ACTIVE');
    await stack.clock.sleep(sinceThen);
    expect(await leadBack()).toMatchObject({
      answer: { Status: 'SUCCESS', PhysicalResourceId: old }, changes: ['DISABLED other given up', 'ACTIVE old needed'],
    });
    expect(statuses(old, renewed)).toEqual(['ACTIVE', 'DISABLED']);
  });

  test('activates the old grant alone after the first half of an exchange', async () => {
    await account.switch(old, 'DISABLED');
    expect(await leadBack()).toMatchObject({ answer: { Status: 'SUCCESS', PhysicalResourceId: old }, changes: ['ACTIVE old needed'] });
    expect(statuses(old, renewed)).toEqual(['ACTIVE', 'DISABLED']);
  });

  test('changes nothing if the update had not begun to', async () => {
    expect(await leadBack()).toMatchObject({ answer: { Status: 'SUCCESS', PhysicalResourceId: old }, changes: [] });
  });

  test('once more changes nothing', async () => {
    await account.switch(renewed, 'ACTIVE', OVERRIDE);
    await leadBack();
    expect(await leadBack()).toMatchObject({ answer: { Status: 'SUCCESS', PhysicalResourceId: old }, changes: [] });
  });
});

describe('a grant that is active in place of the old one is not deactivated', () => {
  test.each<[string, WayBack]>([
    ['by an update that leads forward', { stackStatus: 'UPDATE_IN_PROGRESS' }],
    ['in the rollback of an update that was answered', { reason: ANSWERED }],
    ['if the cancelled update was to accept it only', { from: { ...OF_RENEWED, Response: { Kind: 'ACCEPT' } } }],
    ['if the old one need not be active', { to: { ...OF_OLD, Response: { Kind: 'ACCEPT' } } }],
  ])('%s', async (_, wayBack) => {
    await start();
    const renewed = await grant(OF_RENEWED);
    await grantor.switch(renewed, 'ACTIVE', OVERRIDE);
    expect((await leadBack(wayBack)).changes).not.toContain('DISABLED other given up');
    expect(statuses(old, renewed)).toEqual(['DISABLED', 'ACTIVE']);
  });
});

test('a grant of another product stays active: nothing says that it was not before the cancelled update', async () => {
  await start();
  const scanner = await grant(OF_SCANNER);
  await grantor.switch(scanner, 'ACTIVE');
  await account.switch(old, 'DISABLED');
  expect(await leadBack({ from: OF_SCANNER })).toMatchObject({ answer: { Status: 'SUCCESS', PhysicalResourceId: old }, changes: ['ACTIVE old needed'] });
  expect(statuses(old, scanner)).toEqual(['ACTIVE', 'ACTIVE']);
});

test('a grant of another product is not waited for', async () => {
  await start();
  const scanner = await grant(OF_SCANNER);
  await account.switch(scanner, 'ACTIVE');
  expect(await leadBack({ from: OF_SCANNER })).toMatchObject({ answer: { Status: 'SUCCESS', PhysicalResourceId: old }, changes: [] });
  expect(statuses(old, scanner)).toEqual(['ACTIVE', 'PENDING_WORKFLOW']);
});

test('a renewed grant that has not reached the account yet is not waited for', async () => {
  await start();
  isGrantorPatient = false;
  const renewed = await grant(OF_RENEWED);
  expect(await leadBack()).toMatchObject({ answer: { Status: 'SUCCESS', PhysicalResourceId: old }, changes: [] });
  expect(statuses(old, renewed)).toEqual(['ACTIVE', 'PENDING_WORKFLOW']);
});
