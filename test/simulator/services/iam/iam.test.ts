import {
  CreateServiceLinkedRoleCommand, DeleteServiceLinkedRoleCommand, GetRoleCommand, GetServiceLinkedRoleDeletionStatusCommand,
} from '@aws-sdk/client-iam';
import { UpdateServiceSettingsCommand } from '@aws-sdk/client-license-manager';
import { DisableAWSServiceAccessCommand } from '@aws-sdk/client-organizations';
import { OrganizationDefinition } from '../../../../simulator/organization/organization-definition';
import { BARE, MANAGEMENT, PAYMENTS, READY, SimulatedOrganization } from '../simulated-organization';

const CORE = 'license-manager.amazonaws.com';
const CORE_ROLE = 'AWSServiceRoleForAWSLicenseManagerRole';
const MANAGEMENT_ROLE = 'AWSServiceRoleForAWSLicenseManagerMasterAccountRole';
const MEMBER_ROLE = 'AWSServiceRoleForAWSLicenseManagerMemberAccountRole';

let organization: SimulatedOrganization;

async function start(definition: OrganizationDefinition): Promise<void> {
  organization = await SimulatedOrganization.start(definition);
}

afterEach(() => organization.stop());

async function create(AWSServiceName: string, CustomSuffix?: string) {
  return (await organization.iam(PAYMENTS).send(new CreateServiceLinkedRoleCommand({ AWSServiceName, CustomSuffix }))).Role;
}

async function exists(accountId: string, RoleName: string): Promise<boolean> {
  return organization.iam(accountId).send(new GetRoleCommand({ RoleName })).then(() => true, () => false);
}

describe('CreateServiceLinkedRole', () => {
  test.each([
    [CORE, CORE_ROLE],
    ['license-manager.master-account.amazonaws.com', MANAGEMENT_ROLE],
    ['license-manager.member-account.amazonaws.com', MEMBER_ROLE],
    ['license-management.marketplace.amazonaws.com', 'AWSServiceRoleForMarketplaceLicenseManagement'],
  ])('of %s makes %s', async (service, name) => {
    await start(BARE);
    expect(await create(service)).toMatchObject({
      RoleName: name, Path: `/aws-service-role/${service}/`, Arn: `arn:aws:iam::222222222222:role/aws-service-role/${service}/${name}`,
    });
    const { Role } = await organization.iam(PAYMENTS).send(new GetRoleCommand({ RoleName: name }));
    expect(JSON.parse(decodeURIComponent(Role!.AssumeRolePolicyDocument!)).Statement[0].Principal).toEqual({ Service: service });
    expect(Role!.CreateDate).toEqual(new Date('2026-07-01T00:00:00Z'));
  });

  test('a second time is refused in the words of AWS', async () => {
    await start(BARE);
    await create(CORE);
    await expect(create(CORE)).rejects.toMatchObject({
      name: 'InvalidInputException',
      message: 'Service role name AWSServiceRoleForAWSLicenseManagerRole has been taken in this account, please try a different suffix.',
      $metadata: expect.objectContaining({ httpStatusCode: 400 }),
    });
  });

  test('with a suffix is refused in the words of AWS', async () => {
    await start(BARE);
    await expect(create(CORE, 'mine')).rejects.toMatchObject({ message: `Custom suffix is not allowed for ${CORE}` });
  });

  test('of a service without such a role is refused', async () => {
    await start(BARE);
    await expect(create('example.amazonaws.com')).rejects.toMatchObject({ name: 'InvalidInputException' });
  });
});

describe('GetRole', () => {
  test('answers 404 for a role of another account', async () => {
    await start({ ...BARE, serviceLinkedRoles: { [PAYMENTS]: [CORE] } });
    await expect(organization.iam(MANAGEMENT).send(new GetRoleCommand({ RoleName: CORE_ROLE }))).rejects.toMatchObject({
      name: 'NoSuchEntityException',
      message: `The role with name ${CORE_ROLE} cannot be found.`,
      $metadata: expect.objectContaining({ httpStatusCode: 404 }),
    });
  });

  test('finds the roles of the organization file and of stacks', async () => {
    await start({ ...BARE, serviceLinkedRoles: { [PAYMENTS]: [CORE] } });
    organization.aws.roles.put({ accountId: PAYMENTS, roleName: 'Handler', trustPolicy: { Version: '2012-10-17', Statement: [] } });
    expect(await exists(PAYMENTS, CORE_ROLE)).toBe(true);
    expect(await exists(PAYMENTS, 'handler')).toBe(true);
    organization.aws.roles.remove(PAYMENTS, 'Handler');
    expect(await exists(PAYMENTS, 'Handler')).toBe(false);
  });

  test('says which member is wrong', async () => {
    await start(BARE);
    await expect(organization.iam(PAYMENTS).send(new GetRoleCommand({ RoleName: 'no spaces' }))).rejects.toMatchObject({
      name: 'ValidationError',
      message: "1 validation error detected: Value 'no spaces' at 'roleName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]+",
    });
  });
});

