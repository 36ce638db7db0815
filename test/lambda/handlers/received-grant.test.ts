import type { ReceivedGrantProperties } from '../../../lib/received-grant/received-grant-properties';
import type { OrganizationDefinition } from '../../../simulator/organization/organization-definition';
import type { StackStatus } from '../../../simulator/services/cloudformation/stack-status';
import { SWITCHES, Variants } from '../../../simulator/services/variants';
import { LicenseAdministrator } from '../../support/license-administrator';
import { LINKED, NOT_LINKED, OF_LINUX_LICENSE, RECEIVED_GRANT_TYPE } from '../support/received-grants';
import { LINUX, SCANNER } from '../support/requests';
import { silentLog } from '../support/silent-log';
import { SimulatedStack } from '../support/simulated-stack';
import type { Answer, SimulatedStackOptions } from '../support/simulated-stack';

const LINUX_SKU = '02e38931-0000-4000-8000-000000000001';
const SCANNER_SKU = '02e38931-0000-4000-8000-000000000002';

const MANAGEMENT = '111111111111';
const PAYMENTS = '222222222222';
/** Has a subscription of its own to the Linux product. */
const SANDBOX = '444444444444';
const WORKLOADS = 'arn:aws:organizations::111111111111:ou/o-exampleorg1/ou-ex01-workload';

const OF_LINUX: ReceivedGrantProperties = {
  ...OF_LINUX_LICENSE, Selection: { ProductSku: LINUX_SKU, GrantorAccount: MANAGEMENT }, ArrivesWithinSeconds: '600',
};

const logged = silentLog();

let stack: SimulatedStack;
let grantor: LicenseAdministrator;

afterEach(async () => {
  await stack.stop();
});

async function start(organization: OrganizationDefinition, variants: Partial<Variants> = {}, accountId = PAYMENTS): Promise<void> {
  stack = await SimulatedStack.start({ organization, accountId, variants });
  grantor = new LicenseAdministrator(stack.aws.endpoint);
}

function account(id: string): string {
  return `arn:aws:iam::${id}:root`;
}

/** A grant that has reached its account. */
async function granted(principal: string, license = LINUX): Promise<string> {
  const grantArn = await grantor.grant(principal, { license });
  await settle();
  return grantArn;
}

async function settle(): Promise<void> {
  await stack.clock.sleep(3_600_000);
}

async function create(changes: Partial<ReceivedGrantProperties> = {}): Promise<Answer> {
  return stack.create({ type: RECEIVED_GRANT_TYPE, properties: { ...OF_LINUX, ...changes } });
}

async function update(
  physicalId: string, properties: ReceivedGrantProperties, oldProperties: ReceivedGrantProperties, stackStatus?: StackStatus,
): Promise<Answer> {
  return stack.update({ type: RECEIVED_GRANT_TYPE, physicalId, properties, oldProperties, stackStatus });
}

async function remove(physicalId: string, changes: Partial<ReceivedGrantProperties> = {}): Promise<Answer> {
  return stack.delete({ type: RECEIVED_GRANT_TYPE, physicalId, properties: { ...OF_LINUX, ...changes } });
}

function statusOf(grantArn: string): string | undefined {
  return stack.aws.grants().find((grant) => grant.grantArn === grantArn)?.status;
}

/** What the stack's account did, and not its grantor. */
async function changesIn(work: () => Promise<Answer>): Promise<{ answer: Answer; changes: string[] }> {
  const before = stack.aws.calls.length;
  return { answer: await work(), changes: stack.changingCalls(before) };
}

