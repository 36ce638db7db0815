import { AcceptGrantCommand, CreateGrantVersionCommand, CreateGrantVersionCommandInput, GetGrantCommand } from '@aws-sdk/client-license-manager';
import { account, createGrant, distributedGrant, read, revise, token } from './granting';
import { OrganizationDefinition } from '../../../../simulator/organization/organization-definition';
import {
  BARE, LINUX, MANAGEMENT, PAYMENTS, READY, SANDBOX, SANDBOX_LINUX, SHARED, SimulatedOrganization,
} from '../simulated-organization';

let organization: SimulatedOrganization;

async function start(definition: OrganizationDefinition): Promise<void> {
  organization = await SimulatedOrganization.start(definition);
}

async function change(arn: string, changes: Partial<CreateGrantVersionCommandInput>, caller = MANAGEMENT) {
  return organization.licenseManager(caller).send(new CreateGrantVersionCommand({ ClientToken: token(), GrantArn: arn, ...changes }));
}

afterEach(() => organization.stop());

describe('activation', () => {
  test('is a new version that is in its workflow first and active in the end', async () => {
    await start(READY);
    const arn = await distributedGrant(organization, account(PAYMENTS));
    expect(await change(arn, { Status: 'ACTIVE', StatusReason: 'rollout' })).toMatchObject({ GrantArn: arn, Status: 'PENDING_WORKFLOW', Version: '2' });
    expect((await read(organization, arn)).GrantStatus).toBe('PENDING_WORKFLOW');
    await organization.settle();
    expect(await read(organization, arn)).toMatchObject({ GrantStatus: 'ACTIVE', StatusReason: 'rollout', Version: '2' });
  });

  test('is open to the grantee as well', async () => {
    await start(READY);
    const arn = await distributedGrant(organization, account(PAYMENTS));
    await revise(organization, arn, { Status: 'ACTIVE' }, PAYMENTS);
    expect((await read(organization, arn)).GrantStatus).toBe('ACTIVE');
  });

  test('takes no effect where the product is active already, and says why', async () => {
    await start(READY);
    const arn = await distributedGrant(organization, account(SANDBOX));
    await revise(organization, arn, { Status: 'ACTIVE' });
    expect(await read(organization, arn)).toMatchObject({
      GrantStatus: 'DISABLED', StatusReason: 'Another license of the same product is active in the grantee account.', Version: '2',
    });
    expect(ownSubscription()).toMatchObject({ status: 'ACTIVE' });
  });

  test('takes no effect while a workflow runs for the grant that is active', async () => {
    await start(READY);
    const arn = await distributedGrant(organization, account(PAYMENTS));
    const other = await distributedGrant(organization, account(PAYMENTS), { LicenseArn: SANDBOX_LINUX }, SANDBOX);
    await organization.licenseManager(PAYMENTS).send(new AcceptGrantCommand({ GrantArn: other }));
    await revise(organization, arn, { Status: 'ACTIVE' });
    await change(other, { Status: 'ACTIVE' }, SANDBOX);
    await organization.pass(20 * 1000);
    await change(arn, { GrantName: 'renamed' });
    await organization.settle();
    expect(await read(organization, other, SANDBOX)).toMatchObject({ GrantStatus: 'DISABLED' });
    expect(await read(organization, arn)).toMatchObject({ GrantStatus: 'ACTIVE' });
  });

  test('of a grant that is active leaves it active', async () => {
    await start(READY);
    const arn = await activeGrant();
    await revise(organization, arn, { Status: 'ACTIVE' });
    expect(await read(organization, arn)).toMatchObject({ GrantStatus: 'ACTIVE', Version: '3' });
  });

  test('with ALL_GRANTS_PERMITTED_BY_ISSUER disables the other grants of the product and takes their place', async () => {
    await start(READY);
    const arn = await distributedGrant(organization, account(SANDBOX));
    await revise(organization, arn, { Status: 'ACTIVE', Options: { ActivationOverrideBehavior: 'ALL_GRANTS_PERMITTED_BY_ISSUER' } });
    expect(await read(organization, arn)).toMatchObject({
      GrantStatus: 'ACTIVE', Options: { ActivationOverrideBehavior: 'ALL_GRANTS_PERMITTED_BY_ISSUER' },
    });
    expect(ownSubscription()).toMatchObject({ status: 'DISABLED', statusReason: `Replaced by grant ${arn}.`, version: '2' });
  });

  test('with DISTRIBUTED_GRANTS_ONLY replaces nothing', async () => {
    await start(READY);
    const arn = await distributedGrant(organization, account(SANDBOX));
    await revise(organization, arn, { Status: 'ACTIVE', Options: { ActivationOverrideBehavior: 'DISTRIBUTED_GRANTS_ONLY' } });
    expect((await read(organization, arn)).GrantStatus).toBe('DISABLED');
    expect(ownSubscription()).toMatchObject({ status: 'ACTIVE' });
  });

  test('of another product does not mind what is active', async () => {
    await start({
      ...READY,
      subscriptions: READY.subscriptions.map((subscription) =>
        subscription.licenseArn === SANDBOX_LINUX ? { ...subscription, productId: 'prod-exscan7fghijk' } : subscription),
    });
    const arn = await distributedGrant(organization, account(SANDBOX));
    await revise(organization, arn, { Status: 'ACTIVE' });
    expect((await read(organization, arn)).GrantStatus).toBe('ACTIVE');
  });

  test('takes no effect without the role of AWS Marketplace or its trusted access, and names the account', async () => {
    await start({ ...BARE, linked: true });
    const arn = await distributedGrant(organization, account(PAYMENTS));
    await revise(organization, arn, { Status: 'ACTIVE' });
    expect(await read(organization, arn)).toMatchObject({
      GrantStatus: 'DISABLED',
      StatusReason: 'The service-linked role AWSServiceRoleForMarketplaceLicenseManagement is missing in the grantor account.',
    });
  });

  test('takes effect with the role of AWS Marketplace in both accounts', async () => {
    const marketplace = ['license-management.marketplace.amazonaws.com'];
    await start({ ...BARE, linked: true, serviceLinkedRoles: { [MANAGEMENT]: marketplace, [PAYMENTS]: marketplace } });
    const arn = await distributedGrant(organization, account(PAYMENTS));
    await revise(organization, arn, { Status: 'ACTIVE' });
    expect((await read(organization, arn)).GrantStatus).toBe('ACTIVE');
  });
});

