import type { SimulatedClock } from '../../../simulator/clock/simulated-clock';
import type { StackStatus } from '../../../simulator/services/cloudformation/stack-status';
import { SWITCHES, Variants } from '../../../simulator/services/variants';
import { TYPICAL_DURATIONS } from '../../../simulator/services/workflow-durations';
import { watchActivity } from '../../support/activity';
import { ORGANIZATION_WITH_RENEWAL, RENEWED_LICENSE } from '../../support/renewed-license';
import { GRANT_TYPE, PAYMENTS, SETUP } from '../support/requests';
import { silentLog } from '../support/silent-log';
import { SimulatedStack } from '../support/simulated-stack';
import type { Answer } from '../support/simulated-stack';

/** The switches that a grant to an account meets when it is made, activated, deactivated and deleted. */
const MET: readonly (keyof Variants)[] = [
  'duplicateGrant', 'duplicateOfGrantInDeletion', 'statusDuringDistribution', 'acceptance', 'versionDuringWorkflow', 'activationWithoutEffect',
  'versionWithoutStatus', 'omittedOverride', 'overrideLifetime', 'newVersions', 'deletionDuringWorkflow', 'statusReason', 'override', 'notFound',
];

/** All switches in their first positions, and each of these in each of its others. */
const EVERY_POSITION: readonly [string, Partial<Variants>][] = [
  ['every switch in its first position', {}],
  ...MET.flatMap((name) => SWITCHES[name].slice(1).map((position): [string, Partial<Variants>] => [`${name}: ${position}`, { [name]: position }])),
];

const TO_ORGANIZATION = { Grantee: { Kind: 'ORGANIZATIONAL_UNIT', Identifier: 'ou-ex01-workload' } };
const OVERRIDING = { Activation: { Mode: 'ACTIVE', Override: 'ALL_GRANTS_PERMITTED_BY_ISSUER' } };
const CAREFUL = { Activation: { Mode: 'ACTIVE', Override: 'DISTRIBUTED_GRANTS_ONLY' } };

/** License Manager takes its time for each of the two changes, and between them lies the read that confirms the first. */
const CHANGES_MILLISECONDS = 2 * TYPICAL_DURATIONS.accountChange;
const LONGEST_EXCHANGE_MILLISECONDS = CHANGES_MILLISECONDS + 5_000;

silentLog();

let stack: SimulatedStack;

afterEach(async () => {
  await stack.stop();
});

async function start(variants: Partial<Variants> = {}): Promise<void> {
  stack = await SimulatedStack.start({ variants, organization: ORGANIZATION_WITH_RENEWAL });
  expect(await stack.create(SETUP)).toMatchObject({ Status: 'SUCCESS' });
}

interface Pair {
  readonly before: object;
  readonly after: object;
  readonly first: Answer;
  readonly second: Answer;
}

/** A grant of the first license, replaced by one of the renewed license. */
async function replace(changes: object): Promise<Pair> {
  const before = { ...PAYMENTS, ...changes };
  return renew(before, await createFirst(before));
}

async function createFirst(properties: object): Promise<Answer> {
  const first = await stack.create({ type: GRANT_TYPE, properties });
  expect(first).toMatchObject({ Status: 'SUCCESS' });
  return first;
}

async function renew(before: object, first: Answer): Promise<Pair> {
  const after = { ...before, LicenseArn: RENEWED_LICENSE };
  const second = await stack.update({ type: GRANT_TYPE, physicalId: first.PhysicalResourceId, properties: after, oldProperties: before });
  return { before, after, first, second };
}

async function undo({ before, after, second }: Pair): Promise<Answer> {
  return stack.update({ type: GRANT_TYPE, physicalId: second.PhysicalResourceId, properties: before, oldProperties: after });
}

async function remove(properties: object, physicalId: string, stackStatus?: StackStatus): Promise<void> {
  expect(await stack.delete({ type: GRANT_TYPE, physicalId, properties, stackStatus })).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: physicalId });
  await stack.clock.sleep(600_000);
}

/** What CloudFormation does when it has gone back. */
async function cleanUpRollback(properties: object, physicalId: string): Promise<void> {
  await remove(properties, physicalId, 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS');
}

/** What the grants of this stack are in the accounts, by license. */
function held(): string[] {
  return [...new Set(stack.aws.grants()
    .filter(({ name, ownerAccountId, status }) => name === PAYMENTS.GrantName && ownerAccountId !== undefined && !['DELETED', 'PENDING_DELETE'].includes(status))
    .map(({ licenseArn, status }) => `${licenseArn.slice(-1)}: ${status}`))].sort();
}

describe.each(EVERY_POSITION)('%s', (_, variants) => {
  test.each([
    ['by override, at no time without an active grant', OVERRIDING, 0, 0],
    ['by exchange, for a moment without an active grant', CAREFUL, CHANGES_MILLISECONDS, LONGEST_EXCHANGE_MILLISECONDS],
  ])('a renewed license takes over %s, and gives way again', async (__, activation, shortestGap, longestGap) => {
    await start(variants);
    const before = { ...PAYMENTS, ...activation };
    const first = await createFirst(before);
    const activity = watchActivity({ aws: stack.aws, clock: stack.aws.clock as SimulatedClock }, '222222222222', 'Example Hardened Linux');
    const pair = await renew(before, first);
    expect(pair.second).toMatchObject({ Status: 'SUCCESS' });
    expect(held()).toEqual(['1: DISABLED', '4: ACTIVE']);

    expect(await undo(pair)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: pair.first.PhysicalResourceId });
    expect(held()).toEqual(['1: ACTIVE', '4: DISABLED']);

    await cleanUpRollback(pair.after, pair.second.PhysicalResourceId);
    expect(held()).toEqual(['1: ACTIVE']);
    const { longestGapMilliseconds } = activity.stop();
    expect(longestGapMilliseconds).toBeGreaterThanOrEqual(shortestGap);
    expect(longestGapMilliseconds).toBeLessThanOrEqual(longestGap);
    await remove(pair.before, pair.first.PhysicalResourceId);
    expect(held()).toEqual([]);
  });
});

