import type { GrantProperties } from '../../../lib/grant/grant-properties';
import type { SimulatedClock } from '../../../simulator/clock/simulated-clock';
import { watchActivity } from '../../support/activity';
import type { Activity } from '../../support/activity';
import { LicenseAdministrator } from '../../support/license-administrator';
import { ORGANIZATION_WITH_RENEWAL, RENEWED_LICENSE } from '../../support/renewed-license';
import { IN_BACKGROUND, setUp } from '../support/handed-over';
import { GRANT_TYPE, SCANNER } from '../support/requests';
import { SettlementWorkflow } from '../support/settlement-workflow';
import { silentLog } from '../support/silent-log';
import { SimulatedStack } from '../support/simulated-stack';
import { CAREFUL, cleanUpGrant, OVERRIDING, updateGrant } from '../support/updates';

/*
 * An update that leads to another grant while a workflow is still at work on the one before, and its rollback: that leads back to the workflow.
 * CloudFormation may send an Update back, or nothing but the Delete of the new grant.
 */

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

type Changes = Partial<GrantProperties>;

const TO_ANOTHER_ACCOUNT: Changes = { Grantee: { Kind: 'ACCOUNT', Identifier: '333333333333' } };
const OF_ANOTHER_PRODUCT: Changes = { LicenseArn: SCANNER };
/** The function waits for as long as License Manager takes, instead of leaving that to the workflow. */
const SETTLED_AT_ONCE: Changes = { SettleWithinSeconds: '800' };

const ROLLBACKS = [['by an Update', true], ['by a Delete alone', false]] as const;
const KINDS = [['by override', OVERRIDING, 0], ['by exchange', CAREFUL, 5 * SECOND]] as const;

silentLog();

let stack: SimulatedStack;
let workflow: SettlementWorkflow;
let people: LicenseAdministrator;
let activity: Activity;

afterEach(async () => {
  await stack.stop();
});

/** License Manager takes that long to distribute a grant, and no time for anything else. */
async function start(accountDistribution: number): Promise<void> {
  stack = await SimulatedStack.start({ organization: setUp(ORGANIZATION_WITH_RENEWAL), workflow: { accountChange: 0, accountDistribution } });
  workflow = new SettlementWorkflow(stack);
  people = new LicenseAdministrator(stack.aws.endpoint);
}

/** A grant as CloudFormation knows it. */
interface Known {
  readonly physicalId: string;
  readonly properties: GrantProperties;
}

async function create(changes: Changes): Promise<Known> {
  const properties = { ...IN_BACKGROUND, ...changes };
  const { PhysicalResourceId: physicalId } = await stack.create({ type: GRANT_TYPE, properties });
  return { physicalId, properties };
}

async function update({ physicalId, properties: from }: Known, changes: Changes, stackStatus?: 'UPDATE_ROLLBACK_IN_PROGRESS'): Promise<Known> {
  const to = { ...from, ...changes };
  const answer = await updateGrant(stack, { physicalId, from, to, stackStatus });
  expect(answer.Status).toBe('SUCCESS');
  return { physicalId: answer.PhysicalResourceId, properties: to };
}

