import { RemovalPolicy } from 'aws-cdk-lib';
import { Grantee, ManagedEntitlementsMemberSetup, ManagedEntitlementsSetup, MarketplaceLicense, MarketplaceLicenseGrant } from '../../lib';
import { EXAMPLE_ORGANIZATION, RehearsedStacks, SCANNER_LICENSE } from '../support/rehearsed-stacks';

const CONSOLIDATED_BILLING = {
  ...EXAMPLE_ORGANIZATION,
  organization: { ...EXAMPLE_ORGANIZATION.organization!, featureSet: 'CONSOLIDATED_BILLING' as const },
};

describe('the setup of an organization', () => {
  let stacks: RehearsedStacks;

  afterEach(async () => {
    await stacks.stop();
  });

  test('is done once: a second stack with the same setup makes no changing call', async () => {
    stacks = await RehearsedStacks.start();
    await stacks.deploy('First', (stack) => new ManagedEntitlementsSetup(stack, 'Setup'));
    expect(stacks.changingCalls()).toEqual([
      'EnableAWSServiceAccess', 'EnableAWSServiceAccess', 'EnableAWSServiceAccess',
      'CreateServiceLinkedRole', 'CreateServiceLinkedRole', 'CreateServiceLinkedRole', 'CreateServiceLinkedRole',
      'UpdateServiceSettings',
    ]);

    const before = stacks.rehearsal.aws.calls.length;
    const second = await stacks.deploy('Second', (stack) => new ManagedEntitlementsSetup(stack, 'Setup'));
    expect(second.status).toBe('CREATE_COMPLETE');
    expect(stacks.changingCalls(before)).toEqual([]);
  });

  test('stays when its stack goes', async () => {
    stacks = await RehearsedStacks.start();
    await stacks.deploy('Setup', (stack) => new ManagedEntitlementsSetup(stack, 'Setup'));
    const before = stacks.rehearsal.aws.calls.length;
    const destroyed = await stacks.destroy('Setup');
    expect(destroyed.status).toBe('DELETE_COMPLETE');
    expect(stacks.rehearsal.aws.calls.slice(before)).toEqual([]);
  });

  test('with DESTROY goes with its stack, in the order that the services need', async () => {
    stacks = await RehearsedStacks.start();
    await stacks.deploy('Setup', (stack) => {
      new ManagedEntitlementsSetup(stack, 'Setup', { removalPolicy: RemovalPolicy.DESTROY, delegatedAdministrator: '333333333333' });
    });
    const before = stacks.rehearsal.aws.calls.length;
    const destroyed = await stacks.destroy('Setup');
    expect(destroyed.status).toBe('DELETE_COMPLETE');
    expect(stacks.changingCalls(before)).toEqual([
      'DeregisterDelegatedAdministrator',
      'UpdateServiceSettings',
      'DisableAWSServiceAccess', 'DisableAWSServiceAccess', 'DisableAWSServiceAccess',
      'DeleteServiceLinkedRole', 'DeleteServiceLinkedRole', 'DeleteServiceLinkedRole', 'DeleteServiceLinkedRole',
    ]);
  });

  test('with DESTROY keeps everything while grants are left that depend on it', async () => {
    stacks = await RehearsedStacks.start();
    await stacks.deploy('Setup', (stack) => new ManagedEntitlementsSetup(stack, 'Setup', { removalPolicy: RemovalPolicy.DESTROY }));
    await stacks.deploy('Grants', (stack) => {
      const license = MarketplaceLicense.fromLicenseArn(stack, 'License', SCANNER_LICENSE);
      new MarketplaceLicenseGrant(stack, 'Grant', { license, grantee: Grantee.account('222222222222') });
    });
    const before = stacks.rehearsal.aws.calls.length;
    const destroyed = await stacks.destroy('Setup');
    expect(destroyed.status).toBe('DELETE_COMPLETE');
    expect(stacks.changingCalls(before)).toEqual([]);
    expect(stacks.log(/OrganizationSetup/).join('\n')).toMatch(/kept/i);
  });

  test('in an organization with consolidated billing makes the roles only, and says so in its attributes', async () => {
    stacks = await RehearsedStacks.start({ organization: CONSOLIDATED_BILLING });
    const result = await stacks.deploy('Setup', (stack) => {
      const setup = new ManagedEntitlementsSetup(stack, 'Setup');
      stack.exportValue(setup.featureSet, { name: 'FeatureSet' });
      stack.exportValue(setup.organizationId, { name: 'OrganizationId' });
    });
    expect(result.status).toBe('CREATE_COMPLETE');
    expect(Object.values(result.outputs)).toEqual(['CONSOLIDATED_BILLING', 'o-exampleorg1']);
    expect(new Set(stacks.changingCalls())).toEqual(new Set(['CreateServiceLinkedRole']));
  });

  test('refuses a grant to an organizational unit of an organization with consolidated billing before anything is changed', async () => {
    stacks = await RehearsedStacks.start({ organization: CONSOLIDATED_BILLING });
    const result = await stacks.deploy('Grants', (stack) => {
      const license = MarketplaceLicense.fromLicenseArn(stack, 'License', SCANNER_LICENSE);
      new MarketplaceLicenseGrant(stack, 'Grant', { license, grantee: Grantee.organizationalUnit('ou-ex01-sandbox1') });
    });
    expect(result.status).toBe('ROLLBACK_COMPLETE');
    expect(stacks.events.find(({ status }) => status === 'CREATE_FAILED')?.reason).toMatch(/CONSOLIDATED_BILLING.*Grantee\.account\(\)/);
    expect(stacks.changingCalls()).toEqual([]);
  });

  test('of a member account makes its three roles, once', async () => {
    stacks = await RehearsedStacks.start();
    const member = { account: '222222222222', region: 'eu-central-1' };
    await stacks.deploy('Member', (stack) => new ManagedEntitlementsMemberSetup(stack, 'Setup'), member);
    expect(stacks.changingCalls()).toEqual(['CreateServiceLinkedRole', 'CreateServiceLinkedRole', 'CreateServiceLinkedRole']);

    const before = stacks.rehearsal.aws.calls.length;
    await stacks.deploy('Again', (stack) => new ManagedEntitlementsMemberSetup(stack, 'Setup'), member);
    expect(stacks.changingCalls(before)).toEqual([]);
  });

  test('in a member account explains itself', async () => {
    stacks = await RehearsedStacks.start();
    const result = await stacks.deploy('Setup', (stack) => new ManagedEntitlementsSetup(stack, 'Setup'), { account: '222222222222', region: 'us-east-1' });
    expect(result.status).toBe('ROLLBACK_COMPLETE');
    expect(stacks.events.find(({ status }) => status === 'CREATE_FAILED')?.reason).toMatch(/111111111111.*ManagedEntitlementsMemberSetup/);
    expect(stacks.changingCalls()).toEqual([]);
  });
});
