import type { Variants } from '../../../simulator/services/variants';
import { LicenseAdministrator } from '../../support/license-administrator';
import { GRANT_TYPE, LINUX, PAYMENTS, SETUP } from '../support/requests';
import { silentLog } from '../support/silent-log';
import { SimulatedStack } from '../support/simulated-stack';
import type { Answer, SimulatedStackOptions } from '../support/simulated-stack';

const ADOPT = { ...PAYMENTS, ExistingGrant: 'ADOPT' };
/** Has a subscription of its own to the product, so that a grant cannot be activated there. */
const OCCUPIED = { Kind: 'ACCOUNT', Identifier: '444444444444' };
const REPLACING_NOTHING = { Mode: 'ACTIVE', Override: 'DISTRIBUTED_GRANTS_ONLY' };
const TO_PAYMENTS = 'arn:aws:iam::222222222222:root';
const INVENTED_ID = 'quick-start-LinuxForPayments-1ABCDEFGHIJKL';

silentLog();

let stack: SimulatedStack;
let people: LicenseAdministrator;

async function start(options: SimulatedStackOptions = {}): Promise<void> {
  stack = await SimulatedStack.start(options);
  people = new LicenseAdministrator(stack.aws.endpoint, { pass: (milliseconds) => stack.clock.sleep(milliseconds) });
  expect(await stack.create(SETUP)).toMatchObject({ Status: 'SUCCESS' });
}

afterEach(async () => {
  await stack.stop();
});

async function create(properties: object, logicalId?: string): Promise<Answer> {
  return stack.create({ type: GRANT_TYPE, properties, logicalId });
}

async function update(physicalId: string, properties: object, oldProperties: object): Promise<Answer> {
  return stack.update({ type: GRANT_TYPE, physicalId, properties, oldProperties });
}

async function remove(physicalId: string, properties: object, logicalId?: string): Promise<Answer> {
  return stack.delete({ type: GRANT_TYPE, physicalId, properties, logicalId });
}

function grantOf(grantArn: string) {
  return stack.aws.grants().find((grant) => grant.grantArn === grantArn);
}

function ownershipTags(logicalId = 'LinuxForPayments'): Record<string, string> {
  return { 'cdk-managed-entitlements:stack-id': stack.stackId, 'cdk-managed-entitlements:logical-id': logicalId };
}

const ANOTHER_STACK = 'arn:aws:cloudformation:eu-central-1:111111111111:stack/another/00000000-0000-4000-8000-000000000002';
const OF_ANOTHER_STACK = { 'cdk-managed-entitlements:stack-id': ANOTHER_STACK, 'cdk-managed-entitlements:logical-id': 'Linux' };

const ADOPTED = {
  'cdk-managed-entitlements:adopted': 'true',
  'cdk-managed-entitlements:found-name': 'by hand',
  'cdk-managed-entitlements:found-status': 'DISABLED',
  'cdk-managed-entitlements:found-operations': 'CheckoutLicense ListPurchasedLicenses',
};

