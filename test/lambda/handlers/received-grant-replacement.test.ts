import type { ReceivedGrantProperties } from '../../../lib/received-grant/received-grant-properties';
import type { OrganizationDefinition } from '../../../simulator/organization/organization-definition';
import type { StackStatus } from '../../../simulator/services/cloudformation/stack-status';
import type { Authorizer } from '../../../simulator/wire/authorizer';
import { LicenseAdministrator } from '../../support/license-administrator';
import { RENEWAL, RENEWED_LICENSE } from '../../support/renewed-license';
import { LINKED, NOT_LINKED, OF_LINUX_LICENSE, RECEIVED_GRANT_TYPE } from '../support/received-grants';
import { silentLog } from '../support/silent-log';
import { SimulatedStack } from '../support/simulated-stack';
import type { Answer } from '../support/simulated-stack';

const PAYMENTS = '222222222222';

const OF_OLD: ReceivedGrantProperties = {
  ...OF_LINUX_LICENSE, Response: { Kind: 'ACTIVATE', Reason: 'needed' }, Removal: { Kind: 'DEACTIVATE', Reason: 'given up' },
};
const OF_RENEWED: ReceivedGrantProperties = { ...OF_OLD, Selection: { LicenseArn: RENEWED_LICENSE } };
const OVERRIDING: ReceivedGrantProperties = { ...OF_RENEWED, Response: { ...OF_RENEWED.Response, Override: 'ALL_GRANTS_PERMITTED_BY_ISSUER' } };
const CAREFUL: ReceivedGrantProperties = { ...OF_RENEWED, Response: { ...OF_RENEWED.Response, Override: 'DISTRIBUTED_GRANTS_ONLY' } };

silentLog();

let stack: SimulatedStack;
let grantor: LicenseAdministrator;
let old: string;
let renewed: string;

afterEach(async () => {
  await stack.stop();
});

/** The account's stack has activated the old grant, and the renewed one has arrived. */
async function start(organization: OrganizationDefinition = LINKED, authorizer?: Authorizer): Promise<void> {
  const renewing = { ...organization, subscriptions: [...organization.subscriptions, RENEWAL] };
  stack = await SimulatedStack.start({ organization: renewing, accountId: PAYMENTS, authorizer });
  grantor = new LicenseAdministrator(stack.aws.endpoint, { pass: async (milliseconds) => stack.clock.sleep(milliseconds) });
  old = await grantor.grant(`arn:aws:iam::${PAYMENTS}:root`);
  expect(await stack.create({ type: RECEIVED_GRANT_TYPE, properties: OF_OLD })).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: old });
  renewed = await grantor.grant(`arn:aws:iam::${PAYMENTS}:root`, { license: RENEWED_LICENSE });
}

interface Change {
  readonly from: ReceivedGrantProperties;
  readonly to: ReceivedGrantProperties;
  readonly stackStatus?: StackStatus;
  readonly remainingMilliseconds?: number;
}

/** The answer to an Update of the resource with this id, and the calls that changed something: the status that they ask for, the grant, the reason. */
async function update(
  physicalId: string, { from: oldProperties, to: properties, stackStatus, remainingMilliseconds }: Change,
): Promise<{ answer: Answer; changes: string[] }> {
  const before = stack.aws.calls.length;
  const answer = await stack.send(
    'Update', { type: RECEIVED_GRANT_TYPE, physicalId, properties, oldProperties, stackStatus }, remainingMilliseconds,
  );
  const changes = stack.aws.calls.slice(before).filter(({ operation, error }) => !error && !/^(Get|List|Describe)/.test(operation));
  return { answer, changes: changes.map(({ operation, request }) => toWords(operation, request as Record<string, string>)) };
}

function toWords(operation: string, { GrantArn: grantArn, Status: status, StatusReason: reason }: Record<string, string>): string {
  return [operation, status, grantArn === old ? 'old' : 'renewed', reason].filter(Boolean).join(' ');
}

/** The physical id of the renewed grant, which remembers the old one. */
function inPlaceOfOld(): string {
  return `${renewed}/replaces/${old}`;
}

function statuses(): (string | undefined)[] {
  return [old, renewed].map((grantArn) => stack.aws.grants().find((grant) => grant.grantArn === grantArn)?.status);
}

test.each([['without an override', OF_RENEWED], ['with one that leaves others alone', CAREFUL]])(
  'a renewed grant takes the place of the old one %s: that is deactivated right before, and comes back by a reversed update', async (_, to) => {
    await start();
    const forward = await update(old, { from: OF_OLD, to });
    expect(forward).toMatchObject({
      answer: { Status: 'SUCCESS', PhysicalResourceId: inPlaceOfOld(), Data: { Status: 'ACTIVE' } },
      changes: ['CreateGrantVersion DISABLED old given up', 'CreateGrantVersion ACTIVE renewed needed'],
    });
    expect(statuses()).toEqual(['DISABLED', 'ACTIVE']);

    const back = await update(inPlaceOfOld(), { from: to, to: OF_OLD, stackStatus: 'UPDATE_ROLLBACK_IN_PROGRESS' });
    expect(back).toMatchObject({
      answer: { Status: 'SUCCESS', PhysicalResourceId: old },
      changes: ['CreateGrantVersion DISABLED renewed given up', 'CreateGrantVersion ACTIVE old needed'],
    });
    expect(statuses()).toEqual(['ACTIVE', 'DISABLED']);
  });

