import { GetRoleCommand } from '@aws-sdk/client-iam';
import {
  GetServiceSettingsCommand, ListTagsForResourceCommand, TagResourceCommand, UntagResourceCommand, UpdateServiceSettingsCommand,
  UpdateServiceSettingsCommandInput,
} from '@aws-sdk/client-license-manager';
import { ListAWSServiceAccessForOrganizationCommand } from '@aws-sdk/client-organizations';
import { account, createGrant, distributedGrant, read } from './granting';
import { OrganizationDefinition } from '../../../../simulator/organization/organization-definition';
import { BARE, MANAGEMENT, PAYMENTS, READY, SHARED, SimulatedOrganization } from '../simulated-organization';

let organization: SimulatedOrganization;

async function start(definition: OrganizationDefinition): Promise<void> {
  organization = await SimulatedOrganization.start(definition);
}

afterEach(() => organization.stop());

async function update(input: UpdateServiceSettingsCommandInput, accountId = MANAGEMENT, region?: string): Promise<void> {
  await organization.licenseManager(accountId, region).send(new UpdateServiceSettingsCommand(input));
}

async function settings(accountId = MANAGEMENT, region?: string) {
  const { $metadata: _metadata, ...answer } = await organization.licenseManager(accountId, region).send(new GetServiceSettingsCommand({}));
  return answer;
}

describe('linking', () => {
  const link = { OrganizationConfiguration: { EnableIntegration: true } };

  test('sets the switch, enables trusted access for both principals, and makes the roles in every account', async () => {
    await start(BARE);
    await update(link);
    expect(await settings()).toMatchObject({ OrganizationConfiguration: { EnableIntegration: true } });
    const { EnabledServicePrincipals } = await organization.organizations(MANAGEMENT).send(new ListAWSServiceAccessForOrganizationCommand({}));
    expect(EnabledServicePrincipals!.map(({ ServicePrincipal }) => ServicePrincipal))
      .toEqual(['license-manager.amazonaws.com', 'license-manager.member-account.amazonaws.com']);
    await organization.iam(MANAGEMENT).send(new GetRoleCommand({ RoleName: 'AWSServiceRoleForAWSLicenseManagerMasterAccountRole' }));
    await organization.iam(PAYMENTS).send(new GetRoleCommand({ RoleName: 'AWSServiceRoleForAWSLicenseManagerRole' }));
    await organization.iam(PAYMENTS).send(new GetRoleCommand({ RoleName: 'AWSServiceRoleForAWSLicenseManagerMemberAccountRole' }));
  });

  test('gives accounts that join later their roles', async () => {
    await start(READY);
    organization.aws.organization!.join(
      { id: '777777777777', name: 'newcomer', parentId: 'r-ex01', state: 'ACTIVE', tags: {} }, organization.clock.now());
    await organization.iam('777777777777').send(new GetRoleCommand({ RoleName: 'AWSServiceRoleForAWSLicenseManagerMemberAccountRole' }));
  });

  test('turns automatic acceptance on, and unlinking turns it off and nothing else', async () => {
    await start(BARE);
    await update(link);
    const linked = await distributedGrant(organization, account(PAYMENTS));
    await update({ OrganizationConfiguration: { EnableIntegration: false } });
    const unlinked = await distributedGrant(organization, account(SHARED));
    expect((await read(organization, linked)).GrantStatus).toBe('DISABLED');
    expect((await read(organization, unlinked)).GrantStatus).toBe('PENDING_ACCEPT');
    const { EnabledServicePrincipals } = await organization.organizations(MANAGEMENT).send(new ListAWSServiceAccessForOrganizationCommand({}));
    expect(EnabledServicePrincipals).toHaveLength(2);
    await organization.iam(PAYMENTS).send(new GetRoleCommand({ RoleName: 'AWSServiceRoleForAWSLicenseManagerMemberAccountRole' }));
  });

  test('in another Region does not count for licenses of us-east-1', async () => {
    await start(BARE);
    await update(link, MANAGEMENT, 'eu-west-1');
    expect(await settings()).toMatchObject({ OrganizationConfiguration: { EnableIntegration: false } });
    const arn = await distributedGrant(organization, account(PAYMENTS));
    expect((await read(organization, arn)).GrantStatus).toBe('PENDING_ACCEPT');
  });

  test('is for the management account alone', async () => {
    await start(BARE);
    await expect(update(link, PAYMENTS)).rejects.toMatchObject({ name: 'AccessDeniedException' });
    expect(await settings(PAYMENTS)).toMatchObject({ OrganizationConfiguration: { EnableIntegration: false } });
  });

  test('needs all features', async () => {
    await start({ ...BARE, organization: { ...BARE.organization!, featureSet: 'CONSOLIDATED_BILLING' } });
    await expect(update(link)).rejects.toMatchObject({ name: 'ValidationException' });
  });
});

describe('settings', () => {
  test('that an update does not name stay as they are', async () => {
    await start(BARE);
    await update({ SnsTopicArn: 'arn:aws:sns:us-east-1:111111111111:aws-license-manager-service-alerts', S3BucketArn: 'arn:aws:s3:::reports' });
    await update({ OrganizationConfiguration: { EnableIntegration: true } });
    expect(await settings()).toMatchObject({
      SnsTopicArn: 'arn:aws:sns:us-east-1:111111111111:aws-license-manager-service-alerts',
      S3BucketArn: 'arn:aws:s3:::reports',
      OrganizationConfiguration: { EnableIntegration: true },
    });
  });

  test('refuse a topic without the prefix of the service', async () => {
    await start(BARE);
    await expect(update({ SnsTopicArn: 'arn:aws:sns:us-east-1:111111111111:alerts' })).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
  });

  test('cannot turn the discovery across accounts off again', async () => {
    await start(BARE);
    await update({ EnableCrossAccountsDiscovery: true });
    await expect(update({ EnableCrossAccountsDiscovery: false })).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
    expect(await settings()).toMatchObject({ EnableCrossAccountsDiscovery: true });
  });
});

describe('tags', () => {
  test('can be added, replaced and removed by the grantor', async () => {
    await start(READY);
    const client = organization.licenseManager(MANAGEMENT);
    const ResourceArn = await createGrant(organization, account(PAYMENTS), { Tags: [{ Key: 'a', Value: '1' }, { Key: 'b', Value: '1' }] });
    await client.send(new TagResourceCommand({ ResourceArn, Tags: [{ Key: 'b', Value: '2' }, { Key: 'c', Value: '' }] }));
    await client.send(new UntagResourceCommand({ ResourceArn, TagKeys: ['a'] }));
    const { Tags } = await client.send(new ListTagsForResourceCommand({ ResourceArn }));
    expect(Tags).toEqual([{ Key: 'b', Value: '2' }, { Key: 'c', Value: '' }]);
  });

  test('are out of sight for the grantee', async () => {
    await start(READY);
    const ResourceArn = await createGrant(organization, account(PAYMENTS));
    await expect(organization.licenseManager(PAYMENTS).send(new ListTagsForResourceCommand({ ResourceArn })))
      .rejects.toMatchObject({ name: 'ValidationException' });
  });

  test('are limited to 50', async () => {
    await start(READY);
    const Tags = Array.from({ length: 51 }, (_value, index) => ({ Key: `key-${index}`, Value: 'x' }));
    await expect(createGrant(organization, account(PAYMENTS), { Tags })).rejects.toMatchObject({
      name: 'InvalidParameterValueException', message: 'Tags are not valid: a resource cannot have more than 50 tags',
    });
  });
});
