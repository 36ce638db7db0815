import type { GrantProperties } from '../../../lib/grant/grant-properties';
import type { SimulatedClock } from '../../../simulator/clock/simulated-clock';
import { watchActivity } from '../../support/activity';
import type { Activity } from '../../support/activity';
import { LicenseAdministrator } from '../../support/license-administrator';
import { ORGANIZATION_WITH_RENEWAL, RENEWED_LICENSE } from '../../support/renewed-license';
import { IN_BACKGROUND, REQUIRED, setUp } from '../support/handed-over';
import { GRANT_TYPE, LINUX, SCANNER } from '../support/requests';
import { SettlementWorkflow } from '../support/settlement-workflow';
import { silentLog } from '../support/silent-log';
import { SimulatedStack } from '../support/simulated-stack';
import type { Answer, SimulatedStackOptions } from '../support/simulated-stack';
import { CAREFUL, cleanUpGrant, OVERRIDING, updateGrant } from '../support/updates';
import type { CleanUp } from '../support/updates';

/*
 * A replacement that takes License Manager longer than a function runs: the deployment is over, or waits for the answer of the workflow, while
 * the old grant is still the one in use.
 */

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

type Changes = Partial<GrantProperties>;


/** How long an account may be without an active grant, beside what License Manager takes: pauses of the workflow do not count among it. */
const BY_OVERRIDE = ['by override', OVERRIDING, 0] as const;
const BY_EXCHANGE = ['by exchange', CAREFUL, 5 * SECOND] as const;

silentLog();

let stack: SimulatedStack;
let workflow: SettlementWorkflow;
let activity: Activity;

afterEach(async () => {
  await stack.stop();
});

/** Everything of License Manager takes no time but what is said here. */
async function start(durations: SimulatedStackOptions['workflow'], options: SimulatedStackOptions = {}): Promise<void> {
  stack = await SimulatedStack.start({ organization: setUp(ORGANIZATION_WITH_RENEWAL), workflow: { accountChange: 0, ...durations }, ...options });
  workflow = new SettlementWorkflow(stack);
}

interface Replacement {
  readonly before: GrantProperties;
  readonly after: GrantProperties;
  readonly first: Answer;
}

/** A grant of the first license that is settled, however long that takes. */
async function settleFirst(choice: GrantProperties, changes: Changes): Promise<Replacement> {
  const before: GrantProperties = { ...choice, ...changes };
  const patient: GrantProperties = { ...IN_BACKGROUND, ...changes, Workflow: { ...IN_BACKGROUND.Workflow!, GiveUpAfterSeconds: '1209600' } };
  const first = await stack.create({ type: GRANT_TYPE, properties: patient });
  await stack.clock.sleep(12 * HOUR);
  expect(held()).toContain('1: ACTIVE');
  activity = watchActivity({ aws: stack.aws, clock: stack.aws.clock as SimulatedClock }, '222222222222', 'Example Hardened Linux');
  return { before, after: { ...before, LicenseArn: RENEWED_LICENSE }, first };
}

async function update(physicalId: string, from: GrantProperties, to: GrantProperties, stackStatus?: 'UPDATE_ROLLBACK_IN_PROGRESS'): Promise<Answer> {
  return updateGrant(stack, { physicalId, from, to, stackStatus });
}

function givingUpAfter(seconds: number): Changes {
  return { Workflow: { ...IN_BACKGROUND.Workflow!, GiveUpAfterSeconds: `${seconds}` } };
}

/** The old grant, replaced in the background. */
async function replace(changes: Changes, more: Changes = {}): Promise<Replacement & { readonly second: Answer }> {
  const replacement = await settleFirst(IN_BACKGROUND, changes);
  const after = { ...replacement.after, ...more };
  const second = await update(replacement.first.PhysicalResourceId, replacement.before, after);
  expect(second).toMatchObject({ Status: 'SUCCESS', Data: { Status: expect.stringMatching(/PENDING_WORKFLOW|DISABLED/) } });
  expect(second.PhysicalResourceId).not.toBe(replacement.first.PhysicalResourceId);
  return { ...replacement, after, second };
}

async function cleanUp(physicalId: string, properties: GrantProperties, stackStatus: CleanUp = 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS'): Promise<Answer> {
  return cleanUpGrant(stack, physicalId, properties, stackStatus);
}

