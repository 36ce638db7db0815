import type { Variants } from '../../../simulator/services/variants';
import { LicenseAdministrator } from '../../support/license-administrator';
import { GRANT_TYPE, PAYMENTS, SETUP } from '../support/requests';
import { silentLog } from '../support/silent-log';
import { EXAMPLE, SimulatedStack } from '../support/simulated-stack';
import type { Answer } from '../support/simulated-stack';

const logged = silentLog();

const PAYMENTS_PROD = '222222222222';
const SHARED = '333333333333';
/** Has a subscription of its own to the product. */
const SANDBOX = '444444444444';
const WEB = '555555555555';
const SUSPENDED = '666666666666';
const NEWCOMER = '777777777777';
const NOBODY = '999999999999';

const REPLACING = 'ALL_GRANTS_PERMITTED_BY_ISSUER';

let stack: SimulatedStack;

async function start(variants: Partial<Variants> = {}): Promise<void> {
  stack = await SimulatedStack.start({ variants });
  expect(await stack.create(SETUP)).toMatchObject({ Status: 'SUCCESS' });
}

afterEach(async () => {
  await stack.stop();
});

function properties(activation: object = {}): object {
  return { ...PAYMENTS, Grantee: { Kind: 'ORGANIZATION' }, Activation: { Mode: 'ACTIVE', ...activation } };
}

async function create(activation: object = {}): Promise<Answer> {
  return stack.create({ type: GRANT_TYPE, properties: properties(activation) });
}

async function update(physicalId: string, before: object, activation: object): Promise<Answer> {
  return stack.update({ type: GRANT_TYPE, physicalId, oldProperties: properties(before), properties: properties(activation) });
}

/** What the grant is in the single accounts. */
function accounts(parent: Answer): Record<string, string> {
  const grants = stack.aws.grants().filter(({ parentArn }) => parentArn === parent.PhysicalResourceId);
  return Object.fromEntries(grants.map(({ ownerAccountId, status }) => [ownerAccountId!, status]));
}

/** The versions that were asked for since then: whose, and what of. The organization's own grant is `whole`. */
function versions(parent: Answer, since = 0): string[] {
  return stack.aws.calls.slice(since).filter(({ operation }) => operation === 'CreateGrantVersion').map(({ request }) => {
    const { GrantArn, Status } = request as { GrantArn: string; Status?: string };
    const account = stack.aws.grants().find(({ grantArn }) => grantArn === GrantArn)?.ownerAccountId;
    return `${GrantArn === parent.PhysicalResourceId ? 'whole' : account ?? 'another'}: ${Status}`;
  });
}

async function join(accountId: string, parentId = 'ou-ex01-workload'): Promise<void> {
  stack.aws.organization!.join({ id: accountId, name: 'newcomer', parentId, state: 'ACTIVE', tags: {} }, new Date(stack.clock.now()));
  await stack.clock.sleep(600_000);
}

