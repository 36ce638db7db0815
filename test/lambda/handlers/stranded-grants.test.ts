import { ownershipTags } from '../../../lambda/domain/grant/ownership';
import type { StackStatus } from '../../../simulator/services/cloudformation/stack-status';
import type { Authorizer } from '../../../simulator/wire/authorizer';
import { LicenseAdministrator } from '../../support/license-administrator';
import { ORGANIZATION_WITH_RENEWAL, RENEWED_LICENSE } from '../../support/renewed-license';
import { MANAGEMENT_ACCOUNT } from '../support/grants';
import { GRANT_TYPE, PAYMENTS, SCANNER, SETUP } from '../support/requests';
import { silentLog } from '../support/silent-log';
import { SimulatedStack } from '../support/simulated-stack';
import type { Answer } from '../support/simulated-stack';

/*
 * A grant that an update has made, and that its rollback did not take back: CloudFormation knows the grant before, and deletes only that with the
 * stack.
 */

const OVERRIDING = { ...PAYMENTS, Activation: { Mode: 'ACTIVE', Override: 'ALL_GRANTS_PERMITTED_BY_ISSUER' } };
const SHARED = { Kind: 'ACCOUNT', Identifier: '333333333333' };
const WEB = 'arn:aws:iam::555555555555:root';

silentLog();

let stack: SimulatedStack;
let people: LicenseAdministrator;

async function start(authorizer?: Authorizer): Promise<void> {
  stack = await SimulatedStack.start({ organization: ORGANIZATION_WITH_RENEWAL, authorizer });
  people = new LicenseAdministrator(stack.aws.endpoint, { pass: async (milliseconds) => stack.clock.sleep(milliseconds) });
  expect(await stack.create(SETUP)).toMatchObject({ Status: 'SUCCESS' });
}

afterEach(async () => {
  await stack.stop();
});

interface Stranding {
  readonly first: string;
  readonly stranded: string;
}

/** The grant of before is what CloudFormation goes back to, and knows. */
async function strand(before: object, changes: object): Promise<Stranding> {
  const { PhysicalResourceId: first } = await stack.create({ type: GRANT_TYPE, properties: before });
  const request = { type: GRANT_TYPE, physicalId: first, properties: { ...before, ...changes }, oldProperties: before };
  const { Status, PhysicalResourceId: stranded } = await stack.update(request);
  expect([Status, stranded]).toEqual(['SUCCESS', expect.not.stringContaining(first)]);
  return { first, stranded };
}

async function remove(physicalId: string, properties: object, stackStatus?: StackStatus): Promise<Answer> {
  return stack.delete({ type: GRANT_TYPE, physicalId, properties, stackStatus });
}

/** Grants that were not deleted, in the order in which they were made. */
function standing(): string[] {
  return stack.aws.grants()
    .filter(({ grantorAccountId, status }) => grantorAccountId === MANAGEMENT_ACCOUNT && !['DELETED', 'PENDING_DELETE'].includes(status))
    .map(({ grantArn }) => grantArn);
}

function tagsOf(grantArn: string): Readonly<Record<string, string>> {
  return stack.aws.grants().find((grant) => grant.grantArn === grantArn)!.tags;
}

describe('the end of the stack is the end of a grant', () => {
  test.each<[string, object, object]>([
    ['of another license', OVERRIDING, { LicenseArn: RENEWED_LICENSE }],
    ['to another account', PAYMENTS, { Grantee: SHARED }],
    ['of another license, to another account', PAYMENTS, { LicenseArn: SCANNER, Grantee: SHARED }],
    ['of another license and another name', OVERRIDING, { LicenseArn: RENEWED_LICENSE, GrantName: 'renamed' }],
  ])('%s that is in nobody\'s view', async (_, before, changes) => {
    await start();
    const { first } = await strand(before, changes);
    const since = stack.aws.calls.length;
    expect(await remove(first, before)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: first });
    expect(standing()).toEqual([]);
    expect(stack.changingCalls(since)).toEqual(['DeleteGrant', 'DeleteGrant']);
  });

  test('that came after another one which took the place instead', async () => {
    await start();
    const { first, stranded } = await strand(OVERRIDING, { LicenseArn: RENEWED_LICENSE });
    const after = { ...PAYMENTS, LicenseArn: SCANNER };
    const { PhysicalResourceId: second } = await stack.update({ type: GRANT_TYPE, physicalId: first, properties: after, oldProperties: OVERRIDING });
    await remove(first, OVERRIDING, 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS');
    expect(standing()).toEqual([stranded, second]);
    expect(await remove(second, after)).toMatchObject({ Status: 'SUCCESS' });
    expect(standing()).toEqual([]);
  });

  test('that was made because people had deleted the one that CloudFormation knows', async () => {
    await start();
    const { PhysicalResourceId: first } = await stack.create({ type: GRANT_TYPE, properties: PAYMENTS });
    await people.delete(first);
    await stack.update({ type: GRANT_TYPE, physicalId: first, properties: { ...PAYMENTS, GrantName: 'renamed' }, oldProperties: PAYMENTS });
    expect(standing()).toHaveLength(1);
    expect(await remove(first, PAYMENTS)).toMatchObject({ Status: 'SUCCESS' });
    expect(standing()).toEqual([]);
  });
});