/** The same, and then CloudFormation has the old grant deleted. */
async function replaceForGood(changes: Changes, more: Changes = {}): ReturnType<typeof replace> {
  const replaced = await replace(changes, more);
  await cleanUp(replaced.first.PhysicalResourceId, replaced.before);
  return replaced;
}

async function remove(physicalId: string, properties: GrantProperties): Promise<void> {
  expect(await stack.delete({ type: GRANT_TYPE, physicalId, properties })).toMatchObject({ Status: 'SUCCESS' });
  await stack.clock.sleep(10 * MINUTE);
}

/** What is left of the grants of this stack, by license. */
function held(): string[] {
  return stack.aws.grants()
    .filter(({ grantorAccountId, status }) => grantorAccountId === '111111111111' && !['DELETED', 'PENDING_DELETE'].includes(status))
    .map(({ licenseArn, status }) => `${licenseArn.slice(-1)}: ${status}`)
    .sort();
}

function longestGap(): number {
  return activity.stop().longestGapMilliseconds;
}

function lastCause(): string | undefined {
  return stack.aws.stateMachines.allExecutions.at(-1)!.cause;
}

describe.each([BY_OVERRIDE, BY_EXCHANGE])('in the background, %s', (_, changes, gap) => {
  test('the old grant stays until the new one is settled, and then goes without another deployment', async () => {
    await start({ accountDistribution: 2 * HOUR });
    const { before, after, first, second } = await replace(changes);
    const since = stack.aws.calls.length;
    expect((await cleanUp(first.PhysicalResourceId, before)).Reason).toMatch(`once the grant that takes its place is settled: ${second.PhysicalResourceId}`);
    expect(stack.changingCalls(since)).toEqual(['TagResource']);
    await stack.clock.sleep(HOUR);
    expect(held()).toEqual(['1: ACTIVE', '4: PENDING_WORKFLOW']);

    await stack.clock.sleep(3 * HOUR);
    expect(held()).toEqual(['4: ACTIVE']);
    expect(workflow.executions).toEqual(['SUCCEEDED', 'SUCCEEDED']);
    expect(longestGap()).toBeLessThanOrEqual(gap);
    await remove(second.PhysicalResourceId, after);
    expect(held()).toEqual([]);
  });

  test('the old grant goes as ever if its deletion is asked for when the new one is settled', async () => {
    await start({ accountDistribution: 2 * HOUR });
    const { before, first } = await replace(changes);
    await stack.clock.sleep(4 * HOUR);
    expect(held()).toEqual(['1: DISABLED', '4: ACTIVE']);
    const since = stack.aws.calls.length;
    await cleanUp(first.PhysicalResourceId, before);
    expect(stack.changingCalls(since)).toEqual(['TagResource', 'DeleteGrant']);
    expect(longestGap()).toBeLessThanOrEqual(gap);
  });

  test.each([
    ['an update of something else goes on with the exchange', { GrantName: 'renamed' }],
    ['an update that wants the workflow no more settles it itself', { Workflow: undefined, SettleWithinSeconds: '800' }],
  ] as const)('%s', async (__, more) => {
    await start({ accountDistribution: 70 * MINUTE });
    const { after, second } = await replaceForGood(changes);
    await stack.clock.sleep(HOUR);
    expect(await update(second.PhysicalResourceId, after, { ...after, ...more })).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: second.PhysicalResourceId });
    await stack.clock.sleep(2 * HOUR);
    expect(held()).toEqual(['4: ACTIVE']);
    expect(workflow.executions.filter((execution) => execution !== 'SUCCEEDED')).toEqual(['ABORTED Superseded']);
    expect(longestGap()).toBeLessThanOrEqual(gap);
  });

  test('an update that wants the old license again takes its grant, which never was out of use', async () => {
    await start({ accountDistribution: 2 * HOUR });
    const { before, after, first, second } = await replaceForGood(changes);
    await stack.clock.sleep(HOUR);
    const since = stack.aws.calls.length;
    expect(await update(second.PhysicalResourceId, after, before)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: first.PhysicalResourceId });
    expect(stack.changingCalls(since)).toEqual(['StopExecution', 'UntagResource', 'TagResource']);
    await cleanUp(second.PhysicalResourceId, after);
    await stack.clock.sleep(3 * HOUR);
    expect(held()).toEqual(['1: ACTIVE']);
    expect(longestGap()).toBe(0);
    await remove(first.PhysicalResourceId, before);
    expect(held()).toEqual([]);
  });

  test('an update to another license leaves nothing of the two before', async () => {
    await start({ accountDistribution: 2 * HOUR });
    const { after, second } = await replaceForGood(changes);
    const last = { ...after, LicenseArn: SCANNER };
    const third = await update(second.PhysicalResourceId, after, last);
    await cleanUp(second.PhysicalResourceId, after);
    expect(held()).toEqual(['1: ACTIVE', '2: PENDING_WORKFLOW']);
    await stack.clock.sleep(4 * HOUR);
    expect(held()).toEqual(['2: ACTIVE']);
    await remove(third.PhysicalResourceId, last);
    expect(held()).toEqual([]);
  });

  test.each([
    ['reversed by an Update', true],
    ['taken back by a Delete alone', false],
  ])('a rollback, %s, leaves the old grant as it was', async (__, isReversed) => {
    await start({ accountDistribution: 2 * HOUR });
    const { before, after, first, second } = await replace(changes);
    await stack.clock.sleep(HOUR);
    if (isReversed) {
      expect(await update(second.PhysicalResourceId, after, before, 'UPDATE_ROLLBACK_IN_PROGRESS')).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: first.PhysicalResourceId });
    }
    await cleanUp(second.PhysicalResourceId, after, 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS');
    await stack.clock.sleep(4 * HOUR);
    expect(held()).toEqual(['1: ACTIVE']);
    expect(workflow.executions).toEqual(['SUCCEEDED', 'ABORTED Superseded']);
    expect(longestGap()).toBe(0);
    await remove(first.PhysicalResourceId, before);
    expect(held()).toEqual([]);
  });

  test('the end of the stack is the end of both grants', async () => {
    await start({ accountDistribution: 2 * HOUR });
    const { after, second } = await replaceForGood(changes);
    await remove(second.PhysicalResourceId, after);
    expect(held()).toEqual([]);
    expect(workflow.executions).toEqual(['SUCCEEDED', 'ABORTED Superseded']);
  });

  test('the end of the stack is the end of both grants also if CloudFormation knows the old one', async () => {
    await start({ accountDistribution: 2 * HOUR });
    const { before, first } = await replace(changes);
    await remove(first.PhysicalResourceId, before);
    expect(held()).toEqual([]);
    expect(workflow.executions).toEqual(['SUCCEEDED', 'ABORTED Superseded']);
  });

  test('a new grant that is not settled in time leaves the old one in use; a later deployment tries again', async () => {
    await start({ accountDistribution: 2 * HOUR });
    const { after, second } = await replaceForGood(changes, givingUpAfter(3_600));
    await stack.clock.sleep(80 * MINUTE);
    expect(workflow.executions).toEqual(['SUCCEEDED', 'FAILED NotSettledInTime']);
    expect(held()).toEqual(['1: ACTIVE', '4: PENDING_WORKFLOW']);

    await stack.clock.sleep(2 * HOUR);
    expect(held()).toEqual(['1: ACTIVE', '4: DISABLED']);
    expect(await update(second.PhysicalResourceId, after, { ...after, RepairTrigger: '2' })).toMatchObject({ Status: 'SUCCESS', Data: { Status: 'ACTIVE' } });
    expect(held()).toEqual(['4: ACTIVE']);
    expect(longestGap()).toBeLessThanOrEqual(gap);
  });

  test('a new grant that was given up, and cannot be settled yet, does not make the rollback of another update fail', async () => {
    await start({ accountDistribution: 2 * HOUR });
    const { after, second } = await replaceForGood(changes, givingUpAfter(3_600));
    await stack.clock.sleep(80 * MINUTE);
    const impatient = { ...after, Workflow: undefined, SettleWithinSeconds: '60' };
    expect(await update(second.PhysicalResourceId, after, impatient)).toMatchObject({ Status: 'FAILED' });
    expect(await update(second.PhysicalResourceId, impatient, after, 'UPDATE_ROLLBACK_IN_PROGRESS')).toMatchObject({ Status: 'SUCCESS' });
    await stack.clock.sleep(2 * HOUR);
    expect(held()).toEqual(['4: ACTIVE']);
    expect(longestGap()).toBeLessThanOrEqual(gap);
  });

  test('a new grant that somebody deletes does not take the old one with it', async () => {
    await start({ accountDistribution: 2 * HOUR });
    const { after, second } = await replaceForGood(changes);
    await new LicenseAdministrator(stack.aws.endpoint).delete(second.PhysicalResourceId);
    await stack.clock.sleep(2 * HOUR);
    expect(workflow.executions).toEqual(['SUCCEEDED', 'FAILED SettlementFailed']);
    expect(held()).toEqual(['1: ACTIVE']);

    // The next deployment makes another one, and lets it take over as the first one should have.
    const third = await update(second.PhysicalResourceId, after, { ...after, RepairTrigger: '2' });
    await cleanUp(second.PhysicalResourceId, after);
    expect(held()).toEqual(['1: ACTIVE', '4: PENDING_WORKFLOW']);
    await stack.clock.sleep(4 * HOUR);
    expect(held()).toEqual(['4: ACTIVE']);
    expect(longestGap()).toBeLessThanOrEqual(gap);
    await remove(third.PhysicalResourceId, after);
    expect(held()).toEqual([]);
  });

  test('an old grant that License Manager works on at that moment stays all the same', async () => {
    await start({ accountDistribution: 2 * HOUR, accountChange: 10 * MINUTE });
    const { before, after, first } = await settleFirst(IN_BACKGROUND, changes);
    const renamed = { ...before, Activation: { ...before.Activation, Reason: 'under new management' } };
    await update(first.PhysicalResourceId, before, renamed);
    expect(held()).toEqual(['1: PENDING_WORKFLOW']);
    await update(first.PhysicalResourceId, renamed, { ...after, Activation: renamed.Activation });
    await cleanUp(first.PhysicalResourceId, renamed);
    await stack.clock.sleep(HOUR);
    expect(held()).toEqual(['1: ACTIVE', '4: PENDING_WORKFLOW']);
    await stack.clock.sleep(6 * HOUR);
    expect(held()).toEqual(['4: ACTIVE']);
  });
});