describe('a new version', () => {
  test('can deactivate', async () => {
    await start(READY);
    const arn = await activeGrant();
    await revise(organization, arn, { Status: 'DISABLED', StatusReason: 'not needed' });
    expect(await read(organization, arn)).toMatchObject({ GrantStatus: 'DISABLED', StatusReason: 'not needed', Version: '3' });
  });

  test('can rename and change operations, and leaves the status as it is', async () => {
    await start(READY);
    const arn = await activeGrant();
    await revise(organization, arn, { GrantName: 'renamed', AllowedOperations: ['CheckoutLicense'] });
    expect(await read(organization, arn)).toMatchObject({
      GrantName: 'renamed', GrantedOperations: ['CheckoutLicense'], GrantStatus: 'ACTIVE', Version: '3',
    });
  });

  test('of a grant that waits for acceptance leaves it waiting', async () => {
    await start(BARE);
    const arn = await distributedGrant(organization, account(PAYMENTS));
    await revise(organization, arn, { GrantName: 'renamed' });
    expect(await read(organization, arn)).toMatchObject({ GrantName: 'renamed', GrantStatus: 'PENDING_ACCEPT' });
  });

  test('leaves the earlier version readable', async () => {
    await start(READY);
    const arn = await distributedGrant(organization, account(PAYMENTS), { GrantName: 'first' });
    await revise(organization, arn, { GrantName: 'second' });
    const { Grant } = await organization.licenseManager(MANAGEMENT).send(new GetGrantCommand({ GrantArn: arn, Version: '1' }));
    expect(Grant).toMatchObject({ GrantName: 'first', Version: '1', GrantStatus: 'DISABLED' });
  });

  test('is made once for one token', async () => {
    await start(READY);
    const arn = await distributedGrant(organization, account(PAYMENTS));
    const ClientToken = token();
    const first = await change(arn, { ClientToken, GrantName: 'renamed' });
    await organization.settle();
    const second = await change(arn, { ClientToken, GrantName: 'renamed' });
    expect(second.Version).toBe(first.Version);
    expect((await read(organization, arn)).Version).toBe('2');
  });

  test('keeps the reason of the status until another status is asked for', async () => {
    await start(READY);
    const arn = await distributedGrant(organization, account(PAYMENTS));
    await revise(organization, arn, { Status: 'DISABLED', StatusReason: 'not needed' });
    await revise(organization, arn, { GrantName: 'renamed' });
    expect((await read(organization, arn)).StatusReason).toBe('not needed');
    await revise(organization, arn, { Status: 'ACTIVE' });
    expect((await read(organization, arn)).StatusReason).toBeUndefined();
  });

  test('drops the override of an earlier activation', async () => {
    await start(READY);
    const arn = await distributedGrant(organization, account(PAYMENTS));
    await revise(organization, arn, { Status: 'ACTIVE', Options: { ActivationOverrideBehavior: 'DISTRIBUTED_GRANTS_ONLY' } });
    await revise(organization, arn, { GrantName: 'renamed' });
    expect((await read(organization, arn)).Options).toEqual({ ActivationOverrideBehavior: 'DISTRIBUTED_GRANTS_ONLY' });
    await revise(organization, arn, { Status: 'DISABLED' });
    expect((await read(organization, arn)).Options).toBeUndefined();
  });
});

