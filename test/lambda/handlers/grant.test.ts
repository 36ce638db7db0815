import { GRANT_TYPE, PAYMENTS, SCANNER, SETUP } from '../support/requests';
import { silentLog } from '../support/silent-log';
import { SimulatedStack } from '../support/simulated-stack';
import type { Answer } from '../support/simulated-stack';

const logged = silentLog();

let stack: SimulatedStack;

beforeEach(async () => {
  stack = await SimulatedStack.start();
});

afterEach(async () => {
  await stack.stop();
});

async function setUp(): Promise<void> {
  expect(await stack.create(SETUP)).toMatchObject({ Status: 'SUCCESS' });
}

async function createGrant(changes: object = {}): Promise<Answer> {
  return stack.create({ type: GRANT_TYPE, properties: { ...PAYMENTS, ...changes } });
}

function statusOf(grantArn: string): string | undefined {
  return stack.aws.grants().find((grant) => grant.grantArn === grantArn)?.status;
}

/** The grants that this stack's account made, apart from those of single accounts below an organization's grant. */
function grantsMade(): object[] {
  return stack.aws.grants().filter(({ grantorAccountId, parentArn }) => grantorAccountId === '111111111111' && parentArn.includes(':license:'));
}

describe('the life of a grant', () => {
  beforeEach(setUp);

  test('it is created and activated, and answered with its ARN, status and version', async () => {
    const before = stack.aws.calls.length;
    const answer = await createGrant();
    expect(answer).toMatchObject({
      Status: 'SUCCESS',
      PhysicalResourceId: expect.stringMatching(/^arn:aws:license-manager::111111111111:grant:g-/),
      Data: { GrantArn: answer.PhysicalResourceId, GrantName: 'linux-for-payments', Status: 'ACTIVE', Version: '2' },
    });
    expect(stack.changingCalls(before)).toEqual(['CreateGrant', 'CreateGrantVersion']);
    expect(stack.lastRequest('CreateGrantVersion')).toEqual({
      ClientToken: expect.stringMatching(/^[0-9a-f]{64}$/), GrantArn: answer.PhysicalResourceId, SourceVersion: '1', Status: 'ACTIVE',
    });
    expect(stack.lastRequest('CreateGrant')).toMatchObject({
      GrantName: 'linux-for-payments',
      HomeRegion: 'us-east-1',
      Principals: ['arn:aws:iam::222222222222:root'],
      AllowedOperations: expect.not.arrayContaining(['CreateGrant']),
      Tags: [
        { Key: 'cdk-managed-entitlements:stack-id', Value: stack.stackId },
        { Key: 'cdk-managed-entitlements:logical-id', Value: 'LinuxForPayments' },
      ],
    });
  });

  test('it is renamed, deactivated and activated again in place', async () => {
    const { PhysicalResourceId: physicalId } = await createGrant();
    let oldProperties: object = PAYMENTS;
    for (const [changes, data] of [
      [{ GrantName: 'renamed' }, { GrantName: 'renamed', Status: 'ACTIVE' }],
      [{ GrantName: 'renamed', Activation: { Mode: 'DISABLED', Reason: 'audit' } }, { Status: 'DISABLED' }],
      [{ GrantName: 'renamed', Activation: { Mode: 'ACTIVE' } }, { Status: 'ACTIVE' }],
    ]) {
      const properties = { ...PAYMENTS, ...changes };
      const before = stack.aws.calls.length;
      expect(await stack.update({ type: GRANT_TYPE, physicalId, properties, oldProperties }))
        .toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: physicalId, Data: data });
      expect(stack.changingCalls(before)).toEqual(['CreateGrantVersion']);
      oldProperties = properties;
    }
  });

  test('it is deleted with its reason, whatever its version', async () => {
    const { PhysicalResourceId: physicalId } = await createGrant();
    const answer = await stack.delete({ type: GRANT_TYPE, physicalId, properties: { ...PAYMENTS, DeletionReason: 'contract ended' } });
    expect(answer).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: physicalId });
    expect(stack.aws.calls.at(-1)).toMatchObject({ operation: 'DeleteGrant', request: { Version: '2', StatusReason: 'contract ended' } });
    expect(statusOf(physicalId)).toBe('PENDING_DELETE');
  });

  test('it is deleted by its id alone, whatever the properties say', async () => {
    const { PhysicalResourceId: physicalId } = await createGrant();
    const before = stack.aws.calls.length;
    const properties = { ...PAYMENTS, Grantee: { Kind: 'ACCOUNT', Identifier: 'not an account' } };
    expect(await stack.delete({ type: GRANT_TYPE, physicalId, properties })).toMatchObject({ Status: 'SUCCESS' });
    expect(stack.calls(before)).toEqual([
      'DescribeStacks', 'GetGrant', 'ListDistributedGrants', 'ListTagsForResource', 'ListTagsForResource', 'GetGrant', 'DeleteGrant',
    ]);
  });

  test('it is not deleted twice', async () => {
    const { PhysicalResourceId: physicalId } = await createGrant();
    await stack.delete({ type: GRANT_TYPE, physicalId, properties: PAYMENTS });
    const before = stack.aws.calls.length;
    expect(await stack.delete({ type: GRANT_TYPE, physicalId, properties: PAYMENTS })).toMatchObject({ Status: 'SUCCESS' });
    expect(stack.changingCalls(before)).toEqual([]);
  });

  test('it is as good as deleted if License Manager does not know it', async () => {
    const physicalId = 'arn:aws:license-manager::111111111111:grant:g-ffffffffffffffffffffffffffffffff';
    const before = stack.aws.calls.length;
    expect(await stack.delete({ type: GRANT_TYPE, physicalId, properties: PAYMENTS })).toMatchObject({ Status: 'SUCCESS' });
    expect(stack.changingCalls(before)).toEqual([]);
  });

  test('it is left alone by an update of what only concerns the handler', async () => {
    const { PhysicalResourceId: physicalId } = await createGrant();
    const before = stack.aws.calls.length;
    const properties = { ...PAYMENTS, SettleWithinSeconds: '60', DeletionReason: 'contract ended' };
    expect(await stack.update({ type: GRANT_TYPE, physicalId, properties, oldProperties: PAYMENTS })).toMatchObject({ Status: 'SUCCESS' });
    expect(stack.changingCalls(before)).toEqual([]);
  });

  test('it gets and loses tags, and keeps those that say who made it', async () => {
    const tagged = { Tags: [{ Key: 'team', Value: 'payments' }, { Key: 'stage', Value: 'prod' }] };
    const { PhysicalResourceId: physicalId } = await createGrant(tagged);
    const before = stack.aws.calls.length;
    const properties = { ...PAYMENTS, Tags: [{ Key: 'team', Value: 'billing' }, { Key: 'cdk-managed-entitlements:stack-id', Value: 'mine' }] };
    await stack.update({ type: GRANT_TYPE, physicalId, properties, oldProperties: { ...PAYMENTS, ...tagged } });
    expect(stack.aws.calls.slice(before).filter(({ operation }) => /^(Tag|Untag)/.test(operation)).map(({ request }) => request)).toEqual([
      { ResourceArn: physicalId, TagKeys: ['stage'] },
      { ResourceArn: physicalId, Tags: [{ Key: 'team', Value: 'billing' }] },
    ]);
  });

  test('its operations change in place, and return to what the license allows', async () => {
    const { PhysicalResourceId: physicalId } = await createGrant();
    const fewer = { ...PAYMENTS, AllowedOperations: ['CheckoutLicense', 'ListPurchasedLicenses'] };
    expect(await stack.update({ type: GRANT_TYPE, physicalId, properties: fewer, oldProperties: PAYMENTS })).toMatchObject({ Status: 'SUCCESS' });
    expect(stack.lastRequest('CreateGrantVersion'))
      .toMatchObject({ AllowedOperations: ['CheckoutLicense', 'ListPurchasedLicenses'] });
    expect(await stack.update({ type: GRANT_TYPE, physicalId, properties: PAYMENTS, oldProperties: fewer })).toMatchObject({ Status: 'SUCCESS' });
    expect(stack.lastRequest('CreateGrantVersion'))
      .toMatchObject({ AllowedOperations: expect.arrayContaining(['CheckInLicense', 'CreateToken']) });
  });

  test('left to the grantee, it is not activated', async () => {
    const before = stack.aws.calls.length;
    expect(await createGrant({ Activation: { Mode: 'BY_GRANTEE' } })).toMatchObject({ Status: 'SUCCESS', Data: { Status: 'DISABLED' } });
    expect(stack.changingCalls(before)).toEqual(['CreateGrant']);
  });
});

