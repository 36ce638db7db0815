import { Stack } from 'aws-cdk-lib';
import { GrantActivation, Grantee, ManagedEntitlementsSetup, MarketplaceLicense, MarketplaceLicenseGrant } from '../../lib';
import { failAfter } from '../support/failing-resource';
import { LINUX_SKU, RehearsedStacks, SCANNER_LICENSE } from '../support/rehearsed-stacks';

describe('grants to accounts', () => {
  let stacks: RehearsedStacks;

  beforeEach(async () => {
    stacks = await RehearsedStacks.start();
  });

  afterEach(async () => {
    await stacks.stop();
  });

  test('a stack whose creation fails leaves no grant behind, and names what failed', async () => {
    const result = await stacks.deploy('Licenses', (stack) => {
      const setup = new ManagedEntitlementsSetup(stack, 'Setup');
      const linux = MarketplaceLicense.fromProductSku(stack, 'Linux', LINUX_SKU);
      const works = new MarketplaceLicenseGrant(stack, 'Works', { license: linux, grantee: Grantee.account('222222222222') });
      const fails = new MarketplaceLicenseGrant(stack, 'Fails', { license: linux, grantee: Grantee.account('444444444444') });
      works.node.addDependency(setup);
      fails.node.addDependency(works);
    });
    await stacks.rehearsal.pass(60_000);

    expect(result.status).toBe('ROLLBACK_COMPLETE');
    expect(stacks.events.find(({ status }) => status === 'CREATE_FAILED')?.reason).toMatch(/444444444444.*active.*ALL_GRANTS_PERMITTED_BY_ISSUER/);
    expect(stacks.grants()).toEqual([]);
    expect(stacks.changingCalls().filter((call) => call === 'CreateGrant')).toHaveLength(2);
    expect(stacks.changingCalls().filter((call) => call === 'DeleteGrant')).toHaveLength(2);
  });

  test('an update that fails in another resource brings the replaced grant back, with its id, and removes the new one', async () => {
    const deploy = (grantee: string, withFailure: boolean) => stacks.deploy('Licenses', (stack) => {
      const grant = scannerFor(stack, grantee);
      if (withFailure) {
        failAfter(grant);
      }
    });
    const created = await deploy('222222222222', false);
    const updated = await deploy('333333333333', true);
    await stacks.rehearsal.pass(60_000);

    expect(updated.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(grantArn(updated)).toEqual(grantArn(created));
    expect(stacks.grants()).toEqual(['222222222222: Example Vulnerability Scanner, ACTIVE']);
  });

  test('an update in place that fails elsewhere is reversed in place', async () => {
    const deploy = (activation: GrantActivation, withFailure: boolean) => stacks.deploy('Licenses', (stack) => {
      const grant = scannerFor(stack, '222222222222', activation);
      if (withFailure) {
        failAfter(grant);
      }
    });
    const created = await deploy(GrantActivation.active(), false);
    const updated = await deploy(GrantActivation.disabled({ reason: 'audit' }), true);

    expect(updated.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(grantArn(updated)).toEqual(grantArn(created));
    expect(stacks.grants()).toEqual(['222222222222: Example Vulnerability Scanner, ACTIVE']);
  });

  test('a deployment that changes nothing about the grant makes no changing call', async () => {
    await stacks.deploy('Licenses', (stack) => scannerFor(stack, '222222222222'));
    const before = stacks.rehearsal.aws.calls.length;
    const updated = await stacks.deploy('Licenses', (stack) => {
      scannerFor(stack, '222222222222');
      stack.exportValue('elsewhere', { name: 'Unrelated' });
    });

    expect(updated.status).toBe('UPDATE_COMPLETE');
    expect(stacks.changingCalls(before)).toEqual([]);
  });

  test('a grant that the grantee has to accept stays pending until the deadline, fails the stack with its ARN, and is removed', async () => {
    const result = await stacks.deploy('FromMember', (stack) => {
      const license = MarketplaceLicense.fromLicenseArn(stack, 'License', 'arn:aws:license-manager::294406891311:license:l-00000000000000000000000000000003');
      new MarketplaceLicenseGrant(stack, 'Grant', { license, grantee: Grantee.account('555555555555') });
    }, { account: '444444444444', region: 'us-east-1' });

    expect(result.status).toBe('ROLLBACK_COMPLETE');
    const reason = stacks.events.find(({ status }) => status === 'CREATE_FAILED')?.reason;
    expect(reason).toMatch(/arn:aws:license-manager::444444444444:grant:g-\w+/);
    expect(reason).toContain('PENDING_ACCEPT');
    expect(stacks.rehearsal.clock.now().getTime() - result.startedAt.getTime()).toBeGreaterThan(9 * 60 * 1000);
    await stacks.rehearsal.pass(60_000);
    expect(stacks.rehearsal.aws.grants().filter(({ grantorAccountId, status }) => grantorAccountId === '444444444444' && status !== 'DELETED')).toEqual([]);
  });
});

function scannerFor(stack: Stack, account: string, activation?: GrantActivation): MarketplaceLicenseGrant {
  const setup = new ManagedEntitlementsSetup(stack, 'Setup');
  const license = MarketplaceLicense.fromLicenseArn(stack, 'License', SCANNER_LICENSE);
  const grant = new MarketplaceLicenseGrant(stack, 'Grant', { license, grantee: Grantee.account(account), activation });
  grant.node.addDependency(setup);
  return grant;
}

function grantArn({ resources }: { resources: readonly { type: string; physicalId?: string; status: string }[] }): string | undefined {
  return resources.find(({ type, status }) => type === 'Custom::MarketplaceLicenseGrant' && !status.startsWith('DELETE'))?.physicalId;
}