describe('a grant that was made in the console', () => {
  let console: string;

  beforeEach(async () => {
    await start();
    console = await people.grant(TO_PAYMENTS, { tags: { team: 'platform' } });
  });

  test('is left alone by a stack that does not adopt, which names it and the way out', async () => {
    const before = stack.aws.calls.length;
    expect(await create(PAYMENTS)).toMatchObject({
      Status: 'FAILED', Reason: expect.stringMatching(`${console} \\('by hand', DISABLED\\).*ExistingGrant\\.adopt\\(\\)`),
    });
    expect(stack.changingCalls(before)).toEqual([]);
  });

  test('is adopted: tagged first, then brought to what is declared, with its ARN as physical id', async () => {
    const before = stack.aws.calls.length;
    const properties = { ...ADOPT, Tags: [{ Key: 'stage', Value: 'prod' }] };
    expect(await create(properties)).toMatchObject({
      Status: 'SUCCESS', PhysicalResourceId: console, Data: { GrantName: 'linux-for-payments', Status: 'ACTIVE' },
    });
    expect(stack.changingCalls(before)).toEqual(['TagResource', 'CreateGrantVersion']);
    expect(await people.tagsOf(console)).toEqual({ team: 'platform', stage: 'prod', ...ownershipTags(), ...ADOPTED });
  });

  test('keeps its name if none is declared, also later', async () => {
    const unnamed = { ...ADOPT, KeepsExistingName: 'true' };
    expect(await create(unnamed)).toMatchObject({ Status: 'SUCCESS', Data: { GrantName: 'by hand', Status: 'ACTIVE' } });
    expect(await update(console, { ...unnamed, Activation: { Mode: 'DISABLED' } }, unnamed)).toMatchObject({ Data: { GrantName: 'by hand', Status: 'DISABLED' } });
    expect(await update(console, { ...ADOPT, GrantName: 'declared' }, unnamed)).toMatchObject({ Data: { GrantName: 'declared' } });
  });

  test('keeps its operations if none are declared', async () => {
    await create(ADOPT);
    expect(stack.lastRequest('CreateGrantVersion')).not.toHaveProperty('AllowedOperations');
  });

  test('gets the tags alone if it is what is declared', async () => {
    await people.switch(console, 'ACTIVE');
    const before = stack.aws.calls.length;
    expect(await create({ ...ADOPT, GrantName: 'by hand' })).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: console });
    expect(stack.changingCalls(before)).toEqual(['TagResource']);
  });

  test('that a dead run has tagged is gone on with', async () => {
    await people.tag(console, { ...ownershipTags(), ...ADOPTED });
    const before = stack.aws.calls.length;
    expect(await create({ ...ADOPT, Activation: { ...REPLACING_NOTHING, Reason: 'new' } })).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: console });
    expect(stack.changingCalls(before)).toEqual(['CreateGrantVersion']);
  });

  test('is adopted by an update whose own grant was deleted', async () => {
    const shared = { ...ADOPT, Grantee: { Kind: 'ACCOUNT', Identifier: '333333333333' } };
    const { PhysicalResourceId: own } = await create(shared);
    await people.delete(own);
    const other = await people.grant('arn:aws:iam::333333333333:root');
    const renamed = { ...shared, GrantName: 'renamed' };
    expect(await update(own, renamed, shared)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: other });
    expect(await remove(own, shared)).toMatchObject({ Status: 'SUCCESS' });
    expect(grantOf(other)).toMatchObject({ name: 'renamed', status: 'ACTIVE' });
  });

  test('is changed like any other afterwards, also by a stack that does not adopt any more', async () => {
    await create(ADOPT);
    const renamed = { ...PAYMENTS, GrantName: 'renamed' };
    expect(await update(console, renamed, ADOPT)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: console, Data: { GrantName: 'renamed' } });
  });

  describe('and is adopted', () => {
    beforeEach(async () => {
      await create(ADOPT);
    });

    test('stays as it is when its resource goes, without the tags of the stack, and can be adopted again', async () => {
      const before = stack.aws.calls.length;
      const answer = await remove(console, ADOPT);
      expect(answer).toMatchObject({ Status: 'SUCCESS', Reason: expect.stringContaining(`${console} stays`) });
      expect(stack.changingCalls(before)).toEqual(['UntagResource']);
      expect(await people.tagsOf(console)).toEqual({ team: 'platform' });
      expect(grantOf(console)).toMatchObject({ status: 'ACTIVE', name: 'linux-for-payments' });
      expect(await create(ADOPT, 'Other')).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: console });
    });

    test('is not touched by the Delete that comes again after that, nor by one after another resource has adopted it', async () => {
      await remove(console, ADOPT);
      let before = stack.aws.calls.length;
      expect(await remove(console, ADOPT)).toMatchObject({ Status: 'SUCCESS' });
      expect(stack.changingCalls(before)).toEqual([]);
      await create(ADOPT, 'Other');
      before = stack.aws.calls.length;
      expect(await remove(console, { ...ADOPT, Removal: 'DELETE' })).toMatchObject({ Status: 'SUCCESS', Reason: expect.stringContaining('stays') });
      expect(stack.changingCalls(before)).toEqual([]);
    });

    test('is again what it was if the answer to its creation was lost', async () => {
      expect(await remove(INVENTED_ID, { ...ADOPT, Removal: 'DELETE' })).toMatchObject({ Status: 'SUCCESS' });
      expect(grantOf(console)).toMatchObject({ name: 'by hand', status: 'DISABLED', tags: { team: 'platform' } });
    });

    test('is deleted if that was chosen', async () => {
      expect(await remove(console, { ...ADOPT, Removal: 'DELETE' })).toMatchObject({ Status: 'SUCCESS' });
      expect(grantOf(console)?.status).toBe('PENDING_DELETE');
    });
  });
});