describe('what was chosen for the end of the old grant', () => {
  async function isNobodys({ PhysicalResourceId: grantArn }: Answer): Promise<boolean> {
    return Object.keys(await new LicenseAdministrator(stack.aws.endpoint).tagsOf(grantArn)).length === 0;
  }

  test.each(['LEAVE', 'DEACTIVATE'] as const)('%s holds when the new one is settled, and not before', async (Removal) => {
    await start({ accountDistribution: 2 * HOUR });
    const { before, first } = await replace({ ...CAREFUL, Removal });
    const since = stack.aws.calls.length;
    await cleanUp(first.PhysicalResourceId, before);
    expect(stack.changingCalls(since)).toEqual(['TagResource']);
    await stack.clock.sleep(4 * HOUR);
    expect(held()).toEqual(['1: DISABLED', '4: ACTIVE']);
    expect(await isNobodys(first)).toBe(true);
  });

  test('holds if another update is rolled back at that moment', async () => {
    await start({ accountDistribution: 2 * HOUR });
    const { first } = await replaceForGood({ ...CAREFUL, Removal: 'LEAVE' });
    stack.aws.stacks.put({ stackId: stack.stackId, status: 'UPDATE_ROLLBACK_IN_PROGRESS' });
    await stack.clock.sleep(4 * HOUR);
    expect(held()).toEqual(['1: DISABLED', '4: ACTIVE']);
    expect(await isNobodys(first)).toBe(true);
  });

  test('holds for both if the stack is deleted before that', async () => {
    await start({ accountDistribution: 2 * HOUR });
    const { after, first, second } = await replaceForGood({ ...CAREFUL, Removal: 'LEAVE' });
    await remove(second.PhysicalResourceId, after);
    expect(held()).toEqual(['1: ACTIVE', '4: PENDING_WORKFLOW']);
    expect([await isNobodys(first), await isNobodys(second)]).toEqual([true, true]);
  });

  test('a grant that was made goes with a new one that stays', async () => {
    await start({ accountDistribution: 2 * HOUR });
    const { after, second } = await replaceForGood(CAREFUL);
    await new LicenseAdministrator(stack.aws.endpoint).tag(second.PhysicalResourceId, { 'cdk-managed-entitlements:adopted': 'true' });
    await remove(second.PhysicalResourceId, after);
    expect(held()).toEqual(['4: PENDING_WORKFLOW']);
    expect(await isNobodys(second)).toBe(true);
  });
});

