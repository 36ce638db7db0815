import { Duration } from 'aws-cdk-lib';
import { ActivationOverride, GrantActivation, GrantCompletion, Grantee, MarketplaceLicense, MarketplaceLicenseGrant } from '../../lib';
import { StackResult } from '../../simulator/cloudformation/stack-result';
import { parseFault } from '../../simulator/faults/parse-fault';
import { setUp } from '../lambda/support/handed-over';
import { Activity, watchActivity } from '../support/activity';
import { failAfter } from '../support/failing-resource';
import { LINUX_LICENSE, RehearsedStacks, RehearsedStacksOptions } from '../support/rehearsed-stacks';
import { ORGANIZATION_WITH_RENEWAL, RENEWED_LICENSE } from '../support/renewed-license';

/*
 * A renewed license that takes License Manager longer to distribute than a function runs, in whole stacks with the prebuilt functions. Their parts are
 * shown over the wire (test/lambda/handlers/long-replacement.test.ts). Changes of a grant take no time here, so that a gap is the library's own.
 */

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

const PAYMENTS = '222222222222';
const ANOTHER = '333333333333';
const PRODUCT = 'Example Hardened Linux';

const BACKGROUND = GrantCompletion.background({ giveUpAfter: Duration.hours(8) });
const REQUIRED = GrantCompletion.required({ within: Duration.minutes(50) });

/** The read that confirms the deactivation lies between the two calls of an exchange. */
const LONGEST_EXCHANGE = 5 * SECOND;

const KINDS = [
  ['by override', ActivationOverride.ALL_GRANTS_PERMITTED_BY_ISSUER, 0],
  ['by exchange', ActivationOverride.DISTRIBUTED_GRANTS_ONLY, LONGEST_EXCHANGE],
] as const;

let stacks: RehearsedStacks;
let activity: Activity;

afterEach(async () => {
  await stacks.stop();
});

interface Wish {
  readonly override: ActivationOverride;
  readonly completion?: GrantCompletion;
  readonly fails?: boolean;
  /** @default - the account that is watched */
  readonly accountId?: string;
}

async function deploy(licenseArn: string, { override, completion = BACKGROUND, fails = false, accountId = PAYMENTS }: Wish): Promise<StackResult> {
  return stacks.deploy('Licenses', (stack) => {
    const license = MarketplaceLicense.fromLicenseArn(stack, 'License', licenseArn);
    const activation = GrantActivation.active({ override });
    const grantee = Grantee.account(accountId);
    const grant = new MarketplaceLicenseGrant(stack, 'Grant', { license, grantee, grantName: 'product', activation, completion });
    if (fails) {
      failAfter(grant);
    }
  });
}

/** The first grant, settled after the deployment; from then on it is watched. */
async function startSettled(distribution: number, wish: Wish, options: RehearsedStacksOptions = {}): Promise<void> {
  stacks = await RehearsedStacks.start({
    organization: setUp(ORGANIZATION_WITH_RENEWAL), workflow: { accountDistribution: distribution, accountChange: 0 }, ...options,
  });
  expect((await deploy(LINUX_LICENSE, { ...wish, completion: BACKGROUND })).status).toBe('CREATE_COMPLETE');
  await stacks.rehearsal.pass(10 * HOUR);
  expect(grants()).toEqual(['1: ACTIVE']);
  activity = watchActivity(stacks.rehearsal, PAYMENTS, PRODUCT);
}

/** What there is of the grants that the stack made, by license. */
function grants(): string[] {
  return stacks.rehearsal.aws.grants()
    .filter(({ name, status }) => name === 'product' && !['DELETED', 'PENDING_DELETE'].includes(status))
    .map(({ licenseArn, status }) => `${licenseArn.slice(-1)}: ${status}`)
    .sort();
}

function executions(): string[] {
  return stacks.rehearsal.aws.stateMachines.allExecutions.map(({ status, error }) => (error === undefined ? status : `${status} ${error}`));
}

async function endsEmpty(): Promise<void> {
  expect((await stacks.destroy('Licenses')).status).toBe('DELETE_COMPLETE');
  expect(grants()).toEqual([]);
  expect(executions()).not.toContain('RUNNING');
}