describe('accounts in which a grant to the organization does not become active', () => {
  test('are listed and counted, and stand with status and reason in the log', async () => {
    await start();
    const answer = await create();
    expect(answer).toMatchObject({ Status: 'SUCCESS', Data: { ConflictingAccounts: SANDBOX, ConflictingAccountCount: '1' } });
    const entries = logged().filter((line) => line.includes('is not as asked for')).map((line) => JSON.parse(line) as { accounts: object[] });
    expect(entries.map((entry) => entry.accounts)).toEqual([
      [{ accountId: SANDBOX, status: 'DISABLED', reason: 'Another license of the same product is active in the grantee account.' }],
    ]);
  });

  test('fail the deployment if they are to, named with status and reason', async () => {
    await start();
    const answer = await create({ OnConflict: 'FAIL' });
    expect(answer).toMatchObject({
      Status: 'FAILED',
      Reason: expect.stringContaining('in 1 of 4 accounts: 444444444444 DISABLED (Another license of the same product is active in the grantee account.)'),
    });
  });

  test('are asked once more when they are to fail the deployment from now on', async () => {
    await start();
    const parent = await create();
    const before = stack.aws.calls.length;
    expect(await update(parent.PhysicalResourceId, {}, { OnConflict: 'FAIL' })).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining(SANDBOX) });
    expect(versions(parent, before)).toEqual(['whole: ACTIVE']);
  });

  test('are none where the grant replaces what they have, and then nobody asks which accounts there are', async () => {
    await start();
    const before = stack.aws.calls.length;
    const answer = await create({ OnConflict: 'FAIL', Override: REPLACING });
    expect(answer).toMatchObject({ Status: 'SUCCESS', Data: { ConflictingAccounts: '', ConflictingAccountCount: '0' } });
    expect(stack.calls(before)).not.toContain('ListAccounts');
  });

  test('do not count if they are suspended, which is asked for once', async () => {
    await start({ inactiveAccounts: 'failed-grants' });
    const before = stack.aws.calls.length;
    const answer = await create({ OnConflict: 'FAIL', Override: REPLACING });
    expect(accounts(answer)[SUSPENDED]).toBe('FAILED_WORKFLOW');
    expect(answer).toMatchObject({ Status: 'SUCCESS', Data: { ConflictingAccounts: '' } });
    expect(stack.calls(before).filter((call) => call === 'ListAccounts')).toHaveLength(1);
  });

  test('fail the deployment if they are all there are', async () => {
    await start();
    const answer = await create({ OnConflict: 'REPORT', Only: [SANDBOX] });
    expect(answer).toMatchObject({
      Status: 'FAILED', Reason: expect.stringMatching(new RegExp(`no account grant became active: ${SANDBOX} DISABLED.* Next: look whether these accounts are linked`)),
    });
  });

  test('are none for a grant to one account', async () => {
    await start();
    expect(await stack.create({ type: GRANT_TYPE, properties: PAYMENTS }))
      .toMatchObject({ Status: 'SUCCESS', Data: { ConflictingAccounts: '', ConflictingAccountCount: '0' } });
  });
});

