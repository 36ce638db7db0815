import { ActivationOverride, GrantActivation, Grantee, MarketplaceLicense, MarketplaceLicenseGrant } from '../../lib';
import { ReplacementRollback } from '../../simulator/cloudformation/resources/resource-type';
import { StackResult } from '../../simulator/cloudformation/stack-result';
import { FaultOptions } from '../../simulator/faults/fault-options';
import { parseFault } from '../../simulator/faults/parse-fault';
import { setUp } from '../lambda/support/handed-over';
import { Activity, watchActivity, watchActivityIn } from '../support/activity';
import { failAfter } from '../support/failing-resource';
import { LINUX_LICENSE, RehearsedStacks, RehearsedStacksOptions } from '../support/rehearsed-stacks';
import { ORGANIZATION_WITH_RENEWAL, RENEWED_LICENSE } from '../support/renewed-license';

/*
 * How long an account is without an active grant while one grant takes the place of another, on bad days. Where the service may swap the two by an
 * override: at no time. Otherwise from the call that deactivates the one to the call that activates the other, which may be repeated; whatever
 * comes between, in the end one of them is active, and it is the one that the stack has. What License Manager itself takes for a change is left out.
 *
 * Of the function's calls of CreateGrantVersion the first activates the first grant. By override the second activates its successor, and the third
 * brings it back. In an exchange the second and third deactivate the one and activate the other, and the fourth and fifth take that back.
 */

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

const PRODUCT = 'Example Hardened Linux';
const PAYMENTS = '222222222222';
const SHARED = '333333333333';
const OVERRIDING = GrantActivation.active({ override: ActivationOverride.ALL_GRANTS_PERMITTED_BY_ISSUER });
const CAREFUL = GrantActivation.active({ override: ActivationOverride.DISTRIBUTED_GRANTS_ONLY });

/** Between the two calls lies the read that confirms the first. */
const SHORT_GAP = 5 * SECOND;
/** The longest pause between two readings of a grant: lambda/domain/grant/reading-pauses.ts. */
const LONGEST_READING_PAUSE = 20 * SECOND;
/** When a client gives up waiting for an answer: lambda/aws/client-configuration.ts. */
const REQUEST_TIMEOUT = 20 * SECOND;
/** The pauses after five refusals, each shortened by up to half: lambda/aws/call.ts. */
const FIVE_PAUSES = (1 + 2 + 4 + 8 + 16) * SECOND;
/** After that, and ten attempts, a call that is refused again and again is given up: lambda/aws/call.ts. */
const ALL_PAUSES = 2 * MINUTE;
/** Lambda lets a function run for so long, and repeats an invocation that failed after a minute: AWS Lambda developer guide, "Asynchronous invocation". */
const FUNCTION_TIMEOUT = 15 * MINUTE;
const REPETITION = MINUTE;
/** When CloudFormation stops waiting for an answer: lib/provider/service-timeout.ts. */
const SERVICE_TIMEOUT = 17 * MINUTE;

/** Longer than anything that is still going on after a deployment: repeated invocations with their timeouts. */
const AFTERMATH = 60 * MINUTE;

/** Faults that meet the making of a grant, its first activation, any call, or what lies between CloudFormation and the function. */
const FAULTS = [
  'throttling',
  'server-error@25%',
  'server-error@CreateGrantVersion,2-14',
  'connection-reset-after@CreateGrantVersion,50%',
  'function-killed-before@CreateGrantVersion,2',
  'function-killed-after@CreateGrant,2',
  'function-timeout@CreateGrant,2',
  'function-timeout@CreateGrantVersion,2',
  'duplicate-event',
  'response-error@Update,1-8',
];

type Prolonged = readonly [by: string, fault: string, atLeast: number, atMost: number];

let stacks: RehearsedStacks;
let activity: Activity;

afterEach(async () => {
  await stacks.stop();
});

async function start(faults: readonly string[], options: FaultOptions & Pick<RehearsedStacksOptions, 'customResourceReplacementRollback'> = {}): Promise<void> {
  stacks = await RehearsedStacks.start({
    organization: setUp(ORGANIZATION_WITH_RENEWAL), workflow: { accountChange: 0 }, faults: faults.map(parseFault), ...options,
  });
}