describe('grants that are never adopted', () => {
  test('those of another resource, which is named', async () => {
    await start();
    const { PhysicalResourceId: first } = await create(PAYMENTS);
    const before = stack.aws.calls.length;
    const answer = await create(ADOPT, 'Other');
    expect(answer).toMatchObject({
      Status: 'FAILED', Reason: expect.stringMatching(`${first} .*belongs to the resource LinuxForPayments of the same stack.*overrideLogicalId\\(\\)`),
    });
    expect(stack.changingCalls(before)).toEqual([]);
    expect(await remove(answer.PhysicalResourceId, ADOPT, 'Other')).toMatchObject({ Status: 'SUCCESS' });
    expect(grantOf(first)?.status).toBe('ACTIVE');
  });

  test('those of another stack, which is named with the way to release them', async () => {
    await start();
    const elsewhere = await people.grant(TO_PAYMENTS, { tags: OF_ANOTHER_STACK });
    const before = stack.aws.calls.length;
    expect(await create(ADOPT)).toMatchObject({
      Status: 'FAILED', Reason: expect.stringMatching(`${elsewhere} .*belongs to the resource Linux of the stack ${ANOTHER_STACK}.*untag-resource`),
    });
    expect(stack.changingCalls(before)).toEqual([]);
  });

  test('two of them: all are named', async () => {
    await start({ variants: { duplicateGrant: 'allowed' } });
    const arns = [await people.grant(TO_PAYMENTS, { name: 'one' }), await people.grant(TO_PAYMENTS, { name: 'two' })];
    const before = stack.aws.calls.length;
    const { Status, Reason } = await create(ADOPT);
    expect(Status).toBe('FAILED');
    arns.forEach((arn) => expect(Reason).toContain(arn));
    expect(stack.changingCalls(before)).toEqual([]);
  });

  test.each([PAYMENTS, ADOPT])('those that License Manager made for an account below an organization\'s grant: the account gets one of its own', async (properties) => {
    await start();
    const unit = { ...PAYMENTS, Grantee: { Kind: 'ORGANIZATIONAL_UNIT', Identifier: 'ou-ex01-workload' }, Activation: { Mode: 'DISABLED' } };
    const { PhysicalResourceId: parentArn } = await create(unit, 'Unit');
    const children = stack.aws.grants().filter((grant) => grant.parentArn === parentArn).map(({ grantArn }) => grantArn);
    const before = stack.aws.calls.length;
    const answer = await create(properties);
    expect(answer).toMatchObject({ Status: 'SUCCESS' });
    expect(children).not.toContain(answer.PhysicalResourceId);
    expect(stack.changingCalls(before)).toEqual(['CreateGrant', 'CreateGrantVersion']);
  });

  test('those whose tags may not be changed', async () => {
    await start({ authorizer: { authorize: async ({ action }) => ({ allowed: action !== 'license-manager:TagResource' }) } });
    const console = await people.grant(TO_PAYMENTS);
    const answer = await create(ADOPT);
    expect(answer).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('license-manager:TagResource') });
    await remove(answer.PhysicalResourceId, ADOPT);
    expect(grantOf(console)).toMatchObject({ name: 'by hand', status: 'DISABLED', version: '1' });
  });
});