describe('accounts that are kept out of an activation', () => {
  test('receive the grant and are never activated, nor is the whole: their own subscriptions stay', async () => {
    await start();
    const parent = await create({ Override: REPLACING, Except: [SANDBOX, WEB], Reason: 'baseline' });
    expect(parent).toMatchObject({ Status: 'SUCCESS', Data: { Status: 'WORKFLOW_COMPLETED', ConflictingAccounts: '' } });
    expect(accounts(parent)).toEqual({ [PAYMENTS_PROD]: 'ACTIVE', [SHARED]: 'ACTIVE', [SANDBOX]: 'DISABLED', [WEB]: 'DISABLED' });
    expect(versions(parent)).toEqual([`${PAYMENTS_PROD}: ACTIVE`, `${SHARED}: ACTIVE`]);
    expect(stack.lastRequest('CreateGrantVersion')).toMatchObject({
      SourceVersion: '1', Status: 'ACTIVE', StatusReason: 'baseline', Options: { ActivationOverrideBehavior: REPLACING }, ClientToken: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    const own = stack.aws.grants().find(({ ownerAccountId, parentArn }) => ownerAccountId === SANDBOX && parentArn !== parent.PhysicalResourceId);
    expect(own!.status).toBe('ACTIVE');
  });

  test('change in place, exactly by the difference, deactivations first', async () => {
    await start();
    const parent = await create({ Override: REPLACING, Except: [SANDBOX] });
    const before = stack.aws.calls.length;
    const answer = await update(parent.PhysicalResourceId, { Override: REPLACING, Except: [SANDBOX] }, { Override: REPLACING, Except: [WEB] });
    expect(answer).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: parent.PhysicalResourceId });
    expect(versions(parent, before)).toEqual([`${WEB}: DISABLED`, `${SANDBOX}: ACTIVE`]);
    expect(accounts(parent)).toEqual({ [PAYMENTS_PROD]: 'ACTIVE', [SHARED]: 'ACTIVE', [SANDBOX]: 'ACTIVE', [WEB]: 'DISABLED' });
  });

  test('are the only ones to be deactivated in a grant that was active as a whole', async () => {
    await start();
    const parent = await create({ Override: REPLACING });
    const before = stack.aws.calls.length;
    expect(await update(parent.PhysicalResourceId, { Override: REPLACING }, { Override: REPLACING, Except: [WEB] })).toMatchObject({ Status: 'SUCCESS' });
    expect(versions(parent, before)).toEqual([`${WEB}: DISABLED`]);
  });

  test('are activated with all the others when there are no exceptions any more, and so is the whole', async () => {
    await start();
    const parent = await create({ Except: [SANDBOX, WEB] });
    const before = stack.aws.calls.length;
    expect(await update(parent.PhysicalResourceId, { Except: [SANDBOX, WEB] }, {})).toMatchObject({ Status: 'SUCCESS' });
    expect(versions(parent, before)).toEqual(['whole: ACTIVE']);
    await join(NEWCOMER);
    expect(accounts(parent)).toMatchObject({ [WEB]: 'ACTIVE', [NEWCOMER]: 'ACTIVE' });
  });

  test('leave none active when the grant is disabled', async () => {
    await start();
    const parent = await create({ Except: [SANDBOX] });
    expect(await update(parent.PhysicalResourceId, { Except: [SANDBOX] }, { Mode: 'DISABLED' })).toMatchObject({ Status: 'SUCCESS' });
    expect(Object.values(accounts(parent))).toEqual(Array(4).fill('DISABLED'));
  });

  test('stay out when the grant is renamed, and nobody is switched', async () => {
    await start();
    const parent = await create({ Except: [SANDBOX] });
    const before = stack.aws.calls.length;
    const renamed = { ...properties({ Except: [SANDBOX] }), GrantName: 'renamed' };
    const oldProperties = properties({ Except: [SANDBOX] });
    expect(await stack.update({ type: GRANT_TYPE, physicalId: parent.PhysicalResourceId, oldProperties, properties: renamed })).toMatchObject({ Status: 'SUCCESS', Data: { GrantName: 'renamed' } });
    expect(versions(parent, before)).toEqual(['whole: undefined']);
    expect(accounts(parent)).toMatchObject({ [WEB]: 'ACTIVE', [SANDBOX]: 'DISABLED' });
  });

  test('are asked for by no further call if the request comes twice', async () => {
    await start();
    const request = { type: GRANT_TYPE, properties: properties({ Except: [SANDBOX] }), requestId: 'same' };
    const first = await stack.create(request);
    const before = stack.aws.calls.length;
    expect(await stack.create(request)).toEqual(first);
    expect(stack.changingCalls(before)).toEqual([]);
  });

  test('that are active in spite of it are deactivated at the next change', async () => {
    await start();
    const parent = await create({ Except: [WEB] });
    await activateByHand(parent, WEB);
    expect(await update(parent.PhysicalResourceId, { Except: [WEB] }, { Except: [WEB], Reason: 'look again' })).toMatchObject({ Status: 'SUCCESS' });
    expect(accounts(parent)).toMatchObject({ [WEB]: 'DISABLED' });
  });

  test('do not hinder the others from conflicts, which are treated as without exceptions', async () => {
    await start();
    expect(await create({ Except: [WEB] })).toMatchObject({ Status: 'SUCCESS', Data: { ConflictingAccounts: SANDBOX, ConflictingAccountCount: '1' } });
    const inSandboxes = { ...properties({ Except: [WEB], OnConflict: 'FAIL' }), Grantee: { Kind: 'ORGANIZATIONAL_UNIT', Identifier: 'ou-ex01-sandbox1' } };
    expect(await stack.create({ type: GRANT_TYPE, logicalId: 'Other', properties: inSandboxes })).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining(SANDBOX) });
  });
});

