import { CreateServiceLinkedRoleCommand, GetRoleCommand } from '@aws-sdk/client-iam';
import { GetGrantCommand, GetServiceSettingsCommand, ListDistributedGrantsCommand, UpdateServiceSettingsCommand } from '@aws-sdk/client-license-manager';
import { EnableAWSServiceAccessCommand, ListAWSServiceAccessForOrganizationCommand } from '@aws-sdk/client-organizations';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { FaultOptions } from '../../../simulator/faults/fault-options';
import { parseFault } from '../../../simulator/faults/parse-fault';
import { account, createGrant } from '../services/license-manager/granting';
import { MANAGEMENT, PAYMENTS, READY, SimulatedOrganization } from '../services/simulated-organization';

let organization: SimulatedOrganization;

afterEach(() => organization.stop());

async function start(faults: readonly string[], options: FaultOptions = {}): Promise<void> {
  organization = await SimulatedOrganization.start(READY, { faults: faults.map(parseFault), ...options });
}

describe('a call', () => {
  test.each([
    ['throttling@license-manager', 'RateLimitExceededException', 400],
    ['server-error@license-manager', 'ServerInternalException', 500],
  ])('of License Manager meets %s as %s', async (fault, name, httpStatusCode) => {
    await start([fault]);
    await expect(organization.licenseManager(MANAGEMENT).send(new GetServiceSettingsCommand({})))
      .rejects.toMatchObject({ name, $metadata: { httpStatusCode } });
  });

  test.each([
    ['throttling', 'TooManyRequestsException', 400],
    ['server-error@organizations', 'ServiceException', 500],
  ])('of Organizations meets %s as %s', async (fault, name, httpStatusCode) => {
    await start([fault.includes('@') ? fault : `${fault}@organizations`]);
    await expect(organization.organizations(MANAGEMENT).send(new ListAWSServiceAccessForOrganizationCommand({})))
      .rejects.toMatchObject({ name, $metadata: { httpStatusCode } });
  });

  test.each([
    ['throttling@iam', 'Throttling'],
    ['server-error@iam', 'ServiceFailureException'],
  ])('of IAM meets %s as %s', async (fault, name) => {
    await start([fault]);
    await expect(organization.iam(MANAGEMENT).send(new GetRoleCommand({ RoleName: 'x' }))).rejects.toMatchObject({ name });
  });

  test.each([
    ['throttling@sts', 'Throttling'],
    ['server-error@sts', 'InternalFailure'],
  ])('of STS meets %s as %s', async (fault, name) => {
    await start([fault]);
    await expect(organization.sts(MANAGEMENT).send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({ name });
  });

  test('whose connection breaks before takes no effect; the log of calls says so', async () => {
    await start(['connection-reset-before@CreateGrant']);
    await expect(createGrant(organization, account(PAYMENTS))).rejects.toThrow('socket hang up');
    expect(organization.aws.grants().filter(({ grantorAccountId }) => grantorAccountId === MANAGEMENT)).toEqual([]);
    expect(organization.aws.calls.at(-1)!.error).toBe('ConnectionLost: The connection was lost: before the call took effect');
  });

  test('whose connection breaks after has taken effect', async () => {
    await start(['connection-reset-after@CreateGrant']);
    await expect(createGrant(organization, account(PAYMENTS))).rejects.toThrow('socket hang up');
    expect(organization.aws.grants().filter(({ grantorAccountId }) => grantorAccountId === MANAGEMENT)).toHaveLength(1);
  });

  test('beyond the rate is throttled until the second is over', async () => {
    await start([], { ratePerSecond: 2 });
    const client = organization.licenseManager(MANAGEMENT);
    const call = () => client.send(new GetServiceSettingsCommand({}));
    await call();
    await call();
    await expect(call()).rejects.toMatchObject({ name: 'RateLimitExceededException' });
    await organization.pass(1000);
    await call();
  });

  test('of somebody who is no function outlives what kills functions', async () => {
    await start(['function-killed-before@GetServiceSettings', 'function-timeout@GetServiceSettings', 'function-killed-after@GetServiceSettings']);
    await organization.licenseManager(MANAGEMENT).send(new GetServiceSettingsCommand({}));
  });
});

describe('an account that leaves', () => {
  test('is gone after the call, and the grant with it', async () => {
    await start([`account-leaves@${PAYMENTS},GetServiceSettings,2`]);
    const client = organization.licenseManager(MANAGEMENT);
    await client.send(new GetServiceSettingsCommand({}));
    expect(organization.aws.organization!.account(PAYMENTS)).toBeDefined();
    await client.send(new GetServiceSettingsCommand({}));
    expect(organization.aws.organization!.account(PAYMENTS)).toBeUndefined();
  });

  test.each([
    ['account-leaves@999999999999', 'account-leaves: account 999999999999 is not in the organization'],
    [`account-leaves@${MANAGEMENT}`, `account-leaves: account ${MANAGEMENT} is the management account, which cannot leave its organization`],
  ])('has to be a member: %s', async (fault, words) => {
    await start([]);
    await expect(SimulatedOrganization.start(READY, { faults: [parseFault(fault)] })).rejects.toThrow(words);
  });
});

describe('reads that lag', () => {
  test('show a grant late, and each of its versions', async () => {
    await start(['stale-reads@10s']);
    const client = organization.licenseManager(MANAGEMENT);
    const GrantArn = await createGrant(organization, account(PAYMENTS));
    const list = async () => (await client.send(new ListDistributedGrantsCommand({}))).Grants!.map(({ GrantStatus }) => GrantStatus);
    await expect(client.send(new GetGrantCommand({ GrantArn }))).rejects.toThrow('does not exist');
    expect(await list()).toEqual([]);
    await organization.pass(9_999);
    expect(await list()).toEqual([]);
    await organization.pass(1);
    expect(await list()).toEqual(['PENDING_WORKFLOW']);
  });

  test('show settings, roles and trusted services late', async () => {
    await start(['stale-reads@10s']);
    const licenseManager = organization.licenseManager(MANAGEMENT);
    const iam = organization.iam(PAYMENTS);
    const organizations = organization.organizations(MANAGEMENT);
    await licenseManager.send(new UpdateServiceSettingsCommand({ S3BucketArn: 'arn:aws:s3:::licenses' }));
    await iam.send(new CreateServiceLinkedRoleCommand({ AWSServiceName: 'license-management.marketplace.amazonaws.com' })).catch(() => undefined);
    await organizations.send(new EnableAWSServiceAccessCommand({ ServicePrincipal: 'ram.amazonaws.com' }));
    const shown = async () => ({
      bucket: (await licenseManager.send(new GetServiceSettingsCommand({}))).S3BucketArn,
      services: (await organizations.send(new ListAWSServiceAccessForOrganizationCommand({})))
        .EnabledServicePrincipals!.map(({ ServicePrincipal }) => ServicePrincipal),
      role: await iam.send(new GetRoleCommand({ RoleName: 'AWSServiceRoleForMarketplaceLicenseManagement' })).then(() => true, () => false),
    });
    const before = await shown();
    await organization.pass(10_000);
    const after = await shown();
    expect(before).toMatchObject({ bucket: undefined, role: false });
    expect(before.services).not.toContain('ram.amazonaws.com');
    expect(after).toMatchObject({ bucket: 'arn:aws:s3:::licenses', role: true });
    expect(after.services).toContain('ram.amazonaws.com');
  });

  test('can be those of one service', async () => {
    await start(['stale-reads@iam,10s']);
    const client = organization.licenseManager(MANAGEMENT);
    await client.send(new UpdateServiceSettingsCommand({ S3BucketArn: 'arn:aws:s3:::licenses' }));
    expect(await client.send(new GetServiceSettingsCommand({}))).toMatchObject({ S3BucketArn: 'arn:aws:s3:::licenses' });
  });
});
