import { ActivationOverride, GrantActivation, Grantee, ManagedEntitlementsSetup, MarketplaceLicense, MarketplaceLicenseGrant } from '../../lib';
import { StackResult } from '../../simulator/cloudformation/stack-result';
import { parseFault } from '../../simulator/faults/parse-fault';
import { watchActivity } from '../support/activity';
import { failAfter } from '../support/failing-resource';
import { EXAMPLE_ORGANIZATION, LINUX_LICENSE, RehearsedStacks, RehearsedStacksOptions, SCANNER_LICENSE } from '../support/rehearsed-stacks';
import { ORGANIZATION_WITH_RENEWAL, RENEWAL, RENEWED_LICENSE } from '../support/renewed-license';

const PAYMENTS = '222222222222';
const SHARED = '333333333333';
const OVERRIDING = GrantActivation.active({ override: ActivationOverride.ALL_GRANTS_PERMITTED_BY_ISSUER });
const CAREFUL = GrantActivation.active({ override: ActivationOverride.DISTRIBUTED_GRANTS_ONLY });

/** Between deactivation and activation lies the read that confirms the first. What License Manager takes itself is left out. */
const SHORT_GAP_MILLISECONDS = 5_000;
const AT_ONCE = { accountChange: 0 };

interface Wish {
  readonly license?: string;
  readonly accounts?: readonly string[];
  readonly activation?: GrantActivation;
  readonly fails?: boolean;
}

let stacks: RehearsedStacks;

async function start(options: Partial<RehearsedStacksOptions> = {}): Promise<void> {
  stacks = await RehearsedStacks.start({ organization: ORGANIZATION_WITH_RENEWAL, ...options });
}

afterEach(async () => {
  await stacks.stop();
});

/** A grant to each account, and beside them a resource that fails once the grants are there. */
async function deploy({ license: licenseArn = LINUX_LICENSE, accounts = [PAYMENTS], activation, fails = false }: Wish): Promise<StackResult> {
  return stacks.deploy('Licenses', (stack) => {
    const setup = new ManagedEntitlementsSetup(stack, 'Setup');
    const license = MarketplaceLicense.fromLicenseArn(stack, 'License', licenseArn);
    const grants = accounts.map((account, index) => new MarketplaceLicenseGrant(stack, `Grant${index}`, {
      license, grantee: Grantee.account(account), grantName: 'product', activation,
    }));
    grants.forEach((grant) => grant.node.addDependency(setup));
    if (fails) {
      failAfter(...grants);
    }
  });
}

function grantArns({ resources }: StackResult): (string | undefined)[] {
  return resources
    .filter(({ type, status }) => type === 'Custom::MarketplaceLicenseGrant' && !status.startsWith('DELETE'))
    .map(({ physicalId }) => physicalId);
}

/** What is left of the grants that the stack made, by license. */
function licensesGranted(): string[] {
  return stacks.rehearsal.aws.grants()
    .filter(({ name, status }) => name === 'product' && !['DELETED', 'PENDING_DELETE'].includes(status))
    .map(({ licenseArn, ownerAccountId, status }) => `${licenseArn.slice(-1)} to ${ownerAccountId}: ${status}`)
    .sort();
}