test('accounts that are kept out stay out when a grant of a renewed license fails and the one before is active again', async () => {
  const [first] = EXAMPLE.subscriptions;
  const renewed = { ...first, agreementId: 'agmt-exlinux0000000000000004', licenseArn: first.licenseArn!.replace(/1$/, '4') };
  stack = await SimulatedStack.start({ organization: { ...EXAMPLE, subscriptions: [...EXAMPLE.subscriptions, renewed] } });
  expect(await stack.create(SETUP)).toMatchObject({ Status: 'SUCCESS' });
  const parent = await create({ Except: [SANDBOX, WEB] });
  const before = stack.aws.calls.length;

  const answer = await stack.update({
    type: GRANT_TYPE,
    physicalId: parent.PhysicalResourceId,
    oldProperties: properties({ Except: [SANDBOX, WEB] }),
    properties: { ...properties({ Except: [NOBODY] }), LicenseArn: renewed.licenseArn },
  });
  expect(answer).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining(NOBODY) });
  expect(accounts(parent)).toEqual({ [PAYMENTS_PROD]: 'ACTIVE', [SHARED]: 'ACTIVE', [SANDBOX]: 'DISABLED', [WEB]: 'DISABLED' });
  // The failed one is disabled in between.
  expect(versions(parent, before)).toEqual(['whole: DISABLED', 'another: DISABLED', `${PAYMENTS_PROD}: ACTIVE`, `${SHARED}: ACTIVE`]);
});

describe('accounts that are activated alone', () => {
  test('are active, and no others', async () => {
    await start();
    const parent = await create({ Only: [WEB] });
    expect(parent).toMatchObject({ Status: 'SUCCESS' });
    expect(accounts(parent)).toEqual({ [PAYMENTS_PROD]: 'DISABLED', [SHARED]: 'DISABLED', [SANDBOX]: 'DISABLED', [WEB]: 'ACTIVE' });
    expect(versions(parent)).toEqual([`${WEB}: ACTIVE`]);
  });

  test('change in place, exactly by the difference', async () => {
    await start();
    const parent = await create({ Only: [WEB, SHARED] });
    const before = stack.aws.calls.length;
    await update(parent.PhysicalResourceId, { Only: [WEB, SHARED] }, { Only: [PAYMENTS_PROD, SHARED] });
    expect(versions(parent, before)).toEqual([`${WEB}: DISABLED`, `${PAYMENTS_PROD}: ACTIVE`]);
  });
});

describe('an account that joins later', () => {
  test('stays inactive until the grant is changed, and is then the only one to be activated', async () => {
    await start();
    const parent = await create({ Except: [SANDBOX] });
    await join(NEWCOMER);
    expect(accounts(parent)).toMatchObject({ [NEWCOMER]: 'DISABLED' });
    const before = stack.aws.calls.length;
    await update(parent.PhysicalResourceId, { Except: [SANDBOX] }, { Except: [SANDBOX], Reason: 'newcomer has joined' });
    expect(versions(parent, before)).toEqual([`${NEWCOMER}: ACTIVE`]);
    expect(accounts(parent)).toMatchObject({ [NEWCOMER]: 'ACTIVE', [SANDBOX]: 'DISABLED' });
  });

  test('is activated by a grant that was active as a whole before, until that was disabled once', async () => {
    await start();
    const parent = await create({});
    await update(parent.PhysicalResourceId, {}, { Except: [SANDBOX] });
    await join(NEWCOMER);
    expect(accounts(parent)).toMatchObject({ [NEWCOMER]: 'ACTIVE' });

    await update(parent.PhysicalResourceId, { Except: [SANDBOX] }, { Mode: 'DISABLED' });
    await update(parent.PhysicalResourceId, { Mode: 'DISABLED' }, { Except: [SANDBOX] });
    await join('888888888888');
    expect(accounts(parent)).toMatchObject({ [NEWCOMER]: 'ACTIVE', 888888888888: 'DISABLED' });
  });
});