describe('what was chosen for the end holds for it as well', () => {
  test.each(['LEAVE', 'DEACTIVATE'])('%s', async (Removal) => {
    await start();
    const before = { ...OVERRIDING, Removal };
    const { first, stranded } = await strand(before, { LicenseArn: RENEWED_LICENSE });
    expect(await remove(first, before)).toMatchObject({ Status: 'SUCCESS', Reason: expect.stringContaining(`${stranded} stays and is no longer managed`) });
    expect(standing()).toEqual([first, stranded]);
    expect([tagsOf(first), tagsOf(stranded)]).toEqual([{}, {}]);
  });

  test('one that was adopted is released', async () => {
    await start();
    const console = await people.grant('arn:aws:iam::333333333333:root', { tags: { team: 'platform' } });
    const before = { ...PAYMENTS, ExistingGrant: 'ADOPT' };
    const { first, stranded } = await strand(before, { Grantee: SHARED });
    expect(stranded).toBe(console);
    expect(await remove(first, before)).toMatchObject({ Status: 'SUCCESS' });
    expect(standing()).toEqual([console]);
    expect(tagsOf(console)).toEqual({ team: 'platform' });
  });
});

describe('a grant stays', () => {
  test.each<StackStatus>(['UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS'])(
    'that may be in use, in %s', async (stackStatus) => {
      await start();
      const { first, stranded } = await strand(OVERRIDING, { LicenseArn: RENEWED_LICENSE });
      await remove(first, OVERRIDING, stackStatus);
      expect(standing()).toEqual([stranded]);
    });

  test.each(['cloudformation:DescribeStacks', 'license-manager:ListDistributedGrants'])('if the role may not call %s, and the Delete succeeds', async (denied) => {
    let isDenied = false;
    await start({ authorize: async ({ action }) => ({ allowed: !isDenied || action !== denied }) });
    const { first, stranded } = await strand(OVERRIDING, { LicenseArn: RENEWED_LICENSE });
    isDenied = true;
    expect(await remove(first, OVERRIDING)).toMatchObject({ Status: 'SUCCESS' });
    expect(standing()).toEqual([stranded]);
  });

  test('that the one which CloudFormation knows has replaced: its resource was told to retain it', async () => {
    await start();
    const { first: retained, stranded: second } = await strand(OVERRIDING, { LicenseArn: RENEWED_LICENSE });
    await remove(second, { ...OVERRIDING, LicenseArn: RENEWED_LICENSE });
    expect(standing()).toEqual([retained]);
  });

  test('that is another resource\'s, another stack\'s or nobody\'s, and is not asked about without need', async () => {
    await start();
    const { PhysicalResourceId: first } = await stack.create({ type: GRANT_TYPE, properties: PAYMENTS });
    const tags = (stackId: string, logicalId: string) =>
      Object.fromEntries(ownershipTags({ stackId, logicalId }).map(({ key, value }) => [key, value]));
    const name = PAYMENTS.GrantName;
    const others = [
      await people.grant(WEB, { name, tags: tags(stack.stackId, 'Other') }),
      await people.grant('arn:aws:iam::222222222222:root', {
        name, license: RENEWED_LICENSE, tags: tags(stack.stackId.replace('quick-start', 'other'), 'LinuxForPayments'),
      }),
      await people.grant('arn:aws:iam::333333333333:root', { name }),
    ];
    const unasked = await people.grant(WEB, { license: SCANNER, tags: { team: 'platform' } });
    const since = stack.aws.calls.length;
    expect(await remove(first, PAYMENTS)).toMatchObject({ Status: 'SUCCESS' });
    expect(standing()).toEqual([...others, unasked]);
    expect(stack.changingCalls(since)).toEqual(['DeleteGrant']);
    const asked = stack.aws.calls.slice(since).filter(({ operation }) => operation === 'ListTagsForResource')
      .map(({ request }) => (request as { ResourceArn: string }).ResourceArn);
    expect(new Set(asked)).toEqual(new Set([first, ...others]));
  });
});

describe('the next deployment finds it', () => {
  test('if that asks for the same again, and makes no other one', async () => {
    await start();
    const { first, stranded } = await strand(OVERRIDING, { LicenseArn: RENEWED_LICENSE });
    const since = stack.aws.calls.length;
    const after = { ...OVERRIDING, LicenseArn: RENEWED_LICENSE };
    expect(await stack.update({ type: GRANT_TYPE, physicalId: first, properties: after, oldProperties: OVERRIDING }))
      .toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: stranded, Data: { Status: 'ACTIVE' } });
    expect(stack.calls(since)).not.toContain('CreateGrant');
  });
});