test('a swap by an override is taken back, although what it leads back to has none', async () => {
  await start();
  const forward = await update(old, { from: OF_OLD, to: OVERRIDING });
  expect(forward).toMatchObject({ answer: { Status: 'SUCCESS', PhysicalResourceId: inPlaceOfOld() }, changes: ['CreateGrantVersion ACTIVE renewed needed'] });
  expect(statuses()).toEqual(['DISABLED', 'ACTIVE']);
  const back = await update(inPlaceOfOld(), { from: OVERRIDING, to: OF_OLD, stackStatus: 'UPDATE_ROLLBACK_IN_PROGRESS' });
  expect(back).toMatchObject({ answer: { Status: 'SUCCESS', PhysicalResourceId: old } });
  expect(statuses()).toEqual(['ACTIVE', 'DISABLED']);
});

test.each([['an exchange', OF_RENEWED], ['a swap by an override', OVERRIDING]])(
  '%s is taken back as well if CloudFormation only deletes the renewed grant, and once if it leads back before', async (_, to) => {
    await start();
    await update(old, { from: OF_OLD, to });
    const removal = { type: RECEIVED_GRANT_TYPE, physicalId: inPlaceOfOld(), properties: to, stackStatus: 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS' } as const;
    expect(await stack.delete(removal)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: inPlaceOfOld() });
    expect(statuses()).toEqual(['ACTIVE', 'DISABLED']);
    const before = stack.aws.calls.length;
    expect(await stack.delete(removal)).toMatchObject({ Status: 'SUCCESS' });
    expect(stack.changingCalls(before)).toEqual([]);
  });

test('a rollback leads back to the very id that there was, also after several replacements', async () => {
  await start();
  await update(old, { from: OF_OLD, to: OF_RENEWED });
  const { answer: { PhysicalResourceId: oldAgain } } = await update(inPlaceOfOld(), { from: OF_RENEWED, to: OF_OLD });
  expect(oldAgain).toBe(`${old}/replaces/${inPlaceOfOld()}`);
  expect(await update(oldAgain, { from: OF_OLD, to: OF_RENEWED, stackStatus: 'UPDATE_ROLLBACK_IN_PROGRESS' }))
    .toMatchObject({ answer: { Status: 'SUCCESS', PhysicalResourceId: inPlaceOfOld() } });
  expect(statuses()).toEqual(['DISABLED', 'ACTIVE']);
});

test('a removal that is no rollback does not bring the old grant back', async () => {
  await start();
  await update(old, { from: OF_OLD, to: OF_RENEWED });
  await stack.delete({ type: RECEIVED_GRANT_TYPE, physicalId: inPlaceOfOld(), properties: OF_RENEWED });
  expect(statuses()).toEqual(['DISABLED', 'DISABLED']);
});

test('a rollback succeeds if the old grant is gone, and says so', async () => {
  await start();
  await update(old, { from: OF_OLD, to: OF_RENEWED });
  await grantor.delete(old);
  expect(await stack.delete({
    type: RECEIVED_GRANT_TYPE, physicalId: inPlaceOfOld(), properties: OF_RENEWED, stackStatus: 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS',
  })).toMatchObject({ Status: 'SUCCESS', Reason: expect.stringContaining('the grantor has deleted the grant') });
  expect(statuses()[1]).toBe('DISABLED');
});

test('a renewed grant is accepted before the old one is deactivated', async () => {
  await start(NOT_LINKED);
  expect(statuses()).toEqual(['ACTIVE', 'PENDING_ACCEPT']);
  const { answer, changes } = await update(old, { from: OF_OLD, to: OF_RENEWED });
  expect(answer).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: inPlaceOfOld() });
  expect(changes).toEqual(['AcceptGrant renewed', 'CreateGrantVersion DISABLED old given up', 'CreateGrantVersion ACTIVE renewed needed']);
});

test('a renewed grant that is to be accepted only leaves the old one active', async () => {
  await start();
  const { answer, changes } = await update(old, { from: OF_OLD, to: { ...OF_RENEWED, Response: { Kind: 'ACCEPT' } } });
  expect(answer).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: renewed });
  expect(changes).toEqual([]);
  expect(statuses()).toEqual(['ACTIVE', 'DISABLED']);
});

test('an old grant is active again at once if the renewed one cannot be activated, and the failure is that of the activation', async () => {
  await start(LINKED, {
    authorize: async ({ action, resourceArns: [arn] }) => ({ allowed: !(action === 'license-manager:CreateGrantVersion' && arn === renewed) }),
  });
  const { answer, changes } = await update(old, { from: OF_OLD, to: OF_RENEWED });
  expect(answer).toMatchObject({
    Status: 'FAILED', PhysicalResourceId: inPlaceOfOld(), Reason: expect.stringContaining(`license-manager:CreateGrantVersion on resource: ${renewed}`),
  });
  expect(changes).toEqual(['CreateGrantVersion DISABLED old given up', 'CreateGrantVersion ACTIVE old needed']);
  expect(statuses()).toEqual(['ACTIVE', 'DISABLED']);
});

test('an old grant stays active if there is not enough time to bring it back', async () => {
  await start();
  const { answer, changes } = await update(old, { from: OF_OLD, to: OF_RENEWED, remainingMilliseconds: 400_000 });
  expect(answer).toMatchObject({
    Status: 'FAILED', Reason: expect.stringMatching(/came too late to take the place of .*Next: deploy again, now that the grant is there/),
  });
  expect(changes).toEqual([]);
  expect(statuses()).toEqual(['ACTIVE', 'DISABLED']);
});