describe('a grant that waits to be accepted', () => {
  let grantArn: string;

  beforeEach(async () => {
    await start(NOT_LINKED);
    grantArn = await granted(account(PAYMENTS));
    expect(statusOf(grantArn)).toBe('PENDING_ACCEPT');
  });

  test('is accepted and activated, with the reason, and answered with what there is to know of it', async () => {
    const { answer, changes } = await changesIn(async () => create({ Response: { Kind: 'ACTIVATE', Reason: 'payments needs it' } }));
    expect(changes).toEqual(['AcceptGrant', 'CreateGrantVersion']);
    expect(answer).toMatchObject({
      Status: 'SUCCESS',
      PhysicalResourceId: grantArn,
      Data: {
        GrantArn: grantArn,
        GrantName: 'by hand',
        Status: 'ACTIVE',
        Version: '2',
        LicenseArn: LINUX,
        GrantorAccount: MANAGEMENT,
        ProductName: 'Example Hardened Linux',
      },
    });
    expect(stack.lastRequest('CreateGrantVersion')).toEqual({
      ClientToken: expect.stringMatching(/^[0-9a-f]{64}$/), GrantArn: grantArn, SourceVersion: '1', Status: 'ACTIVE', StatusReason: 'payments needs it',
    });
  });

  test('is accepted and not activated, if that is all that is asked for', async () => {
    const { answer, changes } = await changesIn(async () => create({ Response: { Kind: 'ACCEPT' } }));
    expect(answer).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: grantArn, Data: { Status: 'DISABLED' } });
    expect(changes).toEqual(['AcceptGrant']);
  });

  test('is accepted and kept inactive', async () => {
    const { answer, changes } = await changesIn(async () => create({ Response: { Kind: 'DEACTIVATE', Reason: 'not needed yet' } }));
    expect(answer).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: grantArn, Data: { Status: 'DISABLED' } });
    expect(changes).toEqual(['AcceptGrant']);
  });

  test('is rejected, and stays so when the stack goes', async () => {
    const { answer, changes } = await changesIn(async () => create({ Response: { Kind: 'REJECT' } }));
    expect(answer).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: grantArn, Data: { Status: 'REJECTED' } });
    expect(changes).toEqual(['RejectGrant']);
    const removed = await changesIn(async () => remove(grantArn, { Response: { Kind: 'REJECT' } }));
    expect(removed).toMatchObject({ answer: { Status: 'SUCCESS' }, changes: [] });
  });

  test.each(['ACCEPT', 'ACTIVATE', 'DEACTIVATE', 'REJECT'] as const)('is answered once by %s, when the event arrives twice', async (Kind) => {
    const request = { type: RECEIVED_GRANT_TYPE, properties: { ...OF_LINUX, Response: { Kind } }, requestId: 'the-same' };
    const first = await stack.create(request);
    const { answer, changes } = await changesIn(async () => stack.create(request));
    // CloudFormation takes the first answer. By the second one the grant is active, and its id says so.
    expect(answer).toEqual({ ...first, PhysicalResourceId: Kind === 'ACTIVATE' ? `${grantArn}/was-active` : grantArn });
    expect(changes).toEqual([]);
  });

  test('is left alone by the removal of a stack that never accepted it', async () => {
    const { answer, changes } = await changesIn(async () => remove(grantArn));
    expect(answer).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: grantArn });
    expect(changes).toEqual([]);
  });
});