describe('an account of the list that the grant does not reach', () => {
  test.each([{ Except: [NOBODY, SANDBOX] }, { Only: [NOBODY, WEB] }])('fails the deployment before any account is activated: %j', async (activation) => {
    await start();
    const answer = await create(activation);
    expect(answer).toMatchObject({ Status: 'FAILED', Reason: expect.stringMatching(/does not reach 999999999999, named in .*no account was activated.*correct the account ids/) });
    expect(versions(answer)).toEqual([]);
  });

  test('fails a change of the list before anything is changed', async () => {
    await start();
    const parent = await create({ Except: [SANDBOX] });
    const before = stack.aws.calls.length;
    expect(await update(parent.PhysicalResourceId, { Except: [SANDBOX] }, { Except: [NOBODY] })).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining(NOBODY) });
    expect(stack.changingCalls(before)).toEqual([]);
  });

  test.each([
    ['is suspended', SUSPENDED],
    ['is that of the stack', '111111111111'],
  ])('is passed over if it %s', async (_, accountId) => {
    await start();
    expect(await create({ Except: [accountId, SANDBOX] })).toMatchObject({ Status: 'SUCCESS' });
  });

  test('is passed over if it was in the list before and has left', async () => {
    await start();
    const parent = await create({ Except: [SANDBOX, WEB] });
    stack.aws.organization!.leave(WEB);
    const answer = await update(parent.PhysicalResourceId, { Except: [SANDBOX, WEB] }, { Except: [SANDBOX, WEB], Reason: 'again' });
    expect(answer).toMatchObject({ Status: 'SUCCESS' });
  });
});

test.each([
  [{ Except: ['2222'] }, "'2222' in `except` or `only` is not an account id"],
  [{ Except: [WEB], Only: [SANDBOX] }, '`except` and `only` exclude each other'],
  [{ Only: [] }, '`only` names no account'],
])('lists that turn out to be wrong at deployment are refused before anything is changed: %j', async (activation, reason) => {
  await start();
  const before = stack.aws.calls.length;
  expect(await create(activation)).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining(reason) });
  expect(stack.calls(before)).toEqual([]);
});

describe('a grantor that does not see the grants of single accounts', () => {
  test.each([{ Except: [WEB] }, { Only: [WEB] }, { OnConflict: 'FAIL' }])('is refused before anything is changed: %j', async (activation) => {
    stack = await SimulatedStack.start({
      accountId: SANDBOX,
      variants: { readersOfOrganizationGrants: 'management-account-alone' },
      organization: {
        ...EXAMPLE,
        linked: true,
        trustedServices: ['license-manager.amazonaws.com', 'license-management.marketplace.amazonaws.com'],
        delegatedAdministrators: { 'license-manager.amazonaws.com': SANDBOX },
      },
    });
    const answer = await stack.create({ type: GRANT_TYPE, properties: { ...properties(activation), LicenseArn: PAYMENTS.LicenseArn.replace(/1$/, '3') } });
    expect(answer).toMatchObject({ Status: 'FAILED', Reason: expect.stringMatching(/may not list the account grants.*management account/) });
    expect(stack.changingCalls()).toEqual([]);
  });

  test.each([{ Except: [WEB] }, { Only: [WEB] }, { OnConflict: 'FAIL' }])('fails before any account is activated if the list does not tell them apart: %j', async (activation) => {
    await start({ parentOfAccountGrants: 'license' });
    const answer = await create(activation);
    expect(answer).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('does not say which organization\'s grant they belong to') });
    expect(versions(answer)).toEqual([]);
  });
});

async function activateByHand(parent: Answer, accountId: string): Promise<void> {
  const { grantArn } = stack.aws.grants().find((grant) => grant.parentArn === parent.PhysicalResourceId && grant.ownerAccountId === accountId)!;
  await new LicenseAdministrator(stack.aws.endpoint, { accountId, pass: (milliseconds) => stack.clock.sleep(milliseconds) }).switch(grantArn, 'ACTIVE');
}