describe('what was chosen for the end of a grant', () => {
  test('holds once the grant was what was asked for', async () => {
    await start();
    const properties = { ...PAYMENTS, Removal: 'LEAVE' };
    const { PhysicalResourceId: made } = await create(properties);
    expect(await people.tagsOf(made)).toEqual(ownershipTags());
    const before = stack.aws.calls.length;
    expect(await remove(made, properties)).toMatchObject({ Status: 'SUCCESS', Reason: expect.stringContaining(`${made} stays`) });
    expect(stack.changingCalls(before)).toEqual(['UntagResource']);
    expect(await people.tagsOf(made)).toEqual({});
    expect(grantOf(made)?.status).toBe('ACTIVE');
  });

  test('is deactivation: the grant stays, disabled and released, also if that was begun before', async () => {
    await start();
    const properties = { ...PAYMENTS, Removal: 'DEACTIVATE', DeletionReason: 'moved' };
    const { PhysicalResourceId: made } = await create(properties);
    let before = stack.aws.calls.length;
    expect(await remove(made, properties)).toMatchObject({ Status: 'SUCCESS', Reason: expect.stringContaining(`${made} stays`) });
    expect(stack.changingCalls(before)).toEqual(['CreateGrantVersion', 'UntagResource']);
    expect(stack.lastRequest('CreateGrantVersion')).toMatchObject({ Status: 'DISABLED', StatusReason: 'moved' });
    expect(grantOf(made)).toMatchObject({ status: 'DISABLED', name: 'linux-for-payments' });
    before = stack.aws.calls.length;
    expect(await remove(made, properties)).toMatchObject({ Status: 'SUCCESS' });
    expect(stack.changingCalls(before)).toEqual([]);
    expect(await create(ADOPT, 'Other')).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: made, Data: { Status: 'ACTIVE' } });
  });

  test('is deactivation of an organization\'s grant: every account is waited for', async () => {
    await start();
    const properties = { ...PAYMENTS, Grantee: { Kind: 'ORGANIZATION' }, Removal: 'DEACTIVATE' };
    const { PhysicalResourceId: made } = await create(properties);
    expect(await remove(made, properties)).toMatchObject({ Status: 'SUCCESS' });
    const accountGrants = stack.aws.grants().filter(({ parentArn }) => parentArn === made);
    expect(accountGrants.length).toBeGreaterThan(3);
    expect(accountGrants.filter(({ status }) => status !== 'DISABLED')).toEqual([]);
  });

  test('is deactivation of a grant that is gone by then', async () => {
    await start();
    const properties = { ...PAYMENTS, Removal: 'DEACTIVATE' };
    const { PhysicalResourceId: made } = await create(properties);
    await people.delete(made);
    expect(await remove(made, properties)).toMatchObject({ Status: 'SUCCESS' });
  });

  test('does not hold for a new grant that goes before the one it replaced, in a rollback: it is deleted, and the old one active again', async () => {
    await start();
    const before = { ...PAYMENTS, Removal: 'LEAVE' };
    const { PhysicalResourceId: first } = await create(before);
    const after = { ...before, Grantee: { Kind: 'ACCOUNT', Identifier: '333333333333' } };
    const { PhysicalResourceId: second } = await update(first, after, before);
    await stack.delete({ type: GRANT_TYPE, physicalId: second, properties: after, stackStatus: 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS' });
    expect([grantOf(first)?.status, grantOf(second)?.status]).toEqual(['ACTIVE', 'PENDING_DELETE']);
  });

  test('does not hold for a grant whose creation failed: it is deleted', async () => {
    await start();
    const properties = { ...PAYMENTS, Grantee: OCCUPIED, Activation: REPLACING_NOTHING, Removal: 'LEAVE' };
    const failed = await create(properties);
    expect(failed).toMatchObject({ Status: 'FAILED', PhysicalResourceId: expect.stringContaining(':grant:') });
    await remove(failed.PhysicalResourceId, properties);
    expect(grantOf(failed.PhysicalResourceId)?.status).toBe('PENDING_DELETE');
  });

  test('does not hold if the answer to the creation was lost: it is deleted', async () => {
    await start();
    const properties = { ...PAYMENTS, Removal: 'LEAVE' };
    const { PhysicalResourceId: made } = await create(properties);
    await remove(INVENTED_ID, properties);
    expect(grantOf(made)?.status).toBe('PENDING_DELETE');
  });

  test('does not hold for a grant whose adoption failed: it stays', async () => {
    await start();
    const console = await people.grant('arn:aws:iam::444444444444:root');
    const properties = { ...ADOPT, Grantee: OCCUPIED, Activation: REPLACING_NOTHING, Removal: 'DELETE' };
    expect(await create(properties)).toMatchObject({ Status: 'FAILED', PhysicalResourceId: console });
    expect(await remove(console, properties)).toMatchObject({ Status: 'SUCCESS' });
    expect(grantOf(console)).toMatchObject({ status: 'DISABLED' });
    expect(await people.tagsOf(console)).toEqual({});
  });

  test('holds for a grant that an update has made', async () => {
    await start();
    const before = { ...PAYMENTS, Removal: 'LEAVE' };
    const { PhysicalResourceId: first } = await create(before);
    const after = { ...before, Grantee: { Kind: 'ACCOUNT', Identifier: '333333333333' } };
    const { PhysicalResourceId: second } = await update(first, after, before);
    await stack.delete({ type: GRANT_TYPE, physicalId: first, properties: before, stackStatus: 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS' });
    expect(await people.tagsOf(second)).not.toHaveProperty('cdk-managed-entitlements:provisional');
    await remove(second, after);
    expect([grantOf(first)?.status, grantOf(second)?.status]).toEqual(['ACTIVE', 'ACTIVE']);
  });
});

describe('a grant that another stack has taken over since', () => {
  let taken: string;

  beforeEach(async () => {
    await start();
    ({ PhysicalResourceId: taken } = await create(PAYMENTS));
    await people.tag(taken, OF_ANOTHER_STACK);
  });

  test.each([
    ['an update', { GrantName: 'renamed' }],
    ['a replacement', { Grantee: { Kind: 'ACCOUNT', Identifier: '333333333333' } }],
  ])('is neither changed nor made again by %s', async (_, changes) => {
    const before = stack.aws.calls.length;
    expect(await update(taken, { ...PAYMENTS, ...changes }, PAYMENTS)).toMatchObject({
      Status: 'FAILED', PhysicalResourceId: taken, Reason: expect.stringContaining(`belongs to the resource Linux of the stack ${ANOTHER_STACK}`),
    });
    expect(stack.changingCalls(before)).toEqual([]);
  });

  test('does not keep a rollback from succeeding', async () => {
    const before = stack.aws.calls.length;
    const answer = await stack.update({
      type: GRANT_TYPE, physicalId: taken, properties: PAYMENTS, oldProperties: { ...PAYMENTS, GrantName: 'renamed' }, stackStatus: 'UPDATE_ROLLBACK_IN_PROGRESS',
    });
    expect(answer).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: taken, Reason: expect.stringContaining(ANOTHER_STACK) });
    expect(stack.changingCalls(before)).toEqual([]);
  });
});