interface Wish {
  readonly license?: string;
  readonly account?: string;
  readonly activation?: GrantActivation;
  readonly fails?: boolean;
}

async function deploy({ license: licenseArn = LINUX_LICENSE, account = PAYMENTS, activation, fails = false }: Wish): Promise<StackResult> {
  return stacks.deploy('Licenses', (stack) => {
    const license = MarketplaceLicense.fromLicenseArn(stack, 'License', licenseArn);
    const grant = new MarketplaceLicenseGrant(stack, 'Grant', { license, grantee: Grantee.account(account), grantName: 'product', activation });
    if (fails) {
      failAfter(grant);
    }
  });
}

async function createAndWatch(activation?: GrantActivation): Promise<void> {
  expect((await deploy({ activation })).status).toBe('CREATE_COMPLETE');
  activity = watchActivity(stacks.rehearsal, PAYMENTS, PRODUCT);
}

/** Replaces the grant by one of the renewed license. Returns the longest gap of the account, in milliseconds. */
async function renew(activation: GrantActivation): Promise<number> {
  await createAndWatch(activation);
  const { status } = await deploy({ license: RENEWED_LICENSE, activation });
  await stacks.rehearsal.pass(AFTERMATH);
  expect(['UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE']).toContain(status);
  expect(granted()).toEqual([`${status === 'UPDATE_COMPLETE' ? 4 : 1} to ${PAYMENTS}: ACTIVE`]);
  return activity.stop().longestGapMilliseconds;
}