describe('requests that are lost, repeated or reversed', () => {
  beforeEach(setUp);

  test('a Create that arrives twice makes one grant', async () => {
    const first = await stack.create({ type: GRANT_TYPE, properties: PAYMENTS, requestId: 'same' });
    const second = await stack.create({ type: GRANT_TYPE, properties: PAYMENTS, requestId: 'same' });
    expect(second).toEqual(first);
    expect(grantsMade()).toHaveLength(1);
  });

  test('the Delete that follows a Create without an answer finds the grant by its tags', async () => {
    const { PhysicalResourceId: grantArn } = await createGrant();
    const physicalId = 'quick-start-LinuxForPayments-1ABCDEFGHIJKL';
    expect(await stack.delete({ type: GRANT_TYPE, physicalId, properties: PAYMENTS })).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: physicalId });
    expect(statusOf(grantArn)).toBe('PENDING_DELETE');
  });

  test('such a Delete leaves the grants of other resources alone', async () => {
    const { PhysicalResourceId: grantArn } = await createGrant();
    await stack.delete({ type: GRANT_TYPE, logicalId: 'Other', physicalId: 'quick-start-Other-1ABCDEFGHIJKL', properties: PAYMENTS });
    expect(statusOf(grantArn)).toBe('ACTIVE');
  });

  test('another grantee is another grant; the reversed update finds the first one again', async () => {
    const { PhysicalResourceId: first } = await createGrant();
    const shared = { ...PAYMENTS, Grantee: { Kind: 'ACCOUNT', Identifier: 'arn:aws:iam::333333333333:root' } };
    const toShared = { type: GRANT_TYPE, physicalId: first, properties: shared, oldProperties: PAYMENTS };
    const { PhysicalResourceId: second, Status } = await stack.update(toShared);
    expect(Status).toBe('SUCCESS');
    expect(second).not.toBe(first);
    expect([statusOf(first), statusOf(second)]).toEqual(['ACTIVE', 'ACTIVE']);

    const before = stack.aws.calls.length;
    const reversed = await stack.update({ type: GRANT_TYPE, physicalId: second, properties: PAYMENTS, oldProperties: shared });
    expect(reversed).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: first });
    expect(stack.changingCalls(before)).toEqual([]);
    await stack.delete({ type: GRANT_TYPE, physicalId: second, properties: shared });
    expect([statusOf(first), statusOf(second)]).toEqual(['ACTIVE', 'PENDING_DELETE']);
  });

  test('another license is another grant', async () => {
    const { PhysicalResourceId: first } = await createGrant();
    const { PhysicalResourceId: second } = await stack.update({
      type: GRANT_TYPE, physicalId: first, properties: { ...PAYMENTS, LicenseArn: SCANNER }, oldProperties: PAYMENTS,
    });
    expect(second).not.toBe(first);
    expect(statusOf(second)).toBe('ACTIVE');
  });

  test('another home Region than that of the license fails, and leaves the grant as it is', async () => {
    const { PhysicalResourceId: physicalId } = await createGrant();
    const elsewhere = { ...PAYMENTS, HomeRegion: 'eu-west-1' };
    const before = stack.aws.calls.length;
    expect(await stack.update({ type: GRANT_TYPE, physicalId, properties: elsewhere, oldProperties: PAYMENTS }))
      .toMatchObject({ Status: 'FAILED', PhysicalResourceId: physicalId, Reason: expect.stringContaining('the home Region of the license is us-east-1') });
    expect(await stack.update({ type: GRANT_TYPE, physicalId, properties: PAYMENTS, oldProperties: elsewhere }))
      .toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: physicalId });
    expect(stack.changingCalls(before)).toEqual([]);
  });

  test('a grant that somebody deleted is made anew by the next update', async () => {
    const { PhysicalResourceId: first } = await createGrant();
    await stack.delete({ type: GRANT_TYPE, physicalId: first, properties: PAYMENTS });
    const answer = await stack.update({ type: GRANT_TYPE, physicalId: first, properties: { ...PAYMENTS, GrantName: 'renamed' }, oldProperties: PAYMENTS });
    expect(answer.Reason).toBeUndefined();
    expect(answer.PhysicalResourceId).not.toBe(first);
    expect(statusOf(answer.PhysicalResourceId)).toBe('ACTIVE');
  });
});

