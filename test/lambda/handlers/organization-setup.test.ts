import { LicenseManagerClient, UpdateServiceSettingsCommand } from '@aws-sdk/client-license-manager';
import type { OrganizationDefinition } from '../../../simulator/organization/organization-definition';
import { silentLog } from '../support/silent-log';
import { EXAMPLE, SimulatedStack } from '../support/simulated-stack';

const type = 'Custom::ManagedEntitlementsSetup';
const CONSOLIDATED_BILLING = { organization: { ...EXAMPLE.organization!, featureSet: 'CONSOLIDATED_BILLING' as const } };

silentLog();

let stack: SimulatedStack;

afterEach(async () => {
  await stack.stop();
});

async function start(changes: Partial<OrganizationDefinition> = {}, accountId?: string): Promise<void> {
  stack = await SimulatedStack.start({ organization: { ...EXAMPLE, ...changes }, accountId });
}

const ALL_TURNED_ON = [
  'EnableAWSServiceAccess', 'EnableAWSServiceAccess', 'EnableAWSServiceAccess',
  'CreateServiceLinkedRole', 'CreateServiceLinkedRole', 'CreateServiceLinkedRole', 'CreateServiceLinkedRole',
  'UpdateServiceSettings',
];

describe('setting up an organization', () => {
  test('turns on all that is missing, in order, and answers what the organization is', async () => {
    await start();
    expect(await stack.create({ type, properties: {} })).toMatchObject({
      Status: 'SUCCESS',
      PhysicalResourceId: expect.stringMatching(/^o-exampleorg1\//),
      Data: {
        FeatureSet: 'ALL',
        OrganizationId: 'o-exampleorg1',
        OrganizationArn: 'arn:aws:organizations::111111111111:organization/o-exampleorg1',
        ManagementAccountId: '111111111111',
      },
    });
    expect(stack.changingCalls()).toEqual(ALL_TURNED_ON);
    expect(stack.aws.calls.find(({ operation }) => operation === 'UpdateServiceSettings'))
      .toMatchObject({ region: 'us-east-1', request: { OrganizationConfiguration: { EnableIntegration: true } } });
    expect(JSON.stringify(stack.aws.calls)).not.toContain('EnableCrossAccountsDiscovery":true');
  });

  test('changes nothing the second time', async () => {
    await start();
    const { PhysicalResourceId: physicalId } = await stack.create({ type, properties: {} });
    const before = stack.aws.calls.length;
    expect(await stack.update({ type, physicalId, properties: {}, oldProperties: {} })).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: physicalId });
    expect(stack.changingCalls(before)).toEqual([]);
  });

  test('leaves alone what is on already', async () => {
    await start({
      trustedServices: ['license-manager.amazonaws.com'],
      serviceLinkedRoles: { 111111111111: ['license-manager.amazonaws.com', 'license-management.marketplace.amazonaws.com'] },
    });
    const { PhysicalResourceId } = await stack.create({ type, properties: {} });
    expect(stack.changingCalls()).toEqual(ALL_TURNED_ON.filter((_, index) => ![0, 3, 6].includes(index)));
    expect(PhysicalResourceId).not.toMatch(/trusted-access:license-manager(\/|$)/);
  });

  test('passes on the settings that are there', async () => {
    await start();
    const settings = {
      S3BucketArn: 'arn:aws:s3:::aws-license-manager-service-example',
      SnsTopicArn: 'arn:aws:sns:us-east-1:111111111111:aws-license-manager-service-example',
    };
    const client = new LicenseManagerClient({
      region: 'us-east-1', endpoint: stack.aws.endpoint, credentials: { accessKeyId: '111111111111', secretAccessKey: 'none' },
    });
    await client.send(new UpdateServiceSettingsCommand(settings));
    await stack.create({ type, properties: {} });
    expect(stack.lastRequest('UpdateServiceSettings')).toEqual({ OrganizationConfiguration: { EnableIntegration: true }, ...settings });
  });

  test('creates only two roles with consolidated billing, and says so in its attributes', async () => {
    await start(CONSOLIDATED_BILLING);
    expect(await stack.create({ type, properties: {} })).toMatchObject({ Status: 'SUCCESS', Data: { FeatureSet: 'CONSOLIDATED_BILLING' } });
    expect(stack.callsOf('CreateServiceLinkedRole').map(({ request }) => request)).toEqual([
      { AWSServiceName: 'license-manager.amazonaws.com' },
      { AWSServiceName: 'license-management.marketplace.amazonaws.com' },
    ]);
    expect(stack.changingCalls()).toHaveLength(2);
  });

  test.each<[string, Partial<OrganizationDefinition>, string, object, RegExp]>([
    ['an account outside of an organization', { organization: null, organizationalUnits: [], accounts: EXAMPLE.accounts.map(({ parentId: _, ...account }) => account) }, '111111111111', {}, /not in an organization/],
    ['a member account', {}, '222222222222', {}, /not the management account.*111111111111.*ManagedEntitlementsMemberSetup/],
    ['a delegated administrator with consolidated billing', CONSOLIDATED_BILLING, '111111111111', { DelegatedAdministrator: '222222222222' }, /CONSOLIDATED_BILLING/],
    ['the management account as delegated administrator', {}, '111111111111', { DelegatedAdministrator: '111111111111' }, /cannot be the delegated administrator/],
    ['a second delegated administrator', { trustedServices: ['license-manager.amazonaws.com'], delegatedAdministrators: { 'license-manager.amazonaws.com': '333333333333' } }, '111111111111', { DelegatedAdministrator: '222222222222' }, /333333333333 is registered.*deregister/],
  ])('refuses %s before anything is changed', async (_, organization, accountId, properties, reason) => {
    await start(organization, accountId);
    expect(await stack.create({ type, properties })).toMatchObject({ Status: 'FAILED', Reason: expect.stringMatching(reason) });
    expect(stack.changingCalls()).toEqual([]);
  });
});