describe('a grant that was accepted automatically', () => {
  let grantArn: string;

  beforeEach(async () => {
    await start(LINKED);
    grantArn = await granted(account(PAYMENTS));
    expect(statusOf(grantArn)).toBe('DISABLED');
  });

  test('is activated, and not accepted again', async () => {
    const { answer, changes } = await changesIn(create);
    expect(answer).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: grantArn, Data: { Status: 'ACTIVE' } });
    expect(changes).toEqual(['CreateGrantVersion']);
  });

  test('is left as it is, if it is to be accepted only', async () => {
    const { answer, changes } = await changesIn(async () => create({ Response: { Kind: 'ACCEPT' } }));
    expect(answer).toMatchObject({ Status: 'SUCCESS', Data: { Status: 'DISABLED' } });
    expect(changes).toEqual([]);
  });

  test('and activated by its grantor, is left as it is', async () => {
    await grantor.switch(grantArn, 'ACTIVE');
    const { answer, changes } = await changesIn(create);
    expect(answer).toMatchObject({ Status: 'SUCCESS', Data: { Status: 'ACTIVE' } });
    expect(changes).toEqual([]);
  });

  test.each(SWITCHES.rejectionOfActiveGrant)('and is active, is deactivated and rejected, with rejection of active grants %s', async (rejectionOfActiveGrant) => {
    await stack.stop();
    await start(LINKED, { rejectionOfActiveGrant });
    grantArn = await granted(account(PAYMENTS));
    await create();
    const { answer, changes } = await changesIn(async () => remove(grantArn, { Removal: { Kind: 'REJECT' } }));
    expect(answer).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: grantArn });
    expect(changes).toEqual(['CreateGrantVersion', 'RejectGrant']);
    expect(statusOf(grantArn)).toBe('REJECTED');
  });

  test('is deactivated with the reason when it is removed, once', async () => {
    await create();
    const removal = { Removal: { Kind: 'DEACTIVATE', Reason: 'moved' } } as const;
    const { answer, changes } = await changesIn(async () => remove(grantArn, removal));
    expect(answer).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: grantArn });
    expect(changes).toEqual(['CreateGrantVersion']);
    expect(stack.lastRequest('CreateGrantVersion')).toMatchObject({ Status: 'DISABLED', StatusReason: 'moved' });
    expect(statusOf(grantArn)).toBe('DISABLED');
    expect(await changesIn(async () => remove(grantArn, removal))).toMatchObject({ answer: { Status: 'SUCCESS' }, changes: [] });
  });

  test('is left as it is when it is removed, if the stack says so', async () => {
    await create();
    const before = stack.aws.calls.length;
    expect(await remove(grantArn, { Removal: { Kind: 'LEAVE' } })).toMatchObject({ Status: 'SUCCESS' });
    expect(stack.calls(before)).toEqual(['DescribeStacks']);
  });

  test('changes its answer in place, and is not activated again for another override', async () => {
    const accepted: ReceivedGrantProperties = { ...OF_LINUX, Response: { Kind: 'ACCEPT' } };
    const overriding: ReceivedGrantProperties = { ...OF_LINUX, Response: { Kind: 'ACTIVATE', Override: 'ALL_GRANTS_PERMITTED_BY_ISSUER' } };
    const deactivated: ReceivedGrantProperties = { ...OF_LINUX, Response: { Kind: 'DEACTIVATE', Reason: 'audit' } };
    const rejected: ReceivedGrantProperties = { ...OF_LINUX, Response: { Kind: 'REJECT' } };
    await create({ Response: { Kind: 'ACCEPT' } });
    for (const [before, after, status, calls] of [
      [accepted, OF_LINUX, 'ACTIVE', ['CreateGrantVersion']],
      [OF_LINUX, overriding, 'ACTIVE', []],
      [overriding, accepted, 'ACTIVE', []],
      [accepted, deactivated, 'DISABLED', ['CreateGrantVersion']],
      [deactivated, accepted, 'DISABLED', []],
      [accepted, OF_LINUX, 'ACTIVE', ['CreateGrantVersion']],
      [OF_LINUX, rejected, 'REJECTED', ['CreateGrantVersion', 'RejectGrant']],
    ] as const) {
      const { answer, changes } = await changesIn(async () => update(grantArn, after, before));
      expect(answer).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: grantArn, Data: { Status: status } });
      expect(changes).toEqual(calls);
    }
  });

  test.each(['ACTIVE', 'DISABLED'] as const)('and is %s, is not active after its deactivation, which records the reason', async (status) => {
    await grantor.switch(grantArn, status);
    await settle();
    const { answer, changes } = await changesIn(async () => create({ Response: { Kind: 'DEACTIVATE', Reason: 'audit' } }));
    expect(answer).toMatchObject({ Status: 'SUCCESS', Data: { Status: 'DISABLED' } });
    expect(changes).toEqual(status === 'ACTIVE' ? ['CreateGrantVersion'] : []);
    if (status === 'ACTIVE') {
      expect(stack.lastRequest('CreateGrantVersion')).toMatchObject({ Status: 'DISABLED', StatusReason: 'audit' });
    }
  });

  test('stays the same when another one that fits comes later', async () => {
    await create();
    await granted(WORKLOADS);
    const { answer, changes } = await changesIn(async () => update(grantArn, { ...OF_LINUX, ArrivesWithinSeconds: '60' }, OF_LINUX));
    expect(answer).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: grantArn });
    expect(changes).toEqual([]);
  });

  test('is looked for anew by an update after its grantor replaced it', async () => {
    await create();
    await grantor.delete(grantArn);
    await settle();
    const renewed = await granted(account(PAYMENTS));
    expect(await update(grantArn, { ...OF_LINUX, ArrivesWithinSeconds: '60' }, OF_LINUX)).toMatchObject({
      Status: 'SUCCESS', PhysicalResourceId: `${renewed}/replaces/${grantArn}`, Data: { GrantArn: renewed },
    });
    const { answer, changes } = await changesIn(async () => remove(grantArn));
    expect(answer).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: grantArn });
    expect(changes).toEqual([]);
    expect(statusOf(renewed)).toBe('ACTIVE');
  });
});