/** The same, and then another resource fails. */
async function renewInVain(activation: GrantActivation): Promise<number> {
  await createAndWatch(activation);
  const { status } = await deploy({ license: RENEWED_LICENSE, activation, fails: true });
  await stacks.rehearsal.pass(AFTERMATH);
  expect(status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(granted()).toEqual([`1 to ${PAYMENTS}: ACTIVE`]);
  return activity.stop().longestGapMilliseconds;
}

/** What is left of the grants that the stack made, by license. */
function granted(): string[] {
  return stacks.rehearsal.aws.grants()
    .filter(({ name, status }) => name === 'product' && !['DELETED', 'PENDING_DELETE'].includes(status))
    .map(({ licenseArn, ownerAccountId, status }) => `${licenseArn.slice(-1)} to ${ownerAccountId}: ${status}`)
    .sort();
}

async function endsEmpty(): Promise<void> {
  expect((await stacks.destroy('Licenses')).status).toBe('DELETE_COMPLETE');
  expect(granted()).toEqual([]);
}

describe('where the service may swap, an account is never without an active grant', () => {
  test.each([
    ...FAULTS,
    'slow-answer@CreateGrantVersion,2,60s',
    'function-killed-after@CreateGrantVersion,2',
    'stale-reads@60s',
  ])('while its license is renewed, with %s', async (fault) => {
    await start([fault]);
    expect(await renew(OVERRIDING)).toBe(0);
    await endsEmpty();
  });

  test('while its license is renewed, with answers that take 700 milliseconds each', async () => {
    await start([], { latencyMilliseconds: 700 });
    expect(await renew(OVERRIDING)).toBe(0);
  });

  test.each(eachRollbackWith([
    'throttling',
    'server-error@CreateGrantVersion,3-6',
    'connection-reset-after@CreateGrantVersion,3',
    'function-killed-before@CreateGrantVersion,3',
    'function-killed-after@CreateGrantVersion,3',
    'function-killed-after@DeleteGrant,1',
    'stale-reads@60s',
  ]))('while a rollback of the kind %s takes its renewed license back, with %s', async (customResourceReplacementRollback, fault) => {
    await start([fault], { customResourceReplacementRollback });
    expect(await renewInVain(OVERRIDING)).toBe(0);
    await endsEmpty();
  });
});

describe('nothing is left of the stack in the end', () => {
  const REFUSED_FOR_GOOD = 'server-error@CreateGrantVersion,3-40';

  test.each([
    ['reversed-update', REFUSED_FOR_GOOD, 'UPDATE_ROLLBACK_FAILED'],
    ['restore', REFUSED_FOR_GOOD, 'UPDATE_ROLLBACK_COMPLETE'],
  ] as const)('although a rollback of the kind %s does not take the renewed license back, with %s', async (customResourceReplacementRollback, fault, status) => {
    await start([fault], { customResourceReplacementRollback });
    await createAndWatch(OVERRIDING);
    expect((await deploy({ license: RENEWED_LICENSE, activation: OVERRIDING, fails: true })).status).toBe(status);
    await stacks.rehearsal.pass(AFTERMATH);
    expect(granted()).toEqual([`1 to ${PAYMENTS}: DISABLED`, `4 to ${PAYMENTS}: ACTIVE`]);
    expect(activity.stop().longestGapMilliseconds).toBe(0);
    await endsEmpty();
  });

  // The update makes its grant anew, and the deletion, which is delivered again as well, takes that back.
  test('although a renewal is delivered again when its rollback is done', async () => {
    await start(['duplicate-event@3m'], { customResourceReplacementRollback: 'restore' });
    await createAndWatch(OVERRIDING);
    expect((await deploy({ license: RENEWED_LICENSE, activation: OVERRIDING, fails: true })).status).toBe('UPDATE_ROLLBACK_COMPLETE');
    await stacks.rehearsal.pass(AFTERMATH);
    expect(granted()).toEqual([`1 to ${PAYMENTS}: ACTIVE`, `4 to ${PAYMENTS}: DISABLED`]);
    expect(activity.stop().longestGapMilliseconds).toBe(0);
    await endsEmpty();
  });

  test('although the update to another account is delivered again when its rollback is done', async () => {
    await start(['duplicate-event@3m'], { customResourceReplacementRollback: 'restore' });
    await createAndWatch();
    expect((await deploy({ account: SHARED, fails: true })).status).toBe('UPDATE_ROLLBACK_COMPLETE');
    await stacks.rehearsal.pass(AFTERMATH);
    expect(granted()).toEqual([`1 to ${PAYMENTS}: ACTIVE`, `1 to ${SHARED}: ACTIVE`]);
    expect(activity.stop().longestGapMilliseconds).toBe(0);
    await endsEmpty();
  });
});

describe('in an exchange, an account is without an active grant', () => {
  test.each([
    'throttling',
    'server-error@25%',
    'function-killed-after@CreateGrant,2',
    'duplicate-event',
    'response-error@Update,1-8',
    'connection-reset-after@CreateGrantVersion,2',
    // These take place when the account has its new grant.
    'slow-answer@CreateGrantVersion,3,60s',
    'function-killed-after@CreateGrantVersion,3',
    'function-killed-after@DeleteGrant,1',
  ])('for a moment while its license is renewed, with %s', async (fault) => {
    await start([fault]);
    expect(await renew(CAREFUL)).toBeLessThan(SHORT_GAP);
    await endsEmpty();
  });

  test.each<Prolonged>([
    ['reads that show the deactivation late', 'stale-reads@60s', MINUTE, MINUTE + LONGEST_READING_PAUSE],
    ['an answer that is late', 'slow-answer@CreateGrantVersion,2,60s', REQUEST_TIMEOUT, REQUEST_TIMEOUT],
    ['an activation that is refused a few times', 'throttling@CreateGrantVersion,3-7', FIVE_PAUSES / 2, FIVE_PAUSES],
    ['an activation that is refused for good, which is taken back', 'server-error@CreateGrantVersion,3-15', FIVE_PAUSES, ALL_PAUSES],
    ['a function that died after the deactivation, until it is invoked again', 'function-killed-after@CreateGrantVersion,2', REPETITION, REPETITION],
    ['a function that died before the activation, until it is invoked again', 'function-killed-before@CreateGrantVersion,3', REPETITION, REPETITION],
    ['a function that hangs, until it is stopped and invoked again', 'function-timeout@CreateGrantVersion,3', REPETITION, FUNCTION_TIMEOUT + REPETITION],
    ['a function that dies each time, until that is taken back', 'function-killed-before@CreateGrantVersion,3-5', FUNCTION_TIMEOUT - MINUTE, SERVICE_TIMEOUT],
  ])('for longer while its license is renewed, by %s: %s', async (_, fault, atLeast, atMost) => {
    await start([fault]);
    expectBetween(await renew(CAREFUL), atLeast, atMost);
    await endsEmpty();
  });

  test('for as long as two calls take while its license is renewed, with answers that take 700 milliseconds each', async () => {
    await start([], { latencyMilliseconds: 700 });
    expectBetween(await renew(CAREFUL), 700, 700);
  });

  test.each(eachRollbackWith([
    'throttling',
    'function-killed-before@CreateGrantVersion,4',
    'function-killed-after@CreateGrantVersion,5',
    'function-timeout@CreateGrantVersion,4',
  ]))('for a moment while a rollback of the kind %s takes its renewed license back, with %s', async (customResourceReplacementRollback, fault) => {
    await start([fault], { customResourceReplacementRollback });
    expect(await renewInVain(CAREFUL)).toBeLessThan(SHORT_GAP);
    await endsEmpty();
  });

  test.each<Prolonged>([
    ['reads that show the deactivation late', 'stale-reads@60s', MINUTE, MINUTE + LONGEST_READING_PAUSE],
    ['a function that died after the deactivation, until it is invoked again', 'function-killed-after@CreateGrantVersion,4', REPETITION, REPETITION],
    ['a function that died before the activation, until it is invoked again', 'function-killed-before@CreateGrantVersion,5', REPETITION, REPETITION],
  ])('for longer while a rollback takes its renewed license back, by %s: %s', async (_, fault, atLeast, atMost) => {
    await start([fault]);
    expectBetween(await renewInVain(CAREFUL), atLeast, atMost);
    await endsEmpty();
  });
});

describe('a new grantee has its grant before the old one loses it', () => {
  test.each([
    'throttling',
    'server-error@CreateGrantVersion,2-14',
    'connection-reset-after@CreateGrant,2',
    'function-killed-after@CreateGrant,2',
    'function-killed-before@CreateGrantVersion,2',
    'function-timeout@CreateGrant,2',
    'stale-reads@60s',
    'duplicate-event@2m',
  ])('with %s', async (fault) => {
    await start([fault]);
    expect((await deploy({})).status).toBe('CREATE_COMPLETE');
    const either = watchActivityIn(stacks.rehearsal, [PAYMENTS, SHARED], PRODUCT);
    const { status } = await deploy({ account: SHARED });
    await stacks.rehearsal.pass(AFTERMATH);

    expect(['UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE']).toContain(status);
    expect(granted()).toEqual([`1 to ${status === 'UPDATE_COMPLETE' ? SHARED : PAYMENTS}: ACTIVE`]);
    expect(either.stop().longestGapMilliseconds).toBe(0);
    await endsEmpty();
  });

  test.each(eachRollbackWith(['throttling', 'stale-reads@60s', 'function-killed-after@DeleteGrant,1']))(
    'and the old one keeps it where a rollback of the kind %s takes that back, with %s', async (customResourceReplacementRollback, fault) => {
      await start([fault], { customResourceReplacementRollback });
      await createAndWatch();
      expect((await deploy({ account: SHARED, fails: true })).status).toBe('UPDATE_ROLLBACK_COMPLETE');
      await stacks.rehearsal.pass(AFTERMATH);
      expect(granted()).toEqual([`1 to ${PAYMENTS}: ACTIVE`]);
      expect(activity.stop().longestGapMilliseconds).toBe(0);
      await endsEmpty();
    });
});

function eachRollbackWith(faults: readonly string[]): [ReplacementRollback, string][] {
  return (['reversed-update', 'restore'] as const).flatMap((kind) => faults.map((fault): [ReplacementRollback, string] => [kind, fault]));
}

/** Apart from what a gap is without that. */
function expectBetween(gap: number, atLeast: number, atMost: number): void {
  expect(gap).toBeGreaterThanOrEqual(atLeast);
  expect(gap).toBeLessThan(atMost + SHORT_GAP);
}
