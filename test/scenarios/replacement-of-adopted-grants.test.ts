import {
  ActivationOverride, ExistingGrant, GrantActivation, Grantee, ManagedEntitlementsSetup, MarketplaceLicense, MarketplaceLicenseGrant,
} from '../../lib';
import { StackResult } from '../../simulator/cloudformation/stack-result';
import { parseFault } from '../../simulator/faults/parse-fault';
import { GrantReport } from '../../simulator/simulated-aws';
import { watchActivity } from '../support/activity';
import { failAfter } from '../support/failing-resource';
import { LicenseAdministrator } from '../support/license-administrator';
import { LINUX_LICENSE, RehearsedStacks, RehearsedStacksOptions } from '../support/rehearsed-stacks';
import { ORGANIZATION_WITH_RENEWAL, RENEWED_LICENSE } from '../support/renewed-license';

const PAYMENTS = '222222222222';
const OVERRIDING = GrantActivation.active({ override: ActivationOverride.ALL_GRANTS_PERMITTED_BY_ISSUER });
const CAREFUL = GrantActivation.active({ override: ActivationOverride.DISTRIBUTED_GRANTS_ONLY });

/** Between deactivation and activation lies the read that confirms the first. What License Manager takes itself is left out. */
const SHORT_GAP_MILLISECONDS = 5_000;
const AT_ONCE = { accountChange: 0 };

const OF_PEOPLE = { team: 'platform' };

let stacks: RehearsedStacks;
let people: LicenseAdministrator;

afterEach(async () => {
  await stacks.stop();
});

/** A stack has adopted a grant that people made, and that is active since then at the latest. Returns the grant's ARN. */
async function startAdopted(status: 'ACTIVE' | 'DISABLED', activation: GrantActivation, options: RehearsedStacksOptions = {}): Promise<string> {
  stacks = await RehearsedStacks.start({ organization: ORGANIZATION_WITH_RENEWAL, workflow: AT_ONCE, ...options });
  people = new LicenseAdministrator(stacks.rehearsal.aws.endpoint, { pass: (milliseconds) => stacks.rehearsal.pass(milliseconds) });
  await stacks.deploy('Setup', (stack) => new ManagedEntitlementsSetup(stack, 'Setup'));
  const grantArn = await people.grant(`arn:aws:iam::${PAYMENTS}:root`, { tags: OF_PEOPLE });
  if (status === 'ACTIVE') {
    await people.switch(grantArn, status);
  }
  expect(grantIn(await deploy(LINUX_LICENSE, activation))).toBe(grantArn);
  expect(report(grantArn)).toMatchObject({ status: 'ACTIVE' });
  return grantArn;
}

async function deploy(licenseArn: string, activation: GrantActivation, { fails = false } = {}): Promise<StackResult> {
  const result = await stacks.deploy('Licenses', (stack) => {
    const grant = new MarketplaceLicenseGrant(stack, 'Grant', {
      license: MarketplaceLicense.fromLicenseArn(stack, 'License', licenseArn),
      grantee: Grantee.account(PAYMENTS),
      existingGrant: ExistingGrant.adopt(),
      activation,
    });
    if (fails) {
      failAfter(grant);
    }
  });
  await stacks.rehearsal.pass(60_000);
  return result;
}

function grantIn({ resources }: StackResult): string | undefined {
  return resources.find(({ type, status }) => type === 'Custom::MarketplaceLicenseGrant' && !status.startsWith('DELETE'))?.physicalId;
}

function report(grantArn: string): GrantReport {
  return stacks.rehearsal.aws.grants().find((grant) => grant.grantArn === grantArn)!;
}

/** Those of the account that still count, besides the one that people made. */
function othersThan(grantArn: string): string[] {
  return stacks.rehearsal.aws.grants()
    .filter((grant) => grant.ownerAccountId === PAYMENTS && grant.grantArn !== grantArn && !['DELETED', 'PENDING_DELETE'].includes(grant.status))
    .map(({ licenseArn, status }) => `${licenseArn.slice(-1)}, ${status}`);
}

