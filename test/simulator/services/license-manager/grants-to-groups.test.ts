import { CreateGrantVersionCommand, DeleteGrantCommand, GrantStatus, RejectGrantCommand } from '@aws-sdk/client-license-manager';
import { account, children, createGrant, distributedGrant, ORGANIZATION_ARN, read, revise, token, unit } from './granting';
import { CLOSED, MANAGEMENT, PAYMENTS, READY, SANDBOX, SANDBOX_LINUX, SHARED, SimulatedOrganization, WEB } from '../simulated-organization';

let organization: SimulatedOrganization;

beforeEach(async () => {
  organization = await SimulatedOrganization.start(READY);
});

afterEach(() => organization.stop());

async function statuses(parentArn: string, licenseArn?: string): Promise<Record<string, GrantStatus>> {
  return Object.fromEntries(Object.entries(await children(organization, parentArn, licenseArn)).map(([id, grant]) => [id, grant.GrantStatus!]));
}

describe('a grant to the organization', () => {
  test('reports that its workflow ran, and reaches every active account but the grantor', async () => {
    const arn = await distributedGrant(organization, ORGANIZATION_ARN);
    expect(await read(organization, arn)).toMatchObject({ GrantStatus: 'WORKFLOW_COMPLETED', GranteePrincipalArn: ORGANIZATION_ARN, Version: '1' });
    expect(await statuses(arn)).toEqual({ [PAYMENTS]: 'DISABLED', [SHARED]: 'DISABLED', [SANDBOX]: 'DISABLED', [WEB]: 'DISABLED' });
  });

  test('reaches its accounts one after the other, and completes after the last', async () => {
    const arn = await createGrant(organization, ORGANIZATION_ARN);
    expect(Object.values(await statuses(arn))).toEqual(Array(4).fill('PENDING_WORKFLOW'));
    await organization.pass(2.5 * 60 * 1000);
    expect(Object.values(await statuses(arn))).toEqual(['DISABLED', 'DISABLED', 'PENDING_WORKFLOW', 'PENDING_WORKFLOW']);
    expect((await read(organization, arn)).GrantStatus).toBe('PENDING_WORKFLOW');
  });

  test('is WORKFLOW_COMPLETED after activation although one account has the product active already', async () => {
    const arn = await distributedGrant(organization, ORGANIZATION_ARN);
    await revise(organization, arn, { Status: 'ACTIVE' });
    expect((await read(organization, arn)).GrantStatus).toBe('WORKFLOW_COMPLETED');
    expect(await statuses(arn)).toEqual({ [PAYMENTS]: 'ACTIVE', [SHARED]: 'ACTIVE', [SANDBOX]: 'DISABLED', [WEB]: 'ACTIVE' });
    expect((await children(organization, arn))[SANDBOX].StatusReason).toBe('Another license of the same product is active in the grantee account.');
  });

  test('is active everywhere with ALL_GRANTS_PERMITTED_BY_ISSUER', async () => {
    const arn = await distributedGrant(organization, ORGANIZATION_ARN);
    await revise(organization, arn, { Status: 'ACTIVE', Options: { ActivationOverrideBehavior: 'ALL_GRANTS_PERMITTED_BY_ISSUER' } });
    expect(Object.values(await statuses(arn))).toEqual(Array(4).fill('ACTIVE'));
    expect(organization.aws.grants().find(({ licenseArn }) => licenseArn === SANDBOX_LINUX)).toMatchObject({ status: 'DISABLED' });
  });

  test('passes a new name and deactivation on', async () => {
    const arn = await distributedGrant(organization, ORGANIZATION_ARN);
    await revise(organization, arn, { Status: 'ACTIVE' });
    await revise(organization, arn, { Status: 'DISABLED', GrantName: 'renamed' });
    const found = await children(organization, arn);
    expect(found[PAYMENTS]).toMatchObject({ GrantStatus: 'DISABLED', GrantName: 'renamed', Version: '3', ParentArn: arn });
  });

  test('lets one account be activated by itself', async () => {
    const arn = await distributedGrant(organization, ORGANIZATION_ARN);
    const child = (await children(organization, arn))[PAYMENTS];
    await revise(organization, child.GrantArn!, { Status: 'ACTIVE' }, PAYMENTS);
    expect(await statuses(arn)).toMatchObject({ [PAYMENTS]: 'ACTIVE', [SHARED]: 'DISABLED' });
  });

  test('lets its grantor switch one account by itself, which stays so until the whole is switched', async () => {
    const arn = await distributedGrant(organization, ORGANIZATION_ARN);
    await revise(organization, arn, { Status: 'ACTIVE' });
    const { GrantArn } = (await children(organization, arn))[PAYMENTS];
    await revise(organization, GrantArn!, { Status: 'DISABLED' });
    expect(await statuses(arn)).toMatchObject({ [PAYMENTS]: 'DISABLED', [SHARED]: 'ACTIVE' });
    await revise(organization, arn, { GrantName: 'renamed' });
    expect(await statuses(arn)).toMatchObject({ [PAYMENTS]: 'DISABLED', [SHARED]: 'ACTIVE' });
    await revise(organization, arn, { Status: 'ACTIVE' });
    expect(await statuses(arn)).toMatchObject({ [PAYMENTS]: 'ACTIVE', [SHARED]: 'ACTIVE' });
    await revise(organization, GrantArn!, { Status: 'DISABLED' });
    await revise(organization, GrantArn!, { Status: 'ACTIVE' });
    await revise(organization, arn, { Status: 'DISABLED' });
    expect(Object.values(await statuses(arn))).toEqual(Array(4).fill('DISABLED'));
  });

  test('chooses the override for its accounts', async () => {
    const arn = await distributedGrant(organization, ORGANIZATION_ARN);
    await revise(organization, arn, { Status: 'ACTIVE', Options: { ActivationOverrideBehavior: 'DISTRIBUTED_GRANTS_ONLY' } });
    const child = (await children(organization, arn))[SANDBOX];
    await expect(revise(
      organization, child.GrantArn!, { Status: 'ACTIVE', Options: { ActivationOverrideBehavior: 'ALL_GRANTS_PERMITTED_BY_ISSUER' } }, SANDBOX))
      .rejects.toMatchObject({ message: 'ActivationOverrideBehavior has been chosen by the grantor and cannot be changed by the grantee.' });
  });

  test('leaves the override to its accounts if it does not choose', async () => {
    const arn = await distributedGrant(organization, ORGANIZATION_ARN);
    const child = (await children(organization, arn))[SANDBOX];
    await revise(organization, child.GrantArn!, { Status: 'ACTIVE', Options: { ActivationOverrideBehavior: 'ALL_GRANTS_PERMITTED_BY_ISSUER' } }, SANDBOX);
    expect(await statuses(arn)).toMatchObject({ [SANDBOX]: 'ACTIVE' });
  });

  test('can be seen, but not changed, by its members', async () => {
    const arn = await distributedGrant(organization, ORGANIZATION_ARN);
    expect((await read(organization, arn, PAYMENTS)).GrantArn).toBe(arn);
    await expect(revise(organization, arn, { Status: 'ACTIVE' }, PAYMENTS)).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  test('is deleted with all its parts', async () => {
    const arn = await distributedGrant(organization, ORGANIZATION_ARN);
    await organization.licenseManager(MANAGEMENT).send(new DeleteGrantCommand({ GrantArn: arn, Version: '1' }));
    expect(Object.values(await statuses(arn))).toEqual(Array(4).fill('PENDING_DELETE'));
    await organization.settle();
    expect((await read(organization, arn)).GrantStatus).toBe('DELETED');
    expect(Object.values(await statuses(arn))).toEqual(Array(4).fill('DELETED'));
  });

  test('does not stand in the way of a grant to one of its accounts', async () => {
    await distributedGrant(organization, ORGANIZATION_ARN);
    const arn = await distributedGrant(organization, account(PAYMENTS));
    expect((await read(organization, arn)).GrantStatus).toBe('DISABLED');
  });
});

describe('a grant to an organizational unit', () => {
  test('reaches the accounts of nested units as well', async () => {
    const arn = await distributedGrant(organization, unit('ou-ex01-workload'));
    expect(await statuses(arn)).toEqual({ [PAYMENTS]: 'DISABLED', [SHARED]: 'DISABLED' });
  });

  test('leaves suspended accounts out', async () => {
    const arn = await distributedGrant(organization, unit('ou-ex01-sandbox1'));
    expect(Object.keys(await statuses(arn))).toEqual([SANDBOX, WEB]);
    expect(Object.keys(await statuses(arn))).not.toContain(CLOSED);
  });
});

describe('when accounts come and go', () => {
  const newcomer = { id: '777777777777', name: 'newcomer', parentId: 'ou-ex01-sandbox1', state: 'ACTIVE', tags: {} } as const;

  test('a new account gets its part of the grant', async () => {
    const arn = await distributedGrant(organization, ORGANIZATION_ARN);
    organization.aws.organization!.join(newcomer, organization.clock.now());
    expect(await statuses(arn)).toMatchObject({ [newcomer.id]: 'PENDING_WORKFLOW' });
    await organization.settle();
    expect(await statuses(arn)).toMatchObject({ [newcomer.id]: 'DISABLED' });
  });

  test('a new account is activated if the whole grant was', async () => {
    const arn = await distributedGrant(organization, ORGANIZATION_ARN);
    await revise(organization, arn, { Status: 'ACTIVE' });
    organization.aws.organization!.join(newcomer, organization.clock.now());
    await organization.settle();
    expect(await statuses(arn)).toMatchObject({ [newcomer.id]: 'ACTIVE' });
  });

  test('a new account is activated with the override that the whole grant has', async () => {
    await organization.stop();
    organization = await SimulatedOrganization.start({
      ...READY, accounts: READY.accounts.map((each) => each.id === SANDBOX ? { ...each, parentId: undefined } : each),
    });
    const arn = await distributedGrant(organization, ORGANIZATION_ARN);
    await revise(organization, arn, { Status: 'ACTIVE', Options: { ActivationOverrideBehavior: 'ALL_GRANTS_PERMITTED_BY_ISSUER' } });
    organization.aws.organization!.join({ ...newcomer, id: SANDBOX }, organization.clock.now());
    await organization.settle();
    expect(await statuses(arn)).toMatchObject({ [SANDBOX]: 'ACTIVE' });
  });

  test('an account that leaves during an activation is not activated', async () => {
    const arn = await distributedGrant(organization, account(PAYMENTS));
    await organization.licenseManager(MANAGEMENT).send(new CreateGrantVersionCommand({ ClientToken: token(), GrantArn: arn, Status: 'ACTIVE' }));
    organization.aws.organization!.leave(PAYMENTS);
    await organization.settle();
    expect(await read(organization, arn)).toMatchObject({
      GrantStatus: 'DISABLED', Version: '3', StatusReason: 'Account 222222222222 has left the organization or organizational unit.',
    });
  });

  test('an account that leaves keeps its own subscription', async () => {
    organization.aws.organization!.leave(SANDBOX);
    expect(organization.aws.grants().find(({ licenseArn }) => licenseArn === SANDBOX_LINUX)).toMatchObject({ status: 'ACTIVE', version: '1' });
  });

  test('a new account in another unit gets nothing', async () => {
    const arn = await distributedGrant(organization, unit('ou-ex01-workload'));
    organization.aws.organization!.join(newcomer, organization.clock.now());
    await organization.settle();
    expect(Object.keys(await statuses(arn))).toEqual([PAYMENTS, SHARED]);
  });

  test('an account that leaves has its grants disabled, those to it alone as well', async () => {
    const toOrganization = await distributedGrant(organization, ORGANIZATION_ARN);
    await revise(organization, toOrganization, { Status: 'ACTIVE' });
    const toAccount = await distributedGrant(organization, account(PAYMENTS), { LicenseArn: READY.subscriptions[1].licenseArn });
    await revise(organization, toAccount, { Status: 'ACTIVE' });
    organization.aws.organization!.leave(PAYMENTS);
    const found = organization.aws.grants().filter(({ ownerAccountId }) => ownerAccountId === PAYMENTS);
    expect(found.map(({ status }) => status)).toEqual(['DISABLED', 'DISABLED']);
    expect(found[0].statusReason).toBe('Account 222222222222 has left the organization or organizational unit.');
  });

  test('an account that moves out of the unit has its part disabled, and gets that of the unit where it comes', async () => {
    const workloads = await distributedGrant(organization, unit('ou-ex01-workload'));
    const sandbox = await distributedGrant(organization, unit('ou-ex01-sandbox1'));
    await revise(organization, workloads, { Status: 'ACTIVE' });
    organization.aws.organization!.move(SHARED, 'ou-ex01-sandbox1');
    await organization.settle();
    expect(await statuses(workloads)).toEqual({ [PAYMENTS]: 'ACTIVE', [SHARED]: 'DISABLED' });
    expect(Object.keys(await statuses(sandbox))).toContain(SHARED);
  });

  test('an account that is suspended keeps its part, and is left out of the next grant', async () => {
    const arn = await distributedGrant(organization, ORGANIZATION_ARN);
    await revise(organization, arn, { Status: 'ACTIVE' });
    organization.aws.organization!.changeState(PAYMENTS, 'SUSPENDED');
    await organization.settle();
    expect(await statuses(arn)).toMatchObject({ [PAYMENTS]: 'ACTIVE' });
    const next = await distributedGrant(organization, unit('ou-ex01-workload'));
    expect(Object.keys(await statuses(next))).toEqual([SHARED]);
  });

  test('an account that is brought back gets its part', async () => {
    const arn = await distributedGrant(organization, ORGANIZATION_ARN);
    organization.aws.organization!.changeState(CLOSED, 'ACTIVE');
    await organization.settle();
    expect(await statuses(arn)).toMatchObject({ [CLOSED]: 'DISABLED' });
  });

  test('an account that comes back after it left keeps its disabled part', async () => {
    const arn = await distributedGrant(organization, ORGANIZATION_ARN);
    await revise(organization, arn, { Status: 'ACTIVE' });
    organization.aws.organization!.leave(PAYMENTS);
    organization.aws.organization!.join({ ...newcomer, id: PAYMENTS }, organization.clock.now());
    await organization.settle();
    expect(await statuses(arn)).toMatchObject({ [PAYMENTS]: 'DISABLED' });
  });

  test('an account that rejected its part does not get another', async () => {
    const arn = await distributedGrant(organization, ORGANIZATION_ARN);
    const child = (await children(organization, arn))[PAYMENTS];
    await organization.licenseManager(PAYMENTS).send(new RejectGrantCommand({ GrantArn: child.GrantArn! }));
    organization.aws.organization!.join(newcomer, organization.clock.now());
    await organization.settle();
    expect(await statuses(arn)).toMatchObject({ [PAYMENTS]: 'REJECTED' });
  });
});