describe('an exchange of which License Manager takes its time for each step', () => {
  test('asks for each of them once, in as many passes as it takes', async () => {
    await start({ accountChange: 173 * MINUTE });
    const { before, after, first } = await settleFirst(IN_BACKGROUND, CAREFUL);
    const since = stack.aws.calls.length;
    await update(first.PhysicalResourceId, before, after);
    await cleanUp(first.PhysicalResourceId, before);
    await stack.clock.sleep(4 * HOUR);
    expect(held()).toEqual(['1: DISABLED', '4: PENDING_WORKFLOW']);
    await stack.clock.sleep(4 * HOUR);
    expect(held()).toEqual(['4: ACTIVE']);
    // Between the two lies a pause of the workflow, which is short as long as the account waits.
    expect(longestGap()).toBeLessThanOrEqual(2 * 173 * MINUTE + 2 * MINUTE);
    expect(stack.changingCalls(since)).toEqual([
      'CreateGrant', 'TagResource', 'StartExecution', 'TagResource', 'CreateGrantVersion', 'CreateGrantVersion', 'UntagResource', 'DeleteGrant',
    ]);
    expect(workflow.executions).toEqual(['SUCCEEDED', 'SUCCEEDED']);
  });

  test('that is given up while the old grant is being deactivated makes it active again, however long that takes', async () => {
    await start({ accountChange: 90 * MINUTE });
    const { before, after, first } = await settleFirst(IN_BACKGROUND, CAREFUL);
    await update(first.PhysicalResourceId, before, { ...after, ...givingUpAfter(3_600) });
    await cleanUp(first.PhysicalResourceId, before);
    await stack.clock.sleep(2 * HOUR);
    expect(workflow.executions).toEqual(['SUCCEEDED', 'RUNNING']);
    await stack.clock.sleep(3 * HOUR);
    expect(held()).toEqual(['1: ACTIVE', '4: DISABLED']);
    expect(workflow.executions).toEqual(['SUCCEEDED', 'FAILED NotSettledInTime']);
    expect(lastCause()).toMatch(/has to be inactive first.*not settled in time|not settled in time.*has to be inactive first/);
  });

  test('that is given up while the new grant is being activated takes what comes of that', async () => {
    await start({ accountChange: 90 * MINUTE });
    const { before, after, first } = await settleFirst(IN_BACKGROUND, CAREFUL);
    await update(first.PhysicalResourceId, before, { ...after, ...givingUpAfter(7_200) });
    await cleanUp(first.PhysicalResourceId, before);
    await stack.clock.sleep(5 * HOUR);
    expect(held()).toEqual(['4: ACTIVE']);
    expect(workflow.executions).toEqual(['SUCCEEDED', 'SUCCEEDED']);
  });

  test('is taken back by a rollback, whatever step it is at', async () => {
    await start({ accountChange: 30 * MINUTE });
    const { before, after, first } = await settleFirst(IN_BACKGROUND, CAREFUL);
    const { PhysicalResourceId: second } = await update(first.PhysicalResourceId, before, after);
    while (held().join() !== '1: DISABLED,4: PENDING_WORKFLOW') {
      await stack.clock.sleep(MINUTE);
    }
    expect(await update(second, after, before, 'UPDATE_ROLLBACK_IN_PROGRESS')).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: first.PhysicalResourceId });
    await cleanUp(second, after, 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS');
    await stack.clock.sleep(4 * HOUR);
    expect(held()).toEqual(['1: ACTIVE']);
  });
});