test.each([['by override', OVERRIDING], ['by exchange', CAREFUL]])('a unit\'s renewed license takes over %s in all its accounts, and gives way again', async (_, activation) => {
  await start();
  const pair = await replace({ ...activation, ...TO_ORGANIZATION });
  expect(pair.second).toMatchObject({ Status: 'SUCCESS' });
  expect(held()).toEqual(['1: DISABLED', '4: ACTIVE']);

  await cleanUpRollback(pair.after, pair.second.PhysicalResourceId);
  expect(held()).toEqual(['1: ACTIVE']);
});

/** The accounts that have an active grant of this stack. */
function accountsActive(): string[] {
  return stack.aws.grants()
    .filter(({ name, status }) => name === PAYMENTS.GrantName && status === 'ACTIVE')
    .map(({ ownerAccountId }) => ownerAccountId!)
    .sort();
}

const TO_ACCOUNT = { Grantee: PAYMENTS.Grantee };

test.each([
  ['an account gives way to that of its unit', TO_ACCOUNT, TO_ORGANIZATION, ['222222222222', '333333333333']],
  ['a unit gives way to that of one of its accounts', TO_ORGANIZATION, TO_ACCOUNT, ['222222222222']],
])('the grant of %s, which it would exclude, and is active again if the update is taken back', async (_, of, to, active) => {
  await start();
  const before = { ...PAYMENTS, ...CAREFUL, ...of };
  const after = { ...before, ...to };
  const { PhysicalResourceId: first } = await stack.create({ type: GRANT_TYPE, properties: before });
  const activeBefore = accountsActive();
  const { PhysicalResourceId: second } = await stack.update({ type: GRANT_TYPE, physicalId: first, properties: after, oldProperties: before });
  expect(accountsActive()).toEqual(expect.arrayContaining(active));
  expect(accountsActive()).toHaveLength(new Set(accountsActive()).size);

  await cleanUpRollback(after, second);
  expect(accountsActive()).toEqual(activeBefore);
});

test('a license of another product leaves the grant before alone until its end', async () => {
  await start();
  const before = { ...PAYMENTS, ...CAREFUL };
  const { PhysicalResourceId: first } = await stack.create({ type: GRANT_TYPE, properties: before });
  const since = stack.aws.calls.length;
  const scanner = { ...before, LicenseArn: RENEWED_LICENSE.replace(/4$/, '2') };
  expect(await stack.update({ type: GRANT_TYPE, physicalId: first, properties: scanner, oldProperties: before })).toMatchObject({ Status: 'SUCCESS' });
  expect(stack.changingCalls(since)).toEqual(['CreateGrant', 'CreateGrantVersion']);
  expect(held()).toEqual(['1: ACTIVE', '2: ACTIVE']);
});

test('a grant that was disabled before is not activated by a rollback', async () => {
  await start();
  const pair = await replace({ Activation: { Mode: 'DISABLED' } });
  await cleanUpRollback(pair.after, pair.second.PhysicalResourceId);
  expect(held()).toEqual(['1: DISABLED']);
});

test.each([['by override', OVERRIDING], ['by exchange', CAREFUL]])('an old grant that was retained stays as it is when its successor, which came %s, goes', async (_, activation) => {
  await start();
  const pair = await replace(activation);
  await remove(pair.after, pair.second.PhysicalResourceId);
  expect(held()).toEqual(['1: DISABLED']);
});

test.each([
  ['acceptance', { Acceptance: { Mode: 'BY_GRANTEE' }, ...CAREFUL }],
  ['acceptance, where the service may swap', { Acceptance: { Mode: 'BY_GRANTEE' }, ...OVERRIDING }],
  ['activation', { Activation: { Mode: 'BY_GRANTEE' } }],
])('a successor that waits for its grantee\'s %s does not take the place of an active grant: nothing is changed', async (_, waiting) => {
  await start();
  const before = { ...PAYMENTS, ...CAREFUL };
  const { PhysicalResourceId: first } = await stack.create({ type: GRANT_TYPE, properties: before });
  const since = stack.aws.calls.length;
  const renewed = { ...before, ...waiting, LicenseArn: RENEWED_LICENSE };
  expect(await stack.update({ type: GRANT_TYPE, physicalId: first, properties: renewed, oldProperties: before })).toMatchObject({
    Status: 'FAILED', PhysicalResourceId: first, Reason: expect.stringMatching(`instead of ${first} failed: .*waits for the grantee.*add the new grant beside the old one`),
  });
  expect(stack.changingCalls(since)).toEqual([]);
  expect(await stack.update({ type: GRANT_TYPE, physicalId: first, properties: before, oldProperties: renewed })).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: first });
  expect(held()).toEqual(['1: ACTIVE']);
});