describe.each(KINDS)('%s', (_, override, longestGap) => {
  test('a renewed license takes over hours after its deployment', async () => {
    await startSettled(3 * HOUR, { override });
    expect((await deploy(RENEWED_LICENSE, { override })).status).toBe('UPDATE_COMPLETE');
    expect(grants()).toEqual(['1: ACTIVE', '4: PENDING_WORKFLOW']);
    await stacks.rehearsal.pass(6 * HOUR);
    expect(grants()).toEqual(['4: ACTIVE']);
    expect(executions()).toEqual(['SUCCEEDED', 'SUCCEEDED']);
    expect(activity.stop().longestGapMilliseconds).toBeLessThanOrEqual(longestGap);
    expect(stacks.rehearsal.aws.permissions!.denied).toEqual([]);
    await endsEmpty();
  });

  test('a deployment that requires it ends when it has taken over', async () => {
    await startSettled(30 * MINUTE, { override });
    expect((await deploy(RENEWED_LICENSE, { override, completion: REQUIRED })).status).toBe('UPDATE_COMPLETE');
    expect(grants()).toEqual(['4: ACTIVE']);
    expect(activity.stop().longestGapMilliseconds).toBeLessThanOrEqual(longestGap);
    await endsEmpty();
  });

  test('a deployment that requires it in vain leaves the old grant as it was', async () => {
    await startSettled(5 * HOUR, { override });
    expect((await deploy(RENEWED_LICENSE, { override, completion: REQUIRED })).status).toBe('UPDATE_ROLLBACK_COMPLETE');
    await stacks.rehearsal.pass(8 * HOUR);
    expect(grants()).toEqual(['1: ACTIVE']);
    expect(activity.stop().longestGapMilliseconds).toBe(0);
    await endsEmpty();
  });

  test.each(['reversed-update', 'restore'] as const)('a rollback of the kind %s stops what goes on', async (customResourceReplacementRollback) => {
    await startSettled(3 * HOUR, { override }, { customResourceReplacementRollback });
    expect((await deploy(RENEWED_LICENSE, { override, fails: true })).status).toBe('UPDATE_ROLLBACK_COMPLETE');
    await stacks.rehearsal.pass(6 * HOUR);
    expect(grants()).toEqual(['1: ACTIVE']);
    expect(executions()).toEqual(['SUCCEEDED', 'ABORTED Superseded']);
    expect(activity.stop().longestGapMilliseconds).toBe(0);
    await endsEmpty();
  });

  test.each([
    ['reversed-update', []],
    ['restore', []],
    ['restore', ['stale-reads@10s']],
    ['restore', ['duplicate-event']],
    ['restore', ['function-killed-after@StartExecution,4']],
  ] as const)('a rollback of the kind %s leads back to a renewal that was on its way, with %j', async (customResourceReplacementRollback, faults) => {
    await startSettled(3 * HOUR, { override }, { customResourceReplacementRollback, faults: faults.map(parseFault) });
    expect((await deploy(RENEWED_LICENSE, { override })).status).toBe('UPDATE_COMPLETE');
    expect((await deploy(RENEWED_LICENSE, { override, accountId: ANOTHER, fails: true })).status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(grants()).toEqual(['1: ACTIVE', '4: PENDING_WORKFLOW']);
    await stacks.rehearsal.pass(12 * HOUR);
    expect(grants()).toEqual(['4: ACTIVE']);
    expect(executions().at(-1)).toBe('SUCCEEDED');
    // A pass may end before a late reading shows; the next one comes within a minute.
    expect(activity.stop().longestGapMilliseconds).toBeLessThanOrEqual(longestGap === 0 ? 0 : 2 * MINUTE);
    expect(stacks.rehearsal.aws.permissions!.denied).toEqual([]);
    await endsEmpty();
  });

  // CreateGrantVersion has activated the first grant; by exchange the second of its calls deactivates that one.
  test.each([
    'throttling',
    'server-error@25%',
    'stale-reads@10s',
    'function-killed-before@CreateGrantVersion,2',
    'function-killed-after@CreateGrantVersion,2',
    'function-killed-after@StartExecution,2',
    'function-killed-after@DeleteGrant,1',
    'connection-reset-after@CreateGrantVersion,2',
    'duplicate-event',
  ])('a renewed license takes over in the end with %s', async (fault) => {
    await startSettled(3 * HOUR, { override }, { faults: [parseFault(fault)] });
    expect((await deploy(RENEWED_LICENSE, { override })).status).toBe('UPDATE_COMPLETE');
    await stacks.rehearsal.pass(12 * HOUR);
    expect(grants()).toEqual(['4: ACTIVE']);
    expect(executions().filter((execution) => execution === 'SUCCEEDED')).toHaveLength(2);
    const { longestGapMilliseconds } = activity.stop();
    // A pass that died is repeated after five seconds; a late reading is waited for.
    expect(longestGapMilliseconds).toBeLessThanOrEqual(longestGap === 0 ? 0 : MINUTE);
    await endsEmpty();
  });
});
