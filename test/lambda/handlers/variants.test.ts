import { GetServiceSettingsCommand, LicenseManagerClient, UpdateServiceSettingsCommand } from '@aws-sdk/client-license-manager';
import { SWITCHES, Variants } from '../../../simulator/services/variants';
import { LicenseAdministrator } from '../../support/license-administrator';
import { GRANT_TYPE, PAYMENTS, SETUP } from '../support/requests';
import { silentLog } from '../support/silent-log';
import { SimulatedStack } from '../support/simulated-stack';

const GRANT = { type: GRANT_TYPE, properties: PAYMENTS };

silentLog();

let stack: SimulatedStack;

afterEach(async () => {
  await stack.stop();
});

async function start(variants: Partial<Variants>): Promise<void> {
  stack = await SimulatedStack.start({ variants });
  expect(await stack.create(SETUP)).toMatchObject({ Status: 'SUCCESS' });
}

function licenseManager(): LicenseManagerClient {
  return new LicenseManagerClient({
    endpoint: stack.aws.endpoint, region: 'us-east-1', credentials: { accessKeyId: '111111111111', secretAccessKey: 'any' },
  });
}

function liveGrants(): string[] {
  return stack.aws.grants()
    .filter(({ grantorAccountId, status }) => grantorAccountId === '111111111111' && !['DELETED', 'PENDING_DELETE'].includes(status))
    .map(({ name, status }) => `${name}: ${status}`);
}

function people(): LicenseAdministrator {
  return new LicenseAdministrator(stack.aws.endpoint, { pass: (milliseconds) => stack.clock.sleep(milliseconds) });
}

test.each(SWITCHES.clientTokenOfDeadGrant.filter((position) => position !== 'refused'))(
  'a request that comes again after somebody deleted its grant makes another one, with %s for a used-up client token', async (clientTokenOfDeadGrant) => {
    await start({ clientTokenOfDeadGrant });
    const first = await stack.create({ ...GRANT, requestId: 'the-same' });
    await people().delete(first.PhysicalResourceId);

    const second = await stack.create({ ...GRANT, requestId: 'the-same' });
    expect(second).toMatchObject({ Status: 'SUCCESS' });
    expect(second.PhysicalResourceId).not.toBe(first.PhysicalResourceId);
    expect(liveGrants()).toEqual(['linux-for-payments: ACTIVE']);
  });

test('a request that comes again after somebody deleted its grant fails where a used-up client token is refused', async () => {
  await start({ clientTokenOfDeadGrant: 'refused' });
  const first = await stack.create({ ...GRANT, requestId: 'the-same' });
  await people().delete(first.PhysicalResourceId);

  expect(await stack.create({ ...GRANT, requestId: 'the-same' })).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('ClientToken') });
  expect(liveGrants()).toEqual([]);
});

test.each(SWITCHES.notFound)('a grant that License Manager does not know counts as deleted, with %s for what is not there', async (notFound) => {
  await start({ notFound });
  const unknown = `arn:aws:license-manager::111111111111:grant:g-${'0'.repeat(32)}`;
  expect(await stack.delete({ ...GRANT, physicalId: unknown })).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: unknown });
});

test.each(SWITCHES.notFound)('an update of a grant that License Manager does not know makes another one, with %s for what is not there', async (notFound) => {
  await start({ notFound });
  const unknown = `arn:aws:license-manager::111111111111:grant:g-${'0'.repeat(32)}`;
  expect(await stack.update({ ...GRANT, physicalId: unknown, oldProperties: PAYMENTS })).toMatchObject({ Status: 'SUCCESS' });
  expect(liveGrants()).toEqual(['linux-for-payments: ACTIVE']);
});

test.each(SWITCHES.duplicateGrant)('a foreign grant of the license to the same account is not touched, with %s for duplicates', async (duplicateGrant) => {
  await start({ duplicateGrant });
  await people().grant('arn:aws:iam::222222222222:root');

  expect(await stack.create(GRANT)).toMatchObject({ Status: 'FAILED', Reason: expect.stringMatching(/'by hand', DISABLED/) });
  expect(liveGrants()).toEqual(['by hand: DISABLED']);
});

test.each(SWITCHES.settingsLeftOut)('linking keeps the topic and the bucket of License Manager, with settings that an update leaves out %s', async (settingsLeftOut) => {
  stack = await SimulatedStack.start({ variants: { settingsLeftOut } });
  const settings = { S3BucketArn: 'arn:aws:s3:::licenses', SnsTopicArn: 'arn:aws:sns:us-east-1:111111111111:aws-license-manager-service-example' };
  await licenseManager().send(new UpdateServiceSettingsCommand(settings));
  expect(await stack.create(SETUP)).toMatchObject({ Status: 'SUCCESS' });
  expect(await licenseManager().send(new GetServiceSettingsCommand({})))
    .toMatchObject({ ...settings, OrganizationConfiguration: { EnableIntegration: true } });
});
