import { AcceptGrantCommand, CreateGrantVersionCommand, DeleteGrantCommand, RejectGrantCommand } from '@aws-sdk/client-license-manager';
import { account, createGrant, distributedGrant, read, revise, token } from './granting';
import { BARE, MANAGEMENT, PAYMENTS, READY, SHARED, SimulatedOrganization } from '../simulated-organization';

let organization: SimulatedOrganization;

afterEach(() => organization.stop());

async function accept(arn: string, caller: string) {
  return organization.licenseManager(caller).send(new AcceptGrantCommand({ GrantArn: arn }));
}

async function reject(arn: string, caller: string) {
  return organization.licenseManager(caller).send(new RejectGrantCommand({ GrantArn: arn }));
}

async function remove(arn: string, version: string, caller = MANAGEMENT) {
  return organization.licenseManager(caller).send(new DeleteGrantCommand({ GrantArn: arn, Version: version, StatusReason: 'over' }));
}

describe('AcceptGrant', () => {
  test('by the grantee makes a pending grant disabled', async () => {
    organization = await SimulatedOrganization.start(BARE);
    const arn = await distributedGrant(organization, account(PAYMENTS));
    expect(await accept(arn, PAYMENTS)).toMatchObject({ GrantArn: arn, Status: 'DISABLED', Version: '1' });
  });

  test('by the grantor is refused in the words of AWS', async () => {
    organization = await SimulatedOrganization.start(BARE);
    const arn = await distributedGrant(organization, account(PAYMENTS));
    await expect(accept(arn, MANAGEMENT)).rejects.toMatchObject({
      name: 'ValidationException', message: 'Caller arn:aws:iam::111111111111:root is not allowed to accept this grant.',
    });
    expect((await read(organization, arn)).GrantStatus).toBe('PENDING_ACCEPT');
  });

  test('of a grant that was accepted automatically is refused in the words of AWS', async () => {
    organization = await SimulatedOrganization.start(READY);
    const arn = await distributedGrant(organization, account(PAYMENTS));
    await expect(accept(arn, PAYMENTS)).rejects.toMatchObject({
      name: 'ValidationException', message: 'Caller arn:aws:iam::222222222222:root is not allowed to accept this grant.',
    });
  });
});

describe('RejectGrant', () => {
  test('by the grantee is the end of the grant', async () => {
    organization = await SimulatedOrganization.start(BARE);
    const arn = await distributedGrant(organization, account(PAYMENTS));
    expect(await reject(arn, PAYMENTS)).toMatchObject({ Status: 'REJECTED' });
    await expect(accept(arn, PAYMENTS)).rejects.toMatchObject({ name: 'ValidationException' });
    await expect(organization.licenseManager(MANAGEMENT).send(
      new CreateGrantVersionCommand({ ClientToken: token(), GrantArn: arn, Status: 'ACTIVE' })))
      .rejects.toMatchObject({ message: `Grant ${arn} cannot be changed while its status is REJECTED.` });
    await expect(remove(arn, '1')).rejects.toMatchObject({ message: `Grant ${arn} cannot be deleted while its status is REJECTED.` });
  });

  test('makes room for a new grant to the same account', async () => {
    organization = await SimulatedOrganization.start(BARE);
    const arn = await distributedGrant(organization, account(PAYMENTS));
    await reject(arn, PAYMENTS);
    expect(await distributedGrant(organization, account(PAYMENTS))).not.toBe(arn);
  });

  test('is possible for a disabled and for an active grant', async () => {
    organization = await SimulatedOrganization.start(READY);
    const disabled = await distributedGrant(organization, account(PAYMENTS));
    const active = await distributedGrant(organization, account(SHARED));
    await revise(organization, active, { Status: 'ACTIVE' });
    expect(await reject(disabled, PAYMENTS)).toMatchObject({ Status: 'REJECTED' });
    expect(await reject(active, SHARED)).toMatchObject({ Status: 'REJECTED' });
  });

  test('by the grantor is refused', async () => {
    organization = await SimulatedOrganization.start(BARE);
    const arn = await distributedGrant(organization, account(PAYMENTS));
    await expect(reject(arn, MANAGEMENT)).rejects.toMatchObject({ name: 'ValidationException' });
  });
});

describe('DeleteGrant', () => {
  test('is pending first, deleted in the end, and the grant stays readable', async () => {
    organization = await SimulatedOrganization.start(READY);
    const arn = await distributedGrant(organization, account(PAYMENTS));
    expect(await remove(arn, '1')).toMatchObject({ GrantArn: arn, Status: 'PENDING_DELETE', Version: '1' });
    expect((await read(organization, arn)).GrantStatus).toBe('PENDING_DELETE');
    await organization.settle();
    expect(await read(organization, arn)).toMatchObject({ GrantStatus: 'DELETED', StatusReason: 'over' });
  });

  test('with a version that is not the latest is refused in the words of AWS', async () => {
    organization = await SimulatedOrganization.start(READY);
    const arn = await distributedGrant(organization, account(PAYMENTS));
    await revise(organization, arn, { GrantName: 'second' });
    await expect(remove(arn, '1')).rejects.toMatchObject({
      name: 'ValidationException',
      message: "A grant cannot be deleted since the version provided doesn't match the latest version 2 in our records",
    });
    expect((await read(organization, arn)).GrantStatus).toBe('DISABLED');
  });

  test('ends a distribution that still runs', async () => {
    organization = await SimulatedOrganization.start(READY);
    const arn = await createGrant(organization, account(PAYMENTS));
    await remove(arn, '1');
    await organization.settle();
    expect((await read(organization, arn)).GrantStatus).toBe('DELETED');
  });

  test('by the grantee is refused', async () => {
    organization = await SimulatedOrganization.start(READY);
    const arn = await distributedGrant(organization, account(PAYMENTS));
    await expect(remove(arn, '1', PAYMENTS)).rejects.toMatchObject({ name: 'AccessDeniedException' });
    expect((await read(organization, arn)).GrantStatus).toBe('DISABLED');
  });

  test('makes room for a new grant to the same account, even while it is pending', async () => {
    organization = await SimulatedOrganization.start(READY);
    const arn = await distributedGrant(organization, account(PAYMENTS));
    await remove(arn, '1');
    expect(await createGrant(organization, account(PAYMENTS))).not.toBe(arn);
  });

  test('a second time is refused', async () => {
    organization = await SimulatedOrganization.start(READY);
    const arn = await distributedGrant(organization, account(PAYMENTS));
    await remove(arn, '1');
    await organization.settle();
    await expect(remove(arn, '1')).rejects.toMatchObject({ message: `Grant ${arn} cannot be deleted while its status is DELETED.` });
  });
});