/** Nothing but what people made is left, and nothing but what they wrote on it. */
async function endsWithTheGrantOfPeople(grantArn: string, status: string): Promise<void> {
  expect(await stacks.destroy('Licenses')).toMatchObject({ status: 'DELETE_COMPLETE' });
  expect(report(grantArn)).toMatchObject({ status, tags: OF_PEOPLE });
  expect(othersThan(grantArn)).toEqual([]);
}

describe.each(['ACTIVE', 'DISABLED'] as const)('a grant that people made, adopted while it was %s', (status) => {
  test.each([
    ['override', OVERRIDING, 0, ['CreateGrant', 'CreateGrantVersion', 'TagResource', 'UntagResource']],
    ['exchange', CAREFUL, SHORT_GAP_MILLISECONDS, ['CreateGrant', 'CreateGrantVersion', 'CreateGrantVersion', 'TagResource', 'UntagResource']],
  ])('gives way to that of the renewed license by %s, and stays, released', async (_, activation, longestGap, calls) => {
    const grantArn = await startAdopted(status, activation);
    const activity = watchActivity(stacks.rehearsal, PAYMENTS, 'Example Hardened Linux');
    const before = stacks.rehearsal.aws.calls.length;
    const updated = await deploy(RENEWED_LICENSE, activation);

    expect(updated.status).toBe('UPDATE_COMPLETE');
    expect(grantIn(updated)).not.toBe(grantArn);
    expect(othersThan(grantArn)).toEqual(['4, ACTIVE']);
    expect(report(grantArn)).toMatchObject({ status: 'DISABLED', tags: OF_PEOPLE });
    expect(activity.stop().longestGapMilliseconds).toBeLessThanOrEqual(longestGap);
    expect(stacks.changingCalls(before)).toEqual(calls);
    await endsWithTheGrantOfPeople(grantArn, 'DISABLED');
  });

  test.each([
    ['override', 'reversed-update', OVERRIDING, 0],
    ['override', 'restore', OVERRIDING, 0],
    ['exchange', 'reversed-update', CAREFUL, SHORT_GAP_MILLISECONDS],
    ['exchange', 'restore', CAREFUL, SHORT_GAP_MILLISECONDS],
  ] as const)('is the stack\'s again when another resource fails after its replacement by %s, with a rollback of the kind %s', async (
    _, customResourceReplacementRollback, activation, longestGap,
  ) => {
    const grantArn = await startAdopted(status, activation, { customResourceReplacementRollback });
    const adopted = report(grantArn).tags;
    const activity = watchActivity(stacks.rehearsal, PAYMENTS, 'Example Hardened Linux');
    const updated = await deploy(RENEWED_LICENSE, activation, { fails: true });

    expect(updated.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(grantIn(updated)).toBe(grantArn);
    expect(othersThan(grantArn)).toEqual([]);
    expect(report(grantArn)).toMatchObject({ status: 'ACTIVE', tags: adopted });
    expect(adopted).toMatchObject({ 'cdk-managed-entitlements:adopted': 'true', 'cdk-managed-entitlements:stack-id': updated.stackId });
    expect(activity.stop().longestGapMilliseconds).toBeLessThanOrEqual(longestGap);
    await endsWithTheGrantOfPeople(grantArn, 'ACTIVE');
  });

  // The first version is that of the adoption; in an exchange the second one deactivates the adopted grant. The restoration gets through.
  test.each([
    ['override', 'server-error@CreateGrantVersion,2-14', OVERRIDING],
    ['exchange', 'server-error@CreateGrantVersion,3-15', CAREFUL],
  ])('is the stack\'s again when its successor cannot be activated by %s: %s', async (_, fault, activation) => {
    const grantArn = await startAdopted(status, activation, { faults: [parseFault(fault)] });
    const adopted = report(grantArn).tags;
    const before = stacks.rehearsal.aws.calls.length;
    const updated = await deploy(RENEWED_LICENSE, activation);

    expect(updated.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(grantIn(updated)).toBe(grantArn);
    expect(othersThan(grantArn)).toEqual([]);
    expect(report(grantArn)).toMatchObject({ status: 'ACTIVE', tags: adopted });
    expect(stacks.changingCalls(before).filter((call) => call !== 'CreateGrantVersion')).toEqual(['CreateGrant', 'DeleteGrant']);
    await endsWithTheGrantOfPeople(grantArn, 'ACTIVE');
  });
});