describe('a renewed license of the same product for the same account', () => {
  test('takes over without an instant in between, where the service may swap', async () => {
    await start();
    const created = await deploy({ activation: OVERRIDING });
    const activity = watchActivity(stacks.rehearsal, PAYMENTS, 'Example Hardened Linux');
    const before = stacks.rehearsal.aws.calls.length;
    const updated = await deploy({ license: RENEWED_LICENSE, activation: OVERRIDING });
    await stacks.rehearsal.pass(60_000);

    expect(updated.status).toBe('UPDATE_COMPLETE');
    expect(grantArns(updated)).not.toEqual(grantArns(created));
    expect(licensesGranted()).toEqual([`4 to ${PAYMENTS}: ACTIVE`]);
    expect(activity.stop().longestGapMilliseconds).toBe(0);
    expect(stacks.changingCalls(before)).toEqual(['CreateGrant', 'CreateGrantVersion', 'TagResource', 'DeleteGrant']);
    await endsEmpty();
  });

  test.each([['without an override', undefined], ['that only respects distributed grants', CAREFUL]])(
    'takes over %s by a short exchange', async (_, activation) => {
      await start({ workflow: AT_ONCE });
      await deploy({ activation });
      const activity = watchActivity(stacks.rehearsal, PAYMENTS, 'Example Hardened Linux');
      const before = stacks.rehearsal.aws.calls.length;
      const updated = await deploy({ license: RENEWED_LICENSE, activation });
      await stacks.rehearsal.pass(60_000);

      expect(updated.status).toBe('UPDATE_COMPLETE');
      expect(licensesGranted()).toEqual([`4 to ${PAYMENTS}: ACTIVE`]);
      expect(activity.stop().longestGapMilliseconds).toBeLessThan(SHORT_GAP_MILLISECONDS);
      expect(stacks.changingCalls(before)).toEqual(['CreateGrant', 'CreateGrantVersion', 'CreateGrantVersion', 'TagResource', 'DeleteGrant']);
      await endsEmpty();
    });

  test.each([
    ['override', 'reversed-update', OVERRIDING, 0],
    ['override', 'restore', OVERRIDING, 0],
    ['exchange', 'reversed-update', CAREFUL, SHORT_GAP_MILLISECONDS],
    ['exchange', 'restore', CAREFUL, SHORT_GAP_MILLISECONDS],
  ] as const)('by %s gives way again when another resource fails, with a rollback of the kind %s', async (_, replacementRollback, activation, longestGap) => {
    await start({ workflow: AT_ONCE, customResourceReplacementRollback: replacementRollback });
    const created = await deploy({ activation });
    const activity = watchActivity(stacks.rehearsal, PAYMENTS, 'Example Hardened Linux');
    const updated = await deploy({ license: RENEWED_LICENSE, activation, fails: true });
    await stacks.rehearsal.pass(60_000);

    expect(updated.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(grantArns(updated)).toEqual(grantArns(created));
    expect(licensesGranted()).toEqual([`1 to ${PAYMENTS}: ACTIVE`]);
    expect(activity.stop().longestGapMilliseconds).toBeLessThanOrEqual(longestGap);
    await endsEmpty();
  });

  test.each([
    ['override', 'reversed-update', OVERRIDING],
    ['override', 'restore', OVERRIDING],
    ['exchange', 'reversed-update', CAREFUL],
    ['exchange', 'restore', CAREFUL],
  ] as const)('for two accounts by %s gives way again in both, with a rollback of the kind %s', async (_, customResourceReplacementRollback, activation) => {
    await start({ customResourceReplacementRollback });
    const accounts = [PAYMENTS, SHARED];
    const created = await deploy({ accounts, activation });
    const before = stacks.rehearsal.aws.calls.length;
    const updated = await deploy({ license: RENEWED_LICENSE, accounts, activation, fails: true });
    await stacks.rehearsal.pass(60_000);

    expect(updated.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(grantArns(updated)).toEqual(grantArns(created));
    expect(licensesGranted()).toEqual([`1 to ${PAYMENTS}: ACTIVE`, `1 to ${SHARED}: ACTIVE`]);
    expect(stacks.changingCalls(before).filter((call) => call !== 'CreateGrantVersion')).toEqual(['CreateGrant', 'CreateGrant', 'DeleteGrant', 'DeleteGrant']);
    await endsEmpty();
  });

  test('that is suspended is not granted, and the account keeps the old one', async () => {
    const suspended = { ...EXAMPLE_ORGANIZATION, subscriptions: [...EXAMPLE_ORGANIZATION.subscriptions, { ...RENEWAL, licenseStatus: 'SUSPENDED' as const }] };
    await start({ organization: suspended });
    const created = await deploy({ activation: CAREFUL });
    const before = stacks.rehearsal.aws.calls.length;
    const updated = await deploy({ license: RENEWED_LICENSE, activation: CAREFUL });
    await stacks.rehearsal.pass(60_000);

    expect(updated.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(stacks.changingCalls(before)).toEqual([]);
    expect(grantArns(updated)).toEqual(grantArns(created));
    expect(licensesGranted()).toEqual([`1 to ${PAYMENTS}: ACTIVE`]);
  });

  test.each(['reversed-update', 'restore'] as const)('replaced and rolled back twice is where it was, with rollbacks of the kind %s', async (customResourceReplacementRollback) => {
    await start({ customResourceReplacementRollback });
    const created = await deploy({ activation: CAREFUL });
    for (const license of [RENEWED_LICENSE, RENEWED_LICENSE]) {
      const updated = await deploy({ license, activation: CAREFUL, fails: true });
      expect(updated.status).toBe('UPDATE_ROLLBACK_COMPLETE');
      expect(grantArns(updated)).toEqual(grantArns(created));
      await stacks.rehearsal.pass(60_000);
      expect(licensesGranted()).toEqual([`1 to ${PAYMENTS}: ACTIVE`]);
    }
    await endsEmpty();
  });
});

test('a new grantee has its grant before the old one loses it', async () => {
  await start();
  await deploy({ license: SCANNER_LICENSE });
  const before = stacks.rehearsal.aws.calls.length;
  const updated = await deploy({ license: SCANNER_LICENSE, accounts: [SHARED] });
  await stacks.rehearsal.pass(60_000);

  expect(updated.status).toBe('UPDATE_COMPLETE');
  expect(stacks.changingCalls(before)).toEqual(['CreateGrant', 'CreateGrantVersion', 'TagResource', 'DeleteGrant']);
  expect(licensesGranted()).toEqual([`2 to ${SHARED}: ACTIVE`]);
  await endsEmpty();
});

describe('an old grant that cannot be deleted', () => {
  test.each([
    ['throttling@DeleteGrant,1-10', CAREFUL],
    ['function-killed-before@DeleteGrant,1-3', CAREFUL],
    ['function-timeout@DeleteGrant,1-3', OVERRIDING],
    ['throttling@DeleteGrant,1-10', GrantActivation.disabled()],
  ])('for %s does not keep the update from completing, is named, and goes with its successor (%#)', async (fault, activation) => {
    await start({ faults: [parseFault(fault)] });
    const created = await deploy({ activation });
    const updated = await deploy({ license: RENEWED_LICENSE, activation });

    expect(updated.status).toBe('UPDATE_COMPLETE');
    const failed = stacks.events.filter(({ status }) => status === 'DELETE_FAILED');
    expect(failed.map(({ physicalId, reason }) => `${physicalId} ${reason}`).join()).toContain(grantArns(created)[0]);
    expect(licensesGranted()).toEqual([`1 to ${PAYMENTS}: DISABLED`, expect.stringContaining(`4 to ${PAYMENTS}`)]);
    await endsEmpty();
  });
});

async function endsEmpty(): Promise<void> {
  expect((await stacks.destroy('Licenses')).status).toBe('DELETE_COMPLETE');
  expect(licensesGranted()).toEqual([]);
}