describe('a grant that cannot be given up says how the stack can be deleted all the same', () => {
  const WAYS_OUT = 'retain the resource, or let the grant stay as it is: a stack that was deployed with `removal: ReceivedGrantRemoval.leave()`';

  async function createThenRemove(options: Pick<SimulatedStackOptions, 'authorizer' | 'workflow'>): Promise<Answer> {
    stack = await SimulatedStack.start({ organization: LINKED, accountId: PAYMENTS, ...options });
    grantor = new LicenseAdministrator(stack.aws.endpoint);
    const grantArn = await granted(account(PAYMENTS));
    await grantor.switch(grantArn, 'ACTIVE');
    await settle();
    expect(await create({ Response: { Kind: 'ACCEPT' } })).toMatchObject({ Status: 'SUCCESS', Data: { Status: 'ACTIVE' } });
    return remove(grantArn);
  }

  test('if the role may not deactivate it', async () => {
    const { Status, Reason } = await createThenRemove({
      authorizer: { authorize: async ({ action, principal }) => ({ allowed: action !== 'license-manager:CreateGrantVersion' || principal.accountId === MANAGEMENT }) },
    });
    expect([Status, Reason]).toEqual(['FAILED', expect.stringMatching(/Next: allow license-manager:CreateGrantVersion on .*; to delete the stack all the same/)]);
    expect(Reason).toContain(WAYS_OUT);
  });

  test('if its deactivation does not come to its end', async () => {
    const { Status, Reason } = await createThenRemove({ workflow: { accountChange: 1_800_000 } });
    expect([Status, Reason]).toEqual(['FAILED', expect.stringMatching(/not settled in time: .*Next: .*; to delete the stack all the same/)]);
    expect(Reason).toContain(WAYS_OUT);
  });
});