describe('a new grant that License Manager does not activate', () => {
  test('is left, and the old one is still in use', async () => {
    await start({ accountDistribution: 2 * HOUR });
    // The new grantee has a subscription of its own for this product.
    const grantee: Changes = { LicenseArn: LINUX, Grantee: { Kind: 'ACCOUNT', Identifier: '444444444444' } };
    const { after, second } = await replaceForGood(CAREFUL, grantee);
    await stack.clock.sleep(4 * HOUR);
    expect(workflow.executions).toEqual(['SUCCEEDED', 'FAILED SettlementFailed']);
    expect(lastCause()).toContain('ALL_GRANTS_PERMITTED_BY_ISSUER');
    expect(held()).toEqual(['1: ACTIVE', '1: DISABLED']);
    expect(longestGap()).toBe(0);

    const impatient = { ...after, GrantName: 'renamed' };
    expect(await update(second.PhysicalResourceId, after, impatient)).toMatchObject({ Status: 'FAILED' });
    expect(await update(second.PhysicalResourceId, impatient, after, 'UPDATE_ROLLBACK_IN_PROGRESS')).toMatchObject({
      Status: 'SUCCESS', PhysicalResourceId: second.PhysicalResourceId, Reason: expect.stringContaining('the grant stays DISABLED'),
    });
    expect(held()).toEqual(['1: ACTIVE', '1: DISABLED']);
    await remove(second.PhysicalResourceId, after);
    expect(held()).toEqual([]);
  });
});