test('a setup that fails half way answers what it turned on, so that undoing it finds that', async () => {
  let mayLink = false;
  stack = await SimulatedStack.start({
    authorizer: {
      authorize: async ({ action }) => (action === 'license-manager:UpdateServiceSettings' && !mayLink ? { allowed: false, reason: 'because no' } : { allowed: true }),
    },
  });
  const answer = await stack.create({ type, properties: {} });
  expect(answer).toMatchObject({ Status: 'FAILED', Reason: expect.stringMatching(/^license-manager:UpdateServiceSettings/) });
  expect(answer.PhysicalResourceId).toMatch(/^o-exampleorg1\/trusted-access:license-manager\/.*service-linked-role:license-management.marketplace$/);
  mayLink = true;
  const before = stack.aws.calls.length;
  expect(await stack.delete({ type, physicalId: answer.PhysicalResourceId, properties: {} })).toMatchObject({ Status: 'SUCCESS' });
  expect(stack.changingCalls(before)).toEqual([...Array(3).fill('DisableAWSServiceAccess'), ...Array(4).fill('DeleteServiceLinkedRole')]);
});

describe('the delegated administrator', () => {
  test('is registered, replaced when it changes, and left registered when it is not named any more', async () => {
    await start();
    const first = { DelegatedAdministrator: '222222222222' };
    const second = { DelegatedAdministrator: '333333333333' };
    const { PhysicalResourceId: physicalId, Status } = await stack.create({ type, properties: first });
    expect(Status).toBe('SUCCESS');
    expect(stack.aws.calls.find(({ operation }) => operation === 'RegisterDelegatedAdministrator')!.request)
      .toEqual({ AccountId: '222222222222', ServicePrincipal: 'license-manager.amazonaws.com' });

    let before = stack.aws.calls.length;
    expect(await stack.update({ type, physicalId, properties: second, oldProperties: first })).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: physicalId });
    expect(stack.changingCalls(before)).toEqual(['DeregisterDelegatedAdministrator', 'RegisterDelegatedAdministrator']);

    before = stack.aws.calls.length;
    expect(await stack.update({ type, physicalId, properties: {}, oldProperties: second })).toMatchObject({ Status: 'SUCCESS' });
    expect(stack.changingCalls(before)).toEqual([]);
  });
});

describe('undoing a setup', () => {
  test('turns off what the setup turned on, in the order that the services need', async () => {
    await start();
    const properties = { DelegatedAdministrator: '222222222222' };
    const { PhysicalResourceId: physicalId } = await stack.create({ type, properties });
    const before = stack.aws.calls.length;
    expect(await stack.delete({ type, physicalId, properties })).toEqual(expect.objectContaining({ Status: 'SUCCESS', PhysicalResourceId: physicalId }));
    expect(stack.changingCalls(before)).toEqual([
      'DeregisterDelegatedAdministrator', 'UpdateServiceSettings',
      'DisableAWSServiceAccess', 'DisableAWSServiceAccess', 'DisableAWSServiceAccess',
      'DeleteServiceLinkedRole', 'DeleteServiceLinkedRole', 'DeleteServiceLinkedRole', 'DeleteServiceLinkedRole',
    ]);
    expect(stack.lastRequest('DeleteServiceLinkedRole'))
      .toEqual({ RoleName: 'AWSServiceRoleForAWSLicenseManagerRole' });
  });

  test('keeps everything while grants need it, and says so', async () => {
    await start();
    const { PhysicalResourceId: physicalId } = await stack.create({ type, properties: {} });
    await stack.create({
      type: 'Custom::MarketplaceLicenseGrant',
      properties: {
        LicenseArn: EXAMPLE.subscriptions[0].licenseArn,
        HomeRegion: 'us-east-1',
        Grantee: { Kind: 'ACCOUNT', Identifier: '222222222222' },
        GrantName: 'linux',
        Activation: { Mode: 'ACTIVE' },
        SettleWithinSeconds: '600',
      },
    });
    const before = stack.aws.calls.length;
    const answer = await stack.delete({ type, physicalId, properties: {} });
    expect(answer).toMatchObject({ Status: 'SUCCESS', Reason: expect.stringMatching(/^Kept: .*linking.*needed by 1 distributed grants/) });
    expect(stack.changingCalls(before)).toEqual([]);
  });

  test('keeps what was on before, and what that builds on', async () => {
    await start({ trustedServices: ['license-manager.member-account.amazonaws.com'] });
    const { PhysicalResourceId: physicalId } = await stack.create({ type, properties: {} });
    const before = stack.aws.calls.length;
    const answer = await stack.delete({ type, physicalId, properties: {} });
    expect(answer.Reason).toContain('trusted access for license-manager.member-account.amazonaws.com (not turned on by this setup)');
    expect(stack.changingCalls(before)).toEqual(['UpdateServiceSettings', 'DisableAWSServiceAccess']);
  });

  test('makes no call for an id that no setup has answered', async () => {
    await start();
    expect(await stack.delete({ type, physicalId: 'quick-start-Setup-1ABCDEFGHIJKL', properties: {} })).toMatchObject({ Status: 'SUCCESS' });
    expect(stack.calls()).toEqual([]);
  });
});