describe('grants of an organizational unit', () => {
  beforeEach(setUp);

  test('are settled when its accounts, nested ones too, have them active', async () => {
    const before = stack.aws.calls.length;
    const answer = await createGrant({ Grantee: { Kind: 'ORGANIZATIONAL_UNIT', Identifier: 'ou-ex01-workload' } });
    expect(answer).toMatchObject({ Status: 'SUCCESS' });
    const accountGrants = stack.aws.grants().filter(({ parentArn }) => parentArn === answer.PhysicalResourceId);
    expect(accountGrants.map(({ ownerAccountId, status }) => [ownerAccountId, status]).sort())
      .toEqual([['222222222222', 'ACTIVE'], ['333333333333', 'ACTIVE']]);
    // Organizations allows one per second and account.
    expect(stack.calls(before).filter((call) => call === 'DescribeOrganization')).toHaveLength(1);
  });

  test('are settled beside an account that keeps its own subscription, which the log names', async () => {
    const answer = await createGrant({ Grantee: { Kind: 'ORGANIZATIONAL_UNIT', Identifier: 'ou-ex01-sandbox1' } });
    expect(answer).toMatchObject({ Status: 'SUCCESS' });
    expect(logged().filter((line) => line.includes('not active') && line.includes('444444444444'))).not.toEqual([]);
  });

  test('are deactivated in all accounts', async () => {
    const grantee = { Grantee: { Kind: 'ORGANIZATION' } };
    const { PhysicalResourceId: physicalId } = await createGrant(grantee);
    const properties = { ...PAYMENTS, ...grantee, Activation: { Mode: 'DISABLED' } };
    expect(await stack.update({ type: GRANT_TYPE, physicalId, properties, oldProperties: { ...PAYMENTS, ...grantee } })).toMatchObject({ Status: 'SUCCESS' });
    const accountGrants = stack.aws.grants().filter(({ parentArn }) => parentArn === physicalId);
    expect(accountGrants.length).toBeGreaterThan(3);
    expect(accountGrants.filter(({ status }) => status === 'ACTIVE')).toEqual([]);
  });

  test('are refused for a unit of another organization before anything is changed', async () => {
    const before = stack.aws.calls.length;
    const answer = await createGrant({
      Grantee: { Kind: 'ORGANIZATIONAL_UNIT', Identifier: 'arn:aws:organizations::999999999999:ou/o-otherorg00/ou-ex01-workload' },
    });
    expect(answer).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('o-exampleorg1') });
    expect(stack.changingCalls(before)).toEqual([]);
  });
});