test('an account that cannot be active makes an update fail where it was not there before, and lets its rollback succeed', async () => {
  await start();
  const strict = { OnConflict: 'FAIL', Reason: 'first' };
  const created = await create({ ...strict, OnConflict: 'REPORT' });
  const later = { ...strict, Reason: 'second' };
  expect(await update(created.PhysicalResourceId, strict, later)).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining(SANDBOX) });
  expect(await stack.update({
    type: GRANT_TYPE, physicalId: created.PhysicalResourceId, properties: properties(strict), oldProperties: properties(later), stackStatus: 'UPDATE_ROLLBACK_IN_PROGRESS',
  })).toMatchObject({ Status: 'SUCCESS', Reason: expect.stringContaining(SANDBOX), Data: { ConflictingAccounts: SANDBOX, ConflictingAccountCount: '1' } });
});

describe('accounts that rejected their part', () => {
  const partOf = (parent: Answer, accountId: string) =>
    stack.aws.grants().find(({ parentArn, ownerAccountId }) => parentArn === parent.PhysicalResourceId && ownerAccountId === accountId)!.grantArn;

  async function reject(parent: Answer, accountId: string): Promise<void> {
    await new LicenseAdministrator(stack.aws.endpoint, { accountId }).reject(partOf(parent, accountId));
  }

  test('are listed, and nothing is asked of them', async () => {
    await start();
    const created = await create({ Mode: 'DISABLED' });
    await reject(created, SHARED);
    const before = stack.aws.calls.length;
    const answer = await update(created.PhysicalResourceId, { Mode: 'DISABLED' }, {});
    expect(answer).toMatchObject({ Status: 'SUCCESS', Data: { ConflictingAccountCount: '2', ConflictingAccounts: expect.stringContaining(SHARED) } });
    expect(versions(created, before)).toEqual(['whole: ACTIVE']);
  });

  test.each([{ OnConflict: 'FAIL' }, { Only: [SHARED] }])('make a grant fail that cannot do without them: %j', async (activation) => {
    await start();
    const inactive = { Mode: 'DISABLED' };
    const created = await create(inactive);
    await reject(created, SHARED);
    const answer = await update(created.PhysicalResourceId, inactive, { ...activation, Override: REPLACING });
    expect(answer).toMatchObject({ Status: 'FAILED', Reason: expect.stringMatching(`rejected by 1 of .*${SHARED} REJECTED.*of its own`) });
  });

  test('need not be reached to be kept out', async () => {
    await start();
    const created = await create({ Mode: 'DISABLED' });
    await reject(created, SHARED);
    expect(await update(created.PhysicalResourceId, { Mode: 'DISABLED' }, { Except: [SHARED, SANDBOX] }))
      .toMatchObject({ Status: 'SUCCESS', Data: { ConflictingAccountCount: '0' } });
    expect(accounts(created)).toMatchObject({ [SHARED]: 'REJECTED', [SANDBOX]: 'DISABLED', [WEB]: 'ACTIVE' });
  });

  test('do not keep a rollback from succeeding', async () => {
    await start();
    const unit = { ...PAYMENTS, Grantee: { Kind: 'ORGANIZATIONAL_UNIT', Identifier: 'ou-ex01-workload' } };
    const created = await stack.create({ type: GRANT_TYPE, properties: unit });
    for (const accountId of Object.keys(accounts(created))) {
      await reject(created, accountId);
    }
    const renamed = { ...unit, GrantName: 'renamed' };
    const request = { type: GRANT_TYPE, physicalId: created.PhysicalResourceId };
    expect(await stack.update({ ...request, properties: renamed, oldProperties: unit })).toMatchObject({ Status: 'FAILED' });
    expect(await stack.update({ ...request, properties: unit, oldProperties: renamed, stackStatus: 'UPDATE_ROLLBACK_IN_PROGRESS' }))
      .toMatchObject({ Status: 'SUCCESS', Reason: expect.stringContaining('rejected by') });
  });
});