describe('CreateGrantVersion is refused', () => {
  test('while a workflow runs', async () => {
    await start(READY);
    const arn = await createGrant(organization, account(PAYMENTS));
    await refused(arn, { Status: 'ACTIVE' }, `Grant ${arn} cannot be changed while its status is PENDING_WORKFLOW.`);
  });

  test('for an activation before acceptance', async () => {
    await start(BARE);
    const arn = await distributedGrant(organization, account(PAYMENTS));
    await refused(arn, { Status: 'ACTIVE' }, `Grant ${arn} cannot be activated or deactivated while its status is PENDING_ACCEPT.`);
  });

  test('for a source version that is not the latest', async () => {
    await start(READY);
    const arn = await distributedGrant(organization, account(PAYMENTS));
    await refused(arn, { GrantName: 'x', SourceVersion: '2' }, "The source version provided doesn't match the latest version 1 in our records");
    await revise(organization, arn, { GrantName: 'x', SourceVersion: '1' });
    expect((await read(organization, arn)).Version).toBe('2');
  });

  test('for a status that cannot be asked for', async () => {
    await start(READY);
    const arn = await distributedGrant(organization, account(PAYMENTS));
    await refused(arn, { Status: 'DELETED' }, 'Status of a grant can be changed to ACTIVE or DISABLED, not to DELETED.');
  });

  test('for an override without activation', async () => {
    await start(READY);
    const arn = await distributedGrant(organization, account(PAYMENTS));
    await refused(
      arn, { Options: { ActivationOverrideBehavior: 'DISTRIBUTED_GRANTS_ONLY' } },
      'ActivationOverrideBehavior can only be specified with the status ACTIVE.');
  });

  test('for operations that the license does not allow', async () => {
    await start(READY);
    const arn = await distributedGrant(organization, account(PAYMENTS));
    await refused(
      arn, { AllowedOperations: ['CheckoutBorrowLicense'] },
      'AllowedOperations is not a subset of the operations that the license allows: CheckoutBorrowLicense');
  });

  test('for a grantee that changes what is the grantor\'s', async () => {
    await start(READY);
    const arn = await distributedGrant(organization, account(PAYMENTS));
    await refused(arn, { GrantName: 'mine' }, 'Only the grantor of a grant can change: GrantName', PAYMENTS);
  });

  test('for a grantee that changes the override of the grantor', async () => {
    await start(READY);
    const arn = await distributedGrant(organization, account(PAYMENTS));
    await revise(organization, arn, { Status: 'ACTIVE', Options: { ActivationOverrideBehavior: 'DISTRIBUTED_GRANTS_ONLY' } });
    await refused(
      arn, { Status: 'ACTIVE', Options: { ActivationOverrideBehavior: 'ALL_GRANTS_PERMITTED_BY_ISSUER' } },
      'ActivationOverrideBehavior has been chosen by the grantor and cannot be changed by the grantee.', PAYMENTS);
  });

  test('for a license that has expired since', async () => {
    await start({
      ...READY,
      subscriptions: READY.subscriptions.map((subscription) =>
        subscription.licenseArn === LINUX ? { ...subscription, validity: { begin: '2026-01-01T00:00:00Z', end: '2026-07-02T00:00:00Z' } } : subscription),
    });
    const arn = await distributedGrant(organization, account(PAYMENTS));
    await organization.pass(24 * 60 * 60 * 1000);
    await refused(arn, { Status: 'ACTIVE' }, `License ${LINUX} is not available, its status is EXPIRED.`);
  });

  test('for a reason of more than 400 characters, by the model', async () => {
    await start(READY);
    const arn = await distributedGrant(organization, account(PAYMENTS));
    await expect(change(arn, { Status: 'ACTIVE', StatusReason: 'x'.repeat(401) })).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining("at 'statusReason' failed to satisfy constraint: Member must have length less than or equal to 400"),
    });
  });

  test('for an account that has nothing to do with the grant', async () => {
    await start(READY);
    const arn = await distributedGrant(organization, account(PAYMENTS));
    await refused(arn, { Status: 'ACTIVE' }, `Grant ${arn} does not exist.`, SHARED);
  });

  test('in another Region', async () => {
    await start(READY);
    const arn = await distributedGrant(organization, account(PAYMENTS));
    await expect(organization.licenseManager(MANAGEMENT, 'eu-west-1').send(
      new CreateGrantVersionCommand({ ClientToken: token(), GrantArn: arn, Status: 'ACTIVE' })))
      .rejects.toMatchObject({ name: 'ValidationException', message: 'Grant can only be changed in resource home AWS region: us-east-1' });
  });

  async function refused(arn: string, changes: Partial<CreateGrantVersionCommandInput>, message: string, caller = MANAGEMENT): Promise<void> {
    const before = await read(organization, arn);
    await expect(change(arn, changes, caller)).rejects.toMatchObject({ name: 'ValidationException', message });
    expect(await read(organization, arn)).toEqual(before);
  }
});

async function activeGrant(): Promise<string> {
  const arn = await distributedGrant(organization, account(PAYMENTS));
  await revise(organization, arn, { Status: 'ACTIVE' });
  return arn;
}

function ownSubscription() {
  return organization.aws.grants().find(({ licenseArn }) => licenseArn === SANDBOX_LINUX);
}
