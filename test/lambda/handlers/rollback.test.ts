import type { StackStatus } from '../../../simulator/services/cloudformation/stack-status';
import type { Authorizer } from '../../../simulator/wire/authorizer';
import { LicenseAdministrator } from '../../support/license-administrator';
import { ORGANIZATION_WITH_RENEWAL, RENEWED_LICENSE } from '../../support/renewed-license';
import { GRANT_TYPE, PAYMENTS, SETUP } from '../support/requests';
import { silentLog } from '../support/silent-log';
import { EXAMPLE, SimulatedStack } from '../support/simulated-stack';
import type { Answer, SimulatedStackOptions } from '../support/simulated-stack';

const ADOPT = { ...PAYMENTS, ExistingGrant: 'ADOPT' };
const TO_UNIT = { Kind: 'ORGANIZATIONAL_UNIT', Identifier: 'ou-ex01-workload' };
const UNIT = 'arn:aws:organizations::111111111111:ou/o-exampleorg1/ou-ex01-workload';

/** CloudFormation takes a creation back in the first, and in the second what an update has made. */
/** In the last three the request was delivered once more after the rollback. */
const ROLLBACKS: readonly StackStatus[] = [
  'ROLLBACK_IN_PROGRESS', 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS', 'ROLLBACK_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE', 'UPDATE_ROLLBACK_FAILED',
];
const DELETIONS: readonly StackStatus[] = ['DELETE_IN_PROGRESS', 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS'];

const BLIND: Authorizer = { authorize: async ({ action }) => ({ allowed: action !== 'cloudformation:DescribeStacks' }) };

silentLog();

let stack: SimulatedStack;
let administrator: LicenseAdministrator;
let grantee: LicenseAdministrator;

async function start(options: SimulatedStackOptions = {}): Promise<void> {
  stack = await SimulatedStack.start({ organization: ORGANIZATION_WITH_RENEWAL, ...options });
  const pass = async (milliseconds: number) => stack.clock.sleep(milliseconds);
  administrator = new LicenseAdministrator(stack.aws.endpoint, { pass });
  grantee = new LicenseAdministrator(stack.aws.endpoint, { accountId: '222222222222', pass });
  expect(await stack.create(SETUP)).toMatchObject({ Status: 'SUCCESS' });
}

afterEach(async () => {
  await stack.stop();
});

async function create(properties: object): Promise<string> {
  const answer = await stack.create({ type: GRANT_TYPE, properties });
  expect(answer).toMatchObject({ Status: 'SUCCESS' });
  return answer.PhysicalResourceId;
}

async function removeWhile(stackStatus: StackStatus, physicalId: string, properties: object): Promise<Answer> {
  return stack.delete({ type: GRANT_TYPE, physicalId, properties, stackStatus });
}

async function grantByHand(changes: { license?: string; name?: string; tags?: Record<string, string> } = {}): Promise<string> {
  return administrator.grant('arn:aws:iam::222222222222:root', { name: 'made in the console', ...changes });
}

function grantOf(grantArn: string) {
  return stack.aws.grants().find((grant) => grant.grantArn === grantArn);
}

describe('an adopted grant', () => {
  let console: string;

  async function startWith(status: 'ACTIVE' | 'DISABLED', options: SimulatedStackOptions = {}): Promise<void> {
    await start(options);
    console = await grantByHand({ tags: { team: 'platform' } });
    if (status === 'ACTIVE') {
      await administrator.switch(console, status);
    }
  }

  test.each(ROLLBACKS)('is again what it was found as, and nobody\'s, when its adoption is rolled back in %s', async (stackStatus) => {
    await startWith('DISABLED');
    const properties = { ...ADOPT, AllowedOperations: ['CheckoutLicense'] };
    await create(properties);
    expect(grantOf(console)).toMatchObject({ name: 'linux-for-payments', status: 'ACTIVE', operations: ['CheckoutLicense'] });
    const before = stack.aws.calls.length;

    expect(await removeWhile(stackStatus, console, properties)).toMatchObject({ Status: 'SUCCESS' });
    expect(grantOf(console)).toMatchObject({
      name: 'made in the console', status: 'DISABLED', operations: ['CheckoutLicense', 'ListPurchasedLicenses'], tags: { team: 'platform' },
    });
    expect(stack.changingCalls(before)).toEqual(['CreateGrantVersion', 'UntagResource']);
  });

  test('is active again if it was', async () => {
    await startWith('ACTIVE');
    const properties = { ...ADOPT, Activation: { Mode: 'DISABLED' } };
    await create(properties);
    await removeWhile('ROLLBACK_IN_PROGRESS', console, properties);
    expect(grantOf(console)).toMatchObject({ name: 'made in the console', status: 'ACTIVE', tags: { team: 'platform' } });
  });

  test('of a unit is again inactive in all its accounts', async () => {
    await start();
    console = await administrator.grant(UNIT, { name: 'made in the console' });
    const properties = { ...ADOPT, Grantee: TO_UNIT };
    await create(properties);
    const inAccounts = () => stack.aws.grants().filter(({ parentArn }) => parentArn === console).map(({ status }) => status);
    expect(new Set(inAccounts())).toEqual(new Set(['ACTIVE']));
    await removeWhile('ROLLBACK_IN_PROGRESS', console, properties);
    expect(grantOf(console)).toMatchObject({ name: 'made in the console', tags: {} });
    expect(new Set(inAccounts())).toEqual(new Set(['DISABLED']));
  });

  test('is not deleted by a rollback, even if the app chose deletion for the end', async () => {
    await startWith('DISABLED');
    const properties = { ...ADOPT, Removal: 'DELETE' };
    await create(properties);
    await removeWhile('ROLLBACK_IN_PROGRESS', console, properties);
    expect(grantOf(console)).toMatchObject({ name: 'made in the console', status: 'DISABLED', tags: { team: 'platform' } });
  });

  test('keeps a name that no tag can hold', async () => {
    await start();
    console = await grantByHand({ name: 'a * in its name' });
    await create(ADOPT);
    await removeWhile('ROLLBACK_IN_PROGRESS', console, ADOPT);
    expect(grantOf(console)).toMatchObject({ name: 'linux-for-payments', status: 'DISABLED', tags: {} });
  });

  test('is left as it is where that cannot be undone, with the reason', async () => {
    await startWith('ACTIVE');
    const properties = { ...ADOPT, Activation: { Mode: 'DISABLED' } };
    await create(properties);
    // The account takes another license of the product meanwhile.
    const other = await grantByHand({ license: RENEWED_LICENSE });
    await administrator.switch(other, 'ACTIVE');
    expect(await removeWhile('ROLLBACK_IN_PROGRESS', console, properties)).toMatchObject({
      Status: 'SUCCESS', Reason: expect.stringMatching(`the grant ${console} could not be made again what it was when it was adopted: .*; the grant ${console} stays`),
    });
    expect(grantOf(console)).toMatchObject({ name: 'made in the console', status: 'DISABLED', tags: { team: 'platform' } });
  });

  test.each(DELETIONS)('stays as it is by then when it is given up in %s', async (stackStatus) => {
    await startWith('DISABLED');
    await create(ADOPT);
    await removeWhile(stackStatus, console, ADOPT);
    expect(grantOf(console)).toMatchObject({ name: 'linux-for-payments', status: 'ACTIVE', tags: { team: 'platform' } });
  });

  test('stays as it is by then if CloudFormation does not tell what the stack is doing', async () => {
    await startWith('DISABLED', { authorizer: BLIND });
    await create(ADOPT);
    expect(await removeWhile('ROLLBACK_IN_PROGRESS', console, ADOPT)).toMatchObject({ Status: 'SUCCESS' });
    expect(grantOf(console)).toMatchObject({ name: 'linux-for-payments', status: 'ACTIVE', tags: { team: 'platform' } });
  });
});

describe('a grant that was made', () => {
  test.each(ROLLBACKS.flatMap((status) => ['LEAVE', 'DEACTIVATE'].map((removal) => [status, removal] as const)))(
    'goes with the rollback in %s, also if the app chose %s for the end', async (stackStatus, Removal) => {
      await start();
      const properties = { ...PAYMENTS, Removal };
      const made = await create(properties);
      expect(await removeWhile(stackStatus, made, properties)).toMatchObject({ Status: 'SUCCESS' });
      expect(grantOf(made)?.status).toBe('PENDING_DELETE');
    });
});

describe('the Update that leads back', () => {
  const before = PAYMENTS;
  const after = { ...PAYMENTS, GrantName: 'renamed' };

  async function updateWhile(stackStatus: StackStatus, physicalId: string): Promise<Answer> {
    return stack.update({ type: GRANT_TYPE, physicalId, properties: before, oldProperties: after, stackStatus });
  }

  test('succeeds with a grant that its grantee has rejected, and says that it is', async () => {
    await start();
    const made = await create(before);
    await grantee.reject(made);
    expect(await updateWhile('UPDATE_ROLLBACK_IN_PROGRESS', made)).toMatchObject({
      Status: 'SUCCESS', PhysicalResourceId: made, Reason: expect.stringMatching(/the grant stays REJECTED: .*recreateIfRejected/), Data: { Status: 'REJECTED' },
    });
  });

  test('succeeds with a grant that its grantee has not accepted yet', async () => {
    // Then License Manager accepts no grant by itself.
    stack = await SimulatedStack.start({ organization: { ...EXAMPLE, organization: { ...EXAMPLE.organization!, featureSet: 'CONSOLIDATED_BILLING' } } });
    const made = await create({ ...after, Acceptance: { Mode: 'BY_GRANTEE' } });
    expect(await updateWhile('UPDATE_ROLLBACK_IN_PROGRESS', made)).toMatchObject({
      Status: 'SUCCESS', PhysicalResourceId: made, Reason: expect.stringContaining('the grant stays PENDING_ACCEPT'), Data: { Status: 'PENDING_ACCEPT' },
    });
  });

  test('fails on the way forward, and where CloudFormation does not tell', async () => {
    await start({ authorizer: BLIND });
    const made = await create(before);
    await grantee.reject(made);
    expect(await updateWhile('UPDATE_IN_PROGRESS', made)).toMatchObject({ Status: 'FAILED', PhysicalResourceId: made });
    expect(await updateWhile('UPDATE_ROLLBACK_IN_PROGRESS', made)).toMatchObject({ Status: 'FAILED', PhysicalResourceId: made });
  });

  test('fails with a grant that could be brought back and was not', async () => {
    await start();
    const made = await create(before);
    await administrator.switch(made, 'DISABLED');
    const other = await grantByHand({ license: RENEWED_LICENSE });
    await administrator.switch(other, 'ACTIVE');
    expect(await updateWhile('UPDATE_ROLLBACK_IN_PROGRESS', made)).toMatchObject({ Status: 'FAILED', PhysicalResourceId: made });
  });
});

describe('tags that people took off', () => {
  test('come back as those of an adopted grant, where it may be one: the end of the stack is not its end', async () => {
    await start();
    const console = await grantByHand();
    await create(ADOPT);
    await administrator.untag(console, Object.keys(grantOf(console)!.tags));
    expect(await stack.update({ type: GRANT_TYPE, physicalId: console, properties: { ...ADOPT, GrantName: 'renamed' }, oldProperties: ADOPT }))
      .toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: console });
    await removeWhile('DELETE_IN_PROGRESS', console, ADOPT);
    expect(grantOf(console)).toMatchObject({ name: 'renamed', status: 'ACTIVE', tags: {} });
  });

  test('come back as those of an own grant, where nothing is adopted', async () => {
    await start();
    const made = await create(PAYMENTS);
    await administrator.untag(made, Object.keys(grantOf(made)!.tags));
    await stack.update({ type: GRANT_TYPE, physicalId: made, properties: { ...PAYMENTS, GrantName: 'renamed' }, oldProperties: PAYMENTS });
    await removeWhile('DELETE_IN_PROGRESS', made, PAYMENTS);
    expect(grantOf(made)?.status).toBe('PENDING_DELETE');
  });
});