describe('what happened behind the back of a stack', () => {
  const repair = (properties: object) => ({ ...properties, RepairTrigger: 'again' });

  async function createdWith(properties: object, variants: Partial<Variants> = {}): Promise<string> {
    await start({ variants });
    return (await create(properties)).PhysicalResourceId;
  }

  test('nothing: a look at the grant changes nothing', async () => {
    const grantArn = await createdWith(PAYMENTS);
    const before = stack.aws.calls.length;
    expect(await update(grantArn, repair(PAYMENTS), PAYMENTS)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: grantArn });
    expect(stack.changingCalls(before)).toEqual([]);
  });

  test('a grant that was disabled is activated again', async () => {
    const grantArn = await createdWith(PAYMENTS);
    await people.switch(grantArn, 'DISABLED');
    expect(await update(grantArn, repair(PAYMENTS), PAYMENTS)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: grantArn, Data: { Status: 'ACTIVE' } });
  });

  test('a grant that was rejected is reported', async () => {
    const grantArn = await createdWith(PAYMENTS);
    await new LicenseAdministrator(stack.aws.endpoint, { accountId: '222222222222' }).reject(grantArn);
    const before = stack.aws.calls.length;
    expect(await update(grantArn, repair(PAYMENTS), PAYMENTS)).toMatchObject({ Status: 'FAILED', Reason: expect.stringMatching(/rejected.*recreateIfRejected: true/) });
    expect(stack.changingCalls(before)).toEqual([]);
  });

  test('a grant that was rejected is made again if that was chosen', async () => {
    const grantArn = await createdWith(PAYMENTS);
    await new LicenseAdministrator(stack.aws.endpoint, { accountId: '222222222222' }).reject(grantArn);
    const properties = { ...PAYMENTS, RecreateIfRejected: 'true' };
    const answer = await update(grantArn, properties, PAYMENTS);
    expect(answer).toMatchObject({ Status: 'SUCCESS', Data: { Status: 'ACTIVE' } });
    expect(answer.PhysicalResourceId).not.toBe(grantArn);
    const before = stack.aws.calls.length;
    const cleanUp = { type: GRANT_TYPE, physicalId: grantArn, properties: PAYMENTS, stackStatus: 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS' } as const;
    expect(await stack.delete(cleanUp)).toMatchObject({ Status: 'SUCCESS' });
    expect(stack.changingCalls(before)).toEqual([]);
  });

  test.each(['ValidationException', 'InvalidParameterValueException', 'ConflictException'] as const)(
    'a failed grant of an account is deleted and made again, so that a failed update can be taken back (duplicates: %s)', async (duplicateGrant) => {
      const disabled = { ...PAYMENTS, Grantee: OCCUPIED, Activation: { Mode: 'DISABLED' } };
      const grantArn = await createdWith(disabled, { activationWithoutEffect: 'FAILED_WORKFLOW', duplicateGrant, duplicateOfGrantInDeletion: 'refused' });
      const active = { ...disabled, Activation: REPLACING_NOTHING };
      expect(await update(grantArn, active, disabled)).toMatchObject({ Status: 'FAILED', PhysicalResourceId: grantArn });
      expect(grantOf(grantArn)?.status).toBe('FAILED_WORKFLOW');

      const reversed = await update(grantArn, disabled, active);
      expect(reversed).toMatchObject({ Status: 'SUCCESS', Data: { Status: 'DISABLED' } });
      expect(reversed.PhysicalResourceId).not.toBe(grantArn);
      expect(stack.aws.grants().filter(({ licenseArn, granteePrincipalArn, parentArn }) => licenseArn === LINUX && parentArn === LINUX
        && granteePrincipalArn === 'arn:aws:iam::444444444444:root').map(({ status }) => status)).toEqual(['DELETED', 'DISABLED']);
    });

  test('a failed grant that was adopted is not deleted', async () => {
    await start({ variants: { activationWithoutEffect: 'FAILED_WORKFLOW' } });
    const console = await people.grant('arn:aws:iam::444444444444:root');
    const disabled = { ...ADOPT, Grantee: OCCUPIED, Activation: { Mode: 'DISABLED' } };
    await create(disabled);
    await update(console, { ...disabled, Activation: REPLACING_NOTHING }, disabled);
    const before = stack.aws.calls.length;
    expect(await update(console, disabled, disabled)).toMatchObject({ Status: 'FAILED', PhysicalResourceId: console });
    expect(stack.changingCalls(before)).toEqual([]);
  });
});