describe('the selection', () => {
  const scanner = { ...OF_LINUX, Selection: { LicenseArn: SCANNER } };
  let linuxGrant: string;
  let scannerGrant: string;

  beforeEach(async () => {
    await start(LINKED);
    linuxGrant = await granted(account(PAYMENTS));
    scannerGrant = await granted(account(PAYMENTS), SCANNER);
  });

  test.each<[string, () => ReceivedGrantProperties['Selection']]>([
    ['its ARN', () => ({ GrantArn: scannerGrant })],
    ['its license', () => ({ LicenseArn: SCANNER })],
    ['its product', () => ({ ProductSku: SCANNER_SKU })],
    ['everything together', () => ({ GrantArn: scannerGrant, LicenseArn: SCANNER, ProductSku: SCANNER_SKU, GrantorAccount: MANAGEMENT })],
  ])('finds the grant by %s', async (_, selection) => {
    expect(await create({ Selection: selection() })).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: scannerGrant });
    expect(statusOf(linuxGrant)).toBe('DISABLED');
  });

  test('that several grants fit fails with all of them and how to choose, and changes nothing', async () => {
    const { answer, changes } = await changesIn(async () => create({ Selection: { GrantorAccount: MANAGEMENT } }));
    expect(answer).toMatchObject({ Status: 'FAILED', PhysicalResourceId: 'cdk-managed-entitlements:nothing-made' });
    expect(answer.Reason).toContain(`${linuxGrant} ('by hand', DISABLED, license ${LINUX})`);
    expect(answer.Reason).toContain(`${scannerGrant} ('by hand', DISABLED, license ${SCANNER})`);
    expect(answer.Reason).toContain('choose one of them with `grantArn`');
    expect(changes).toEqual([]);
    expect(await changesIn(async () => remove(answer.PhysicalResourceId))).toMatchObject({ answer: { Status: 'SUCCESS' }, changes: [] });
  });

  test('leads to another grant: that one is answered first, the old one is removed by its own properties, and a reversed update leads back', async () => {
    await create();
    const replaced = await update(linuxGrant, scanner, OF_LINUX);
    const inPlaceOfLinux = `${scannerGrant}/replaces/${linuxGrant}`;
    expect(replaced).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: inPlaceOfLinux });
    expect([statusOf(linuxGrant), statusOf(scannerGrant)]).toEqual(['ACTIVE', 'ACTIVE']);

    const { answer, changes } = await changesIn(async () => update(inPlaceOfLinux, OF_LINUX, scanner, 'UPDATE_ROLLBACK_IN_PROGRESS'));
    expect(answer).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: linuxGrant });
    expect(changes).toEqual([]);
    await remove(inPlaceOfLinux, scanner);
    expect([statusOf(linuxGrant), statusOf(scannerGrant)]).toEqual(['ACTIVE', 'DISABLED']);
  });

  test('that holds an empty text fails before License Manager is asked', async () => {
    const before = stack.aws.calls.length;
    const answer = await create({ Selection: { ProductSku: '' } });
    expect(answer).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('an empty text') });
    expect(stack.calls(before)).toEqual([]);
  });

  test('by a grant of somebody else to another account finds nothing', async () => {
    const foreign = await granted(account('333333333333'));
    const answer = await create({ Selection: { GrantArn: foreign }, ArrivesWithinSeconds: '30' });
    expect(answer).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('this account has received no such grant') });
  });
});

describe('a grant that is not there yet', () => {
  beforeEach(async () => start(NOT_LINKED));

  test('is waited for', async () => {
    stack.aws.clock.schedule(120_000, () => void whileTimeStands(async () => grantor.grant(account(PAYMENTS))));
    expect(await create()).toMatchObject({ Status: 'SUCCESS', Data: { Status: 'ACTIVE' } });
  });

  test('fails when the time is up, with what was looked for and what to do; the Delete that follows is a success', async () => {
    const began = stack.clock.now();
    const { answer, changes } = await changesIn(async () => create({ ArrivesWithinSeconds: '60' }));
    expect(answer.Status).toBe('FAILED');
    expect(answer.Reason).toBe(
      `Search for the received grant of the product ${LINUX_SKU} by the account ${MANAGEMENT} in us-east-1 failed: this account has received no such grant. `
      + 'Next: check the selection and the home Region. If it is right, have the grantor make the grant first, or deploy again with more time: '
      + '`arrivesWithin` takes up to 14 minutes.');
    expect(stack.clock.now() - began).toBeLessThanOrEqual(60_000);
    expect(changes).toEqual([]);
    expect(await remove('some-stack-Linux-1ABCDEFGHIJKL')).toMatchObject({ Status: 'SUCCESS' });
  });

  test.each<[string, 'DELETED' | 'REJECTED']>([['deleted', 'DELETED'], ['rejected', 'REJECTED']])(
    'is waited for also if an earlier one was %s, which the failure tells', async (_, status) => {
      const dead = await granted(account(PAYMENTS));
      await (status === 'DELETED' ? grantor.delete(dead) : create({ Response: { Kind: 'REJECT' } }));
      await settle();
      const answer = await create({ ArrivesWithinSeconds: '30' });
      expect(answer).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining(`${dead} ('by hand', ${status}`) });
      expect(answer.Reason).toContain('have the grantor make a new grant');

      stack.aws.clock.schedule(60_000, () => void whileTimeStands(async () => grantor.grant(account(PAYMENTS))));
      expect(await create()).toMatchObject({ Status: 'SUCCESS', Data: { Status: 'ACTIVE' } });
    });

  test('and never will be, since the named one is deleted, is not waited for', async () => {
    const dead = await granted(account(PAYMENTS));
    await grantor.delete(dead);
    await settle();
    const began = stack.clock.now();
    expect(await create({ Selection: { GrantArn: dead } })).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('DELETED') });
    expect(stack.clock.now()).toBe(began);
  });

  async function whileTimeStands(work: () => Promise<unknown>): Promise<void> {
    const release = stack.aws.clock.hold();
    await work();
    release();
  }
});