describe('for an organizational unit', () => {
  test.each([BY_OVERRIDE, BY_EXCHANGE])('the new grant takes over %s in all accounts, and the old one stays until then', async (_, changes) => {
    await start({ organizationDistribution: 2 * HOUR, organizationChange: 40 * MINUTE });
    const { before, after, first, second } = await replace({ ...changes, Grantee: { Kind: 'ORGANIZATIONAL_UNIT', Identifier: 'ou-ex01-workload' } });
    const activeBefore = held().filter((grant) => grant === '1: ACTIVE');
    expect(activeBefore.length).toBeGreaterThan(1);
    await cleanUp(first.PhysicalResourceId, before);
    await stack.clock.sleep(HOUR);
    expect(held().filter((grant) => grant === '1: ACTIVE')).toEqual(activeBefore);
    await stack.clock.sleep(6 * HOUR);
    expect(held()).toEqual([...activeBefore.map(() => '4: ACTIVE'), '4: WORKFLOW_COMPLETED']);
    expect(workflow.executions).toEqual(['SUCCEEDED', 'SUCCEEDED']);
    await remove(second.PhysicalResourceId, after);
    expect(held()).toEqual([]);
  });
});

describe('where CloudFormation waits', () => {
  test.each([BY_OVERRIDE, BY_EXCHANGE])('the workflow answers when the new grant has taken over %s', async (_, changes, gap) => {
    await start({ accountDistribution: 30 * MINUTE });
    const { before, after, first } = await settleFirst(REQUIRED, changes);
    const second = await update(first.PhysicalResourceId, before, after);
    expect(second).toMatchObject({ Status: 'SUCCESS', Data: { Status: 'ACTIVE' } });
    expect(held()).toEqual(['1: DISABLED', '4: ACTIVE']);
    await cleanUp(first.PhysicalResourceId, before);
    await stack.clock.sleep(10 * MINUTE);
    expect(held()).toEqual(['4: ACTIVE']);
    expect(longestGap()).toBeLessThanOrEqual(gap);
  });

  test.each([BY_OVERRIDE, BY_EXCHANGE])('a new grant that is not there in time is answered as failed, in time, and the old one was never out of use: %s', async (_, changes) => {
    await start({ accountDistribution: 2 * HOUR });
    const { before, after, first } = await settleFirst(REQUIRED, changes);
    const began = stack.clock.now();
    const second = await update(first.PhysicalResourceId, before, after);
    expect(second).toMatchObject({ Status: 'FAILED', Reason: expect.stringMatching(/not settled in time.*Next: deploy again with more time/) });
    expect(stack.clock.now() - began).toBeLessThan(45 * MINUTE);
    expect(await update(second.PhysicalResourceId, after, before, 'UPDATE_ROLLBACK_IN_PROGRESS')).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: first.PhysicalResourceId });
    await cleanUp(second.PhysicalResourceId, after, 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS');
    await stack.clock.sleep(10 * MINUTE);
    expect(held()).toEqual(['1: ACTIVE']);
    expect(longestGap()).toBe(0);
  });
});
