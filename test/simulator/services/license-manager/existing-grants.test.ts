import { ListTagsForResourceCommand } from '@aws-sdk/client-license-manager';
import { account, children, createGrant, read, unit } from './granting';
import licenseManager from '../../../../simulator/models/license-manager.json';
import { GrantDefinition } from '../../../../simulator/organization/organization-definition';
import { LINUX, MANAGEMENT, PAYMENTS, READY, SHARED, SimulatedOrganization, WEB } from '../simulated-organization';

const GRANT: GrantDefinition = { licenseArn: LINUX, granteePrincipalArn: account(PAYMENTS), name: 'from the console', status: 'ACTIVE' };

const STATUSES = licenseManager.shapes.GrantStatus.enum as GrantDefinition['status'][];

let organization: SimulatedOrganization;

async function start(changes: Partial<GrantDefinition> = {}): Promise<string> {
  organization = await SimulatedOrganization.start({ ...READY, grants: [{ ...GRANT, ...changes }] });
  return organization.aws.grants().find(({ name }) => name === GRANT.name)!.grantArn;
}

afterEach(async () => {
  await organization.stop();
});

test.each(STATUSES)('a grant of the organization file is %s as it says', async (status) => {
  const arn = await start({ status });
  expect(await read(organization, arn)).toMatchObject({ GrantName: 'from the console', GrantStatus: status, Version: '1', ParentArn: LINUX });
});

test('it has its tags and operations, without CreateGrant unless the file says so', async () => {
  const arn = await start({ tags: { team: 'payments' } });
  expect(await organization.licenseManager(MANAGEMENT).send(new ListTagsForResourceCommand({ ResourceArn: arn })))
    .toMatchObject({ Tags: [{ Key: 'team', Value: 'payments' }] });
  expect((await read(organization, arn)).GrantedOperations).toEqual(expect.not.arrayContaining(['CreateGrant']));
});

test('it stands in the way of another one to the same grantee', async () => {
  await start();
  await expect(createGrant(organization, account(PAYMENTS))).rejects.toThrow();
});

test.each([['PENDING_WORKFLOW', 'DISABLED'], ['PENDING_DELETE', 'DELETED'], ['PENDING_ACCEPT', 'PENDING_ACCEPT'], ['FAILED_WORKFLOW', 'FAILED_WORKFLOW']] as const)(
  'what is under way goes on: %s becomes %s', async (status, end) => {
    const arn = await start({ status });
    await organization.settle();
    expect(await read(organization, arn)).toMatchObject({ GrantStatus: end });
  });

test.each([
  ['ACTIVE', 'WORKFLOW_COMPLETED', 'ACTIVE'],
  ['WORKFLOW_COMPLETED', 'WORKFLOW_COMPLETED', 'DISABLED'],
  ['PENDING_WORKFLOW', 'WORKFLOW_COMPLETED', 'DISABLED'],
  ['PENDING_DELETE', 'DELETED', 'DELETED'],
] as const)('a grant to a unit that is %s is %s in the end, and %s in its accounts', async (status, whole, inAccounts) => {
  const arn = await start({ status, granteePrincipalArn: unit('ou-ex01-workload') });
  await organization.settle();
  expect(await read(organization, arn)).toMatchObject({ GrantStatus: whole });
  const accounts = await children(organization, arn);
  expect(Object.entries(accounts).map(([id, { GrantStatus }]) => [id, GrantStatus])).toEqual([[PAYMENTS, inAccounts], [SHARED, inAccounts]]);
});

test('an account that comes under an active grant to a unit gets its part active', async () => {
  const arn = await start({ granteePrincipalArn: unit('ou-ex01-workload') });
  organization.aws.organization!.move(WEB, 'ou-ex01-workload');
  await organization.settle();
  expect((await children(organization, arn))[WEB]).toMatchObject({ GrantStatus: 'ACTIVE' });
});