describe.each(SWITCHES.parentOfAccountGrants)('the grant of an organizational unit, with %s as the parent of account grants', (parentOfAccountGrants) => {
  beforeEach(async () => start(LINKED, { parentOfAccountGrants }));

  test.each<[string, (ofUnit: string) => ReceivedGrantProperties['Selection']]>([
    ['its product', () => ({ ProductSku: LINUX_SKU })],
    ['its own ARN', (ofUnit) => ({ GrantArn: ofUnit })],
  ])('is answered by the account\'s own grant below it when it is found by %s, while it is still being distributed', async (_, selection) => {
    const ofUnit = await grantor.grant(WORKLOADS);
    const answer = await create({ Selection: selection(ofUnit) });
    expect(answer).toMatchObject({ Status: 'SUCCESS', Data: { Status: 'ACTIVE' } });
    expect(answer.PhysicalResourceId).not.toBe(ofUnit);
    await settle();
    expect(stack.aws.grants().filter(({ parentArn }) => parentArn === ofUnit).map(({ ownerAccountId, status }) => [ownerAccountId, status]))
      .toEqual([[PAYMENTS, 'ACTIVE'], ['333333333333', 'DISABLED']]);
    expect(stack.changingCalls()).toEqual(['CreateGrant', 'CreateGrantVersion']);
  });
});

describe('another active license of the product', () => {
  beforeEach(async () => start(LINKED, {}, SANDBOX));

  test('fails the activation with its grant and the cure; the Delete that follows has nothing to do', async () => {
    const grantArn = await granted(account(SANDBOX));
    const answer = await create();
    expect(answer).toMatchObject({ Status: 'FAILED', PhysicalResourceId: grantArn });
    expect(answer.Reason).toContain('it stays DISABLED');
    expect(answer.Reason).toMatch(/Active for Example Hardened Linux in this account: arn:aws:license-manager::\d+:grant:g-\w+ \('[^']+', ACTIVE/);
    expect(answer.Reason).toContain('ReceivedGrantResponse.activate({ override: ActivationOverride.ALL_GRANTS_PERMITTED_BY_ISSUER })');
    expect(await changesIn(async () => remove(grantArn))).toMatchObject({ answer: { Status: 'SUCCESS' }, changes: [] });
  });

  test.each(SWITCHES.activationWithoutEffect)('fails it with the cure, with %s as the end of an activation without effect', async (activationWithoutEffect) => {
    await stack.stop();
    await start(LINKED, { activationWithoutEffect }, SANDBOX);
    const grantArn = await granted(account(SANDBOX));
    const answer = await create();
    expect(answer).toMatchObject({ Status: 'FAILED', PhysicalResourceId: grantArn, Reason: expect.stringContaining('ALL_GRANTS_PERMITTED_BY_ISSUER') });
    expect(answer.Reason).toContain('Active for Example Hardened Linux');
    expect(await remove(grantArn)).toMatchObject({ Status: 'SUCCESS' });
  });

  test('is replaced with the override', async () => {
    await granted(account(SANDBOX));
    const answer = await create({ Response: { Kind: 'ACTIVATE', Override: 'ALL_GRANTS_PERMITTED_BY_ISSUER' } });
    expect(answer).toMatchObject({ Status: 'SUCCESS', Data: { Status: 'ACTIVE' } });
    expect(stack.lastRequest('CreateGrantVersion')).toMatchObject({ Options: { ActivationOverrideBehavior: 'ALL_GRANTS_PERMITTED_BY_ISSUER' } });
  });
});

describe('an override that the grantor has chosen', () => {
  // The SDK repeats a first refusal, since the simulated clock is not its own.
  const REFUSED_OVERRIDE = expect.stringMatching(/^CreateGrantVersion ValidationException: .*chosen by the grantor/);

  /** A disabled grant that shows the choice, since its activation had no effect. */
  async function chosen(override: 'DISTRIBUTED_GRANTS_ONLY' | 'ALL_GRANTS_PERMITTED_BY_ISSUER', variants: Partial<Variants> = {}, accountId = SANDBOX): Promise<string> {
    await start(LINKED, variants, accountId);
    const grantArn = await granted(account(accountId));
    await grantor.switch(grantArn, 'ACTIVE', override);
    await settle();
    if (statusOf(grantArn) === 'ACTIVE') {
      await grantor.switch(grantArn, 'DISABLED');
      await settle();
    }
    return grantArn;
  }

  test('is not chosen again where it is shown', async () => {
    await chosen('DISTRIBUTED_GRANTS_ONLY');
    const { changes } = await changesIn(async () => create({ Response: { Kind: 'ACTIVATE', Override: 'ALL_GRANTS_PERMITTED_BY_ISSUER' } }));
    expect(changes).toEqual(['CreateGrantVersion']);
    expect(stack.lastRequest('CreateGrantVersion')).not.toHaveProperty('Options');
  });

  test.each([{ override: 'hidden' }, { overrideLifetime: 'one-version' }] as const)('holds where it is not shown: %p', async (variants) => {
    const grantArn = await chosen('ALL_GRANTS_PERMITTED_BY_ISSUER', variants, PAYMENTS);
    const { answer, changes } = await changesIn(async () => create({ Response: { Kind: 'ACTIVATE', Override: 'ALL_GRANTS_PERMITTED_BY_ISSUER' } }));
    expect(answer).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: grantArn, Data: { Status: 'ACTIVE' } });
    expect([...new Set(changes)]).toEqual([REFUSED_OVERRIDE, 'CreateGrantVersion']);
  });

  test.each([
    [{ overrideLifetime: 'until-replaced' }, []],
    [{ override: 'hidden' }, [REFUSED_OVERRIDE]],
  ] as const)('fails an activation that is to replace no other grant, if it may do so: %p', async (variants, calls) => {
    const grantArn = await chosen('ALL_GRANTS_PERMITTED_BY_ISSUER', variants, PAYMENTS);
    const { answer, changes } = await changesIn(async () => create({ Response: { Kind: 'ACTIVATE', Override: 'DISTRIBUTED_GRANTS_ONLY' } }));
    expect(answer).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('leave `override` out') });
    expect([...new Set(changes)]).toEqual(calls);
    expect(statusOf(grantArn)).toBe('DISABLED');
  });
});