async function complete({ physicalId, properties }: Known): Promise<void> {
  await cleanUpGrant(stack, physicalId, properties, 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS');
}

async function rollBack(from: Known, to: Known, isReversed: boolean): Promise<void> {
  if (isReversed) {
    expect(await update(from, to.properties, 'UPDATE_ROLLBACK_IN_PROGRESS')).toMatchObject({ physicalId: to.physicalId });
  }
  await cleanUpGrant(stack, from.physicalId, from.properties, 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS');
}

/** The first grant is in use, and the one of the renewed license is on its way to its place. */
async function startRenewal(distribution: number, changes: Changes): Promise<{ first: Known; renewed: Known }> {
  await start(distribution);
  const first = await create(changes);
  await stack.clock.sleep(2 * distribution + HOUR);
  expect(held()).toEqual(['1 in 222222222222: ACTIVE']);
  activity = watchActivity({ aws: stack.aws, clock: stack.aws.clock as SimulatedClock }, '222222222222', 'Example Hardened Linux');
  const renewed = await update(first, { LicenseArn: RENEWED_LICENSE });
  await complete(first);
  expect(held()).toEqual(['1 in 222222222222: ACTIVE', '4 in 222222222222: PENDING_WORKFLOW']);
  return { first, renewed };
}

/** What there is of the grants of this stack: license, account, status. */
function held(): string[] {
  return stack.aws.grants()
    .filter(({ grantorAccountId, status }) => grantorAccountId === '111111111111' && !['DELETED', 'PENDING_DELETE'].includes(status))
    .map(({ licenseArn, granteePrincipalArn, status }) => `${licenseArn.slice(-1)} in ${granteePrincipalArn.split(':')[4]}: ${status}`)
    .sort();
}

async function endsEmpty({ physicalId, properties }: Known): Promise<void> {
  await stack.delete({ type: GRANT_TYPE, physicalId, properties });
  await stack.clock.sleep(10 * MINUTE);
  expect(held()).toEqual([]);
  expect(workflow.executions).not.toContain('RUNNING');
}

describe.each(ROLLBACKS)('an update that is taken back %s', (_, isReversed) => {
  test.each([['to another account', TO_ANOTHER_ACCOUNT], ['of another product', OF_ANOTHER_PRODUCT]])('leads back to a new grant that was not settled yet, from one %s', async (__, other) => {
    await start(2 * HOUR);
    const first = await create(CAREFUL);
    await stack.clock.sleep(HOUR);
    await rollBack(await update(first, other), first, isReversed);
    await stack.clock.sleep(4 * HOUR);
    expect(held()).toEqual(['1 in 222222222222: ACTIVE']);
    expect(workflow.executions).toEqual(['ABORTED Superseded', 'ABORTED Superseded', 'SUCCEEDED']);
    await endsEmpty(first);
  });

  describe.each(KINDS)('leads back to a renewal %s', (__, kind, gap) => {
    test.each([
      ['another account, while that is on its way as well', 2 * HOUR, 0, TO_ANOTHER_ACCOUNT],
      ['another account, which had its grant by then', 2 * HOUR, 4 * HOUR, TO_ANOTHER_ACCOUNT],
      ['another account, which had its grant at once', 10 * MINUTE, 0, { ...TO_ANOTHER_ACCOUNT, ...SETTLED_AT_ONCE }],
      ['another product, while that is on its way as well', 2 * HOUR, 0, OF_ANOTHER_PRODUCT],
      ['another product, whose grant was settled at once', 10 * MINUTE, 0, { ...OF_ANOTHER_PRODUCT, ...SETTLED_AT_ONCE }],
    ] as const)('from %s', async (___, distribution, meanwhile, other) => {
      const { renewed } = await startRenewal(distribution, kind);
      const third = await update(renewed, other);
      await stack.clock.sleep(meanwhile);
      expect(held()).toContain('1 in 222222222222: ACTIVE');
      await rollBack(third, renewed, isReversed);
      await stack.clock.sleep(6 * HOUR);
      expect(held()).toEqual(['4 in 222222222222: ACTIVE']);
      expect(workflow.executions.join()).not.toMatch(/RUNNING|FAILED/);
      expect(activity.stop().longestGapMilliseconds).toBeLessThanOrEqual(gap);
      await endsEmpty(renewed);
    });

    test('from the old license, which never was out of use', async () => {
      const { first, renewed } = await startRenewal(2 * HOUR, kind);
      const third = await update(renewed, { LicenseArn: first.properties.LicenseArn });
      expect(third.physicalId).toBe(first.physicalId);
      await rollBack(third, renewed, isReversed);
      await stack.clock.sleep(4 * HOUR);
      expect(held()).toEqual(['4 in 222222222222: ACTIVE']);
      expect(activity.stop().longestGapMilliseconds).toBeLessThanOrEqual(gap);
      await endsEmpty(renewed);
    });
  });
});

describe('what was chosen for the end of the old grant', () => {
  test.each([
    ['by an Update, which leaves the new one to a workflow', true, 0],
    ['by an Update, when the new one is there already', true, 3 * HOUR],
    ['by a Delete alone', false, 0],
  ])('holds after the update that had led back to it was taken back %s', async (_, isReversed, meanwhile) => {
    const { first, renewed } = await startRenewal(2 * HOUR, { ...CAREFUL, Removal: 'LEAVE' });
    const third = await update(renewed, { LicenseArn: first.properties.LicenseArn });
    await stack.clock.sleep(meanwhile);
    await rollBack(third, renewed, isReversed);
    await stack.clock.sleep(4 * HOUR);
    expect(held()).toEqual(['1 in 222222222222: DISABLED', '4 in 222222222222: ACTIVE']);
    expect(await people.tagsOf(first.physicalId)).toEqual({});
  });
});

describe('an update that stays', () => {
  test.each([['at once', 10 * MINUTE, SETTLED_AT_ONCE], ['later', 2 * HOUR, {}]])('leaves neither of the two grants before when the new one is settled %s', async (_, distribution, more) => {
    const { renewed } = await startRenewal(distribution, CAREFUL);
    const third = await update(renewed, { ...TO_ANOTHER_ACCOUNT, ...more });
    expect(held()).toContain('1 in 222222222222: ACTIVE');
    await complete(renewed);
    await stack.clock.sleep(4 * HOUR);
    expect(held()).toEqual(['4 in 333333333333: ACTIVE']);
    await endsEmpty(third);
  });

  test('leaves neither of them when its clean-up comes after the new grant was settled', async () => {
    const { renewed } = await startRenewal(2 * HOUR, CAREFUL);
    await update(renewed, TO_ANOTHER_ACCOUNT);
    await stack.clock.sleep(4 * HOUR);
    expect(held()).toContain('1 in 222222222222: ACTIVE');
    await complete(renewed);
    expect(held()).toEqual(['4 in 333333333333: ACTIVE']);
  });
});

describe('a Delete that takes back an update', () => {
  test('takes nothing up where the interrupted grant is gone', async () => {
    await start(2 * HOUR);
    const first = await create(CAREFUL);
    const second = await update(first, TO_ANOTHER_ACCOUNT);
    await people.delete(first.physicalId);
    await rollBack(second, first, false);
    await stack.clock.sleep(4 * HOUR);
    expect(held()).toEqual([]);
    expect(workflow.executions).toEqual(['ABORTED Superseded', 'ABORTED Superseded']);
  });

  test('starts one execution, however often it is sent', async () => {
    await start(2 * HOUR);
    const first = await create(CAREFUL);
    const { physicalId, properties } = await update(first, TO_ANOTHER_ACCOUNT);
    const deletion = { type: GRANT_TYPE, physicalId, properties, stackStatus: 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS', requestId: 'deletion' } as const;
    expect(await stack.delete(deletion)).toMatchObject({ Status: 'SUCCESS' });
    expect(await stack.delete(deletion)).toMatchObject({ Status: 'SUCCESS' });
    await stack.clock.sleep(4 * HOUR);
    expect(held()).toEqual(['1 in 222222222222: ACTIVE']);
    expect(workflow.executions).toEqual(['ABORTED Superseded', 'ABORTED Superseded', 'SUCCEEDED']);
  });
});