describe('DeleteServiceLinkedRole', () => {
  async function startDeletion(accountId: string, RoleName: string): Promise<string> {
    return (await organization.iam(accountId).send(new DeleteServiceLinkedRoleCommand({ RoleName }))).DeletionTaskId!;
  }

  async function status(accountId: string, DeletionTaskId: string) {
    const { Status, Reason } = await organization.iam(accountId).send(new GetServiceLinkedRoleDeletionStatusCommand({ DeletionTaskId }));
    return { Status, Reason: Reason?.Reason };
  }

  test('runs in the background, one task a role', async () => {
    await start({ ...BARE, serviceLinkedRoles: { [PAYMENTS]: [CORE] } });
    const task = await startDeletion(PAYMENTS, CORE_ROLE);
    expect(task).toMatch(new RegExp(`^task/aws-service-role/${CORE}/${CORE_ROLE}/`));
    expect(await startDeletion(PAYMENTS, CORE_ROLE)).toBe(task);
    expect(await status(PAYMENTS, task)).toEqual({ Status: 'IN_PROGRESS', Reason: undefined });
    expect(await exists(PAYMENTS, CORE_ROLE)).toBe(true);
    await organization.settle();
    expect(await status(PAYMENTS, task)).toEqual({ Status: 'SUCCEEDED', Reason: undefined });
    expect(await exists(PAYMENTS, CORE_ROLE)).toBe(false);
  });

  test('fails while trusted access is enabled', async () => {
    await start(READY);
    const task = await startDeletion(PAYMENTS, MEMBER_ROLE);
    await organization.settle();
    expect(await status(PAYMENTS, task)).toEqual({
      Status: 'FAILED', Reason: 'Trusted access for license-manager.member-account.amazonaws.com is enabled in AWS Organizations.',
    });
    expect(await exists(PAYMENTS, MEMBER_ROLE)).toBe(true);
  });

  test('succeeds in an account that has left the organization', async () => {
    await start(READY);
    organization.aws.organization!.leave(PAYMENTS);
    const task = await startDeletion(PAYMENTS, MEMBER_ROLE);
    await organization.settle();
    expect(await status(PAYMENTS, task)).toMatchObject({ Status: 'SUCCEEDED' });
  });

  test('goes in the order that License Manager needs: switch, trusted access, management role, core role', async () => {
    await start({ ...BARE, linked: true });
    for (const ServicePrincipal of [CORE, 'license-manager.member-account.amazonaws.com']) {
      await organization.organizations(MANAGEMENT).send(new DisableAWSServiceAccessCommand({ ServicePrincipal }));
    }
    const linked = await startDeletion(MANAGEMENT, MANAGEMENT_ROLE);
    await organization.settle();
    expect(await status(MANAGEMENT, linked)).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('linked') });

    await organization.licenseManager(MANAGEMENT).send(new UpdateServiceSettingsCommand({ OrganizationConfiguration: { EnableIntegration: false } }));
    const tooEarly = await startDeletion(MANAGEMENT, CORE_ROLE);
    await organization.settle();
    expect(await status(MANAGEMENT, tooEarly)).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('must be deleted first') });

    await startDeletion(MANAGEMENT, MANAGEMENT_ROLE);
    await organization.settle();
    await startDeletion(MANAGEMENT, CORE_ROLE);
    await organization.settle();
    expect(await exists(MANAGEMENT, CORE_ROLE)).toBe(false);
  });

  test('is refused for a role of a stack, and for a task of another account', async () => {
    await start({ ...BARE, serviceLinkedRoles: { [PAYMENTS]: [CORE] } });
    organization.aws.roles.put({ accountId: PAYMENTS, roleName: 'Handler', trustPolicy: { Version: '2012-10-17', Statement: [] } });
    await expect(startDeletion(PAYMENTS, 'Handler')).rejects.toMatchObject({ message: 'The role Handler is not a service-linked role' });
    const task = await startDeletion(PAYMENTS, CORE_ROLE);
    await expect(status(MANAGEMENT, task)).rejects.toMatchObject({ name: 'NoSuchEntityException' });
  });
});