describe('License Manager', () => {
  test.each(SWITCHES.statusDuringDistribution)('may show %s while a grant is on its way', async (statusDuringDistribution) => {
    await start(LINKED, { statusDuringDistribution });
    const grantArn = await grantor.grant(account(PAYMENTS));
    expect(await create()).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: grantArn, Data: { Status: 'ACTIVE' } });
  });

  test.each(SWITCHES.acceptance)('may accept a grant %s', async (acceptance) => {
    await start(NOT_LINKED, { acceptance });
    const grantArn = await granted(account(PAYMENTS));
    const { answer, changes } = await changesIn(create);
    expect(answer).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: grantArn, Data: { Status: 'ACTIVE' } });
    expect(changes).toEqual(['AcceptGrant', 'CreateGrantVersion']);
  });

  test.each(SWITCHES.notFound)('may say %s of a grant that is not there: its removal is a success', async (notFound) => {
    await start(LINKED, { notFound });
    const unknown = `arn:aws:license-manager::${MANAGEMENT}:grant:g-${'0'.repeat(32)}`;
    expect(await changesIn(async () => remove(unknown))).toMatchObject({ answer: { Status: 'SUCCESS', PhysicalResourceId: unknown }, changes: [] });
  });

  test('is not asked to deactivate a grant that its grantor deleted, and the log says what was found', async () => {
    await start(LINKED);
    const grantArn = await granted(account(PAYMENTS));
    await create();
    await grantor.delete(grantArn);
    expect(await changesIn(async () => remove(grantArn))).toMatchObject({ answer: { Status: 'SUCCESS' }, changes: [] });
    expect(logged().some((line) => line.includes('PENDING_DELETE'))).toBe(true);
  });
});
