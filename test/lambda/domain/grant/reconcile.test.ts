import { ownershipTags } from '../../../../lambda/domain/grant/ownership';
import { reconcile } from '../../../../lambda/domain/grant/reconcile';
import type { Outcome, Reconciliation } from '../../../../lambda/domain/grant/reconciliation';
import { ServiceError } from '../../../../lambda/domain/service-error';
import { ACCOUNT_ARN, GRANT_ARN, MANAGEMENT_ACCOUNT, OWNER, UNIT_ARN, grant, spec } from '../../support/grants';
import { NotedClock } from '../../support/noted-clock';
import { ScriptedLicenseManager, refusedRequest } from '../../support/scripted-license-manager';

let licenseManager: ScriptedLicenseManager;
let clock: NotedClock;
let known: string[];
let notes: object[];

beforeEach(() => {
  licenseManager = new ScriptedLicenseManager();
  clock = new NotedClock();
  known = [];
  notes = [];
});

async function run(changes: Partial<Reconciliation> = {}): Promise<Outcome> {
  return reconcile({
    desired: spec(),
    owner: OWNER,
    world: {
      accountId: MANAGEMENT_ACCOUNT,
      licenseManager,
      organizations: {
        describeOrganization: async () => ({ id: 'o-exampleorg1', arn: 'arn', managementAccountId: MANAGEMENT_ACCOUNT, featureSet: 'ALL' }),
        listTrustedServices: async () => ['license-manager.amazonaws.com'],
        listAccounts: fail,
        enableTrustedAccess: fail,
        disableTrustedAccess: fail,
        listDelegatedAdministrators: fail,
        registerDelegatedAdministrator: fail,
        deregisterDelegatedAdministrator: fail,
      },
    },
    clock,
    deadline: 600_000,
    journal: { note: (notice, details) => notes.push({ notice, ...details }) },
    clientToken: (step) => `token of ${step}`,
    onGrant: (grantArn) => known.push(grantArn),
    ...changes,
  });
}

async function fail(): Promise<never> {
  throw new Error('must not be called');
}

function answer(status: 'PENDING_WORKFLOW' | 'DELETED' | 'DISABLED', version: string, grantArn = GRANT_ARN) {
  return { grantArn, status, version };
}

test('a grant is known as soon as it is created, before anything can go wrong', async () => {
  licenseManager.creations = [answer('PENDING_WORKFLOW', '1')];
  licenseManager.grants = [new Error('connection lost')];
  await expect(run()).rejects.toThrow('connection lost');
  expect(known).toEqual([GRANT_ARN]);
});

test('a grant that is not visible at once is waited for', async () => {
  licenseManager.creations = [answer('PENDING_WORKFLOW', '1')];
  licenseManager.grants = [undefined, undefined, grant()];
  expect(await run()).toMatchObject({ kind: 'settled' });
  expect(licenseManager.calls).toEqual(['CreateGrant']);
});

test('a token that is answered with a dead grant is not believed: the next creation has another token', async () => {
  const dead = GRANT_ARN.replace(/1$/, '9');
  licenseManager.creations = [answer('DELETED', '3', dead), answer('PENDING_WORKFLOW', '1')];
  licenseManager.grants = [grant()];
  expect(await run()).toMatchObject({ kind: 'settled' });
  expect(licenseManager.tokens).toEqual(['token of create 1', 'token of create 2']);
  expect(known).toEqual([GRANT_ARN]);
});

test('a grant that turns out to be dead although the answer said otherwise is made again', async () => {
  licenseManager.creations = [answer('PENDING_WORKFLOW', '1'), answer('PENDING_WORKFLOW', '1', `${GRANT_ARN}2`)];
  licenseManager.grants = [grant({ status: 'DELETED' }), grant({ arn: `${GRANT_ARN}2` })];
  expect(await run()).toMatchObject({ kind: 'settled' });
  expect(known).toEqual([GRANT_ARN, `${GRANT_ARN}2`]);
});

test('a grant that is deleted while it is worked on, as when CloudFormation has given up on the request, is not made again', async () => {
  licenseManager.creations = [answer('PENDING_WORKFLOW', '1')];
  licenseManager.grants = [grant({ status: 'PENDING_WORKFLOW' }), grant({ status: 'PENDING_DELETE' })];
  expect(await run()).toMatchObject({ kind: 'failed', why: expect.stringContaining('deleted while') });
  expect(licenseManager.calls).toEqual(['CreateGrant']);
});

test('a refused creation says what to do about it', async () => {
  licenseManager.creations = [refusedRequest('CreateGrant', 'Grantor has disabled Trusted Access to AWS License Manager Service in AWS Organizations')];
  await expect(run()).rejects.toThrow(/disabled Trusted Access.*Next: deploy ManagedEntitlementsSetup/);
  licenseManager.creations = [refusedRequest('CreateGrant', 'the name is taken')];
  await expect(run()).rejects.toThrow(/the name is taken\. Next: correct what the message names/);
  expect(known).toEqual([]);
});

test('reads that lag behind the answer to an activation do not pass for a refusal', async () => {
  licenseManager.grants = [
    grant({ status: 'DISABLED' }),
    grant({ status: 'DISABLED' }), grant({ status: 'DISABLED' }), grant({ status: 'DISABLED' }), grant({ status: 'DISABLED' }),
    grant({ status: 'ACTIVE', version: '2' }),
  ];
  licenseManager.versions = [answer('PENDING_WORKFLOW', '2')];
  expect(await run({ grantArn: GRANT_ARN })).toMatchObject({ kind: 'settled', grant: { status: 'ACTIVE' } });
  expect(licenseManager.calls).toEqual(['CreateGrantVersion from 1: {"status":"ACTIVE"}']);
});

test('an activation that does not take is believed after three reads', async () => {
  licenseManager.grants = [grant({ status: 'DISABLED' }), grant({ status: 'DISABLED', version: '2' })];
  licenseManager.versions = [answer('DISABLED', '2')];
  expect(await run({ grantArn: GRANT_ARN })).toMatchObject({ kind: 'failed', why: expect.stringContaining('stays DISABLED') });
  expect(clock.pauses).toHaveLength(2);
});

test('an activation that is refused outright fails like one that does not take', async () => {
  licenseManager.grants = [grant({ status: 'DISABLED' })];
  licenseManager.versions = [refusedRequest('CreateGrantVersion', 'another grant is active')];
  expect(await run({ grantArn: GRANT_ARN })).toMatchObject({
    kind: 'failed', why: expect.stringContaining('another grant is active'), next: expect.stringContaining('ALL_GRANTS_PERMITTED_BY_ISSUER'),
  });
});

test('a change that was overtaken by another version is planned anew from that version', async () => {
  licenseManager.grants = [grant(), grant({ version: '2' }), grant({ version: '2' }), grant({ version: '3', name: 'renamed' })];
  licenseManager.versions = [refusedRequest('CreateGrantVersion', 'source version is not the latest'), answer('PENDING_WORKFLOW', '3')];
  expect(await run({ desired: spec({ name: 'renamed' }), grantArn: GRANT_ARN })).toMatchObject({ kind: 'settled' });
  expect(licenseManager.calls).toEqual(['CreateGrantVersion from 1: {"name":"renamed"}', 'CreateGrantVersion from 2: {"name":"renamed"}']);
  expect(new Set(licenseManager.tokens).size).toBe(2);
});

test('a change that is refused without a cause to be seen is an error with what the service said', async () => {
  licenseManager.grants = [grant()];
  licenseManager.versions = [refusedRequest('CreateGrantVersion', 'the name has bad characters')];
  await expect(run({ desired: spec({ name: 'renamed' }), grantArn: GRANT_ARN })).rejects.toThrow('the name has bad characters');
});

test('the pauses grow from a second to twenty, and end before the deadline', async () => {
  licenseManager.grants = [grant({ status: 'PENDING_WORKFLOW' })];
  const outcome = await run({ grantArn: GRANT_ARN, deadline: 120_000 });
  expect(outcome).toMatchObject({ kind: 'pending', grant: { arn: GRANT_ARN } });
  expect(clock.pauses.slice(0, 6)).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 20_000]);
  expect(clock.now()).toBeLessThan(120_000);
});

test('a rejection while waiting is final', async () => {
  licenseManager.grants = [grant({ status: 'PENDING_ACCEPT' }), grant({ status: 'REJECTED' })];
  expect(await run({ grantArn: GRANT_ARN })).toMatchObject({ kind: 'failed', why: expect.stringContaining('rejected') });
  expect(licenseManager.calls).toEqual([]);
});

test('the own grant that is there already is continued with, not made again', async () => {
  licenseManager.distributed = [grant({ status: 'DELETED', arn: `${GRANT_ARN}9` }), grant()];
  licenseManager.grants = [grant()];
  expect(await run()).toMatchObject({ kind: 'settled' });
  expect(known).toEqual([GRANT_ARN]);
  expect(licenseManager.calls).toEqual([]);
});

test('somebody else\'s grant is left alone', async () => {
  licenseManager.distributed = [grant()];
  licenseManager.tags = [];
  await expect(run()).rejects.toThrow(`there is a grant already that this stack did not make: ${GRANT_ARN}`);
  expect(known).toEqual([]);
});

test('account grants that may not be listed are not verified, and the journal says so', async () => {
  const parent = grant({ granteePrincipalArn: UNIT_ARN, status: 'WORKFLOW_COMPLETED' });
  licenseManager.grants = [parent];
  licenseManager.accountGrants = [new ServiceError('license-manager:ListReceivedGrantsForOrganization', '*', 'AccessDeniedException', 'no')];
  const desired = spec({ grantee: { kind: 'ORGANIZATIONAL_UNIT', arn: UNIT_ARN } });
  expect(await run({ desired, grantArn: GRANT_ARN })).toMatchObject({ kind: 'settled' });
  expect(JSON.stringify(notes)).toContain('not verified');
});

test('the journal names what changes, without the values', async () => {
  licenseManager.grants = [grant(), grant({ version: '2', name: 'secret-name' })];
  licenseManager.versions = [answer('PENDING_WORKFLOW', '2')];
  await run({ desired: spec({ name: 'secret-name' }), grantArn: GRANT_ARN });
  expect(JSON.stringify(notes)).toContain('"changes":["name"]');
  expect(JSON.stringify(notes)).not.toContain('secret-name');
});

test('a grant of another grantee is not taken for this one', async () => {
  licenseManager.grants = [grant({ granteePrincipalArn: ACCOUNT_ARN.replace(/2/g, '3') }), grant({ arn: `${GRANT_ARN}2` })];
  licenseManager.creations = [answer('PENDING_WORKFLOW', '1', `${GRANT_ARN}2`)];
  expect(await run({ grantArn: GRANT_ARN })).toMatchObject({ kind: 'settled', grant: { arn: `${GRANT_ARN}2` } });
});

test('a grant that is refused while its predecessor is being deleted is created after that', async () => {
  licenseManager.distributed = [grant({ status: 'PENDING_DELETE' })];
  licenseManager.creations = [refusedRequest('CreateGrant', 'there is a grant already'), answer('PENDING_WORKFLOW', '1')];
  licenseManager.grants = [grant({ status: 'ACTIVE' })];
  await expect(run()).resolves.toMatchObject({ kind: 'settled' });
  expect(licenseManager.tokens).toEqual(['token of create 1', 'token of create 1']);
});

test('a grant that is refused without a predecessor in deletion fails at once', async () => {
  licenseManager.distributed = [grant({ status: 'DELETED' })];
  licenseManager.creations = [refusedRequest('CreateGrant', 'there is a grant already')];
  await expect(run()).rejects.toThrow(/there is a grant already/);
  expect(licenseManager.calls).toEqual(['CreateGrant']);
});

describe('a grant to adopt', () => {
  const desired = spec({ adoptsExisting: true, activation: { override: 'DISTRIBUTED_GRANTS_ONLY' } });

  beforeEach(() => {
    licenseManager.distributed = [grant()];
    licenseManager.grants = [grant(), grant({ version: '2', override: 'DISTRIBUTED_GRANTS_ONLY' })];
    licenseManager.versions = [answer('PENDING_WORKFLOW', '2')];
  });

  test('is asked for all that is declared, as nothing was declared about it before', async () => {
    licenseManager.tags = [];
    expect(await run({ desired })).toMatchObject({ kind: 'settled' });
    expect(licenseManager.calls).toEqual(['TagResource', 'CreateGrantVersion from 1: {"status":"ACTIVE","override":"DISTRIBUTED_GRANTS_ONLY"}']);
    expect(known).toEqual([GRANT_ARN]);
  });

  test('that somebody else has tagged meanwhile is theirs', async () => {
    licenseManager.tags = [];
    licenseManager.tag = async () => {
      licenseManager.tags = ownershipTags({ ...OWNER, logicalId: 'Other' });
    };
    await expect(run({ desired })).rejects.toThrow('belongs to the resource Other');
    expect(licenseManager.calls).toEqual([]);
    expect(known).toEqual([]);
  });

  test('is not one that failed', async () => {
    licenseManager.tags = [];
    licenseManager.distributed = [grant({ status: 'FAILED_WORKFLOW' })];
    await expect(run({ desired })).rejects.toThrow(/FAILED_WORKFLOW, which nothing brings back.*Next: delete that grant/);
    expect(licenseManager.calls).toEqual([]);
  });
});

describe('a grant at its end', () => {
  test('that cannot be deleted after it failed is reported as failed', async () => {
    licenseManager.grants = [grant({ status: 'FAILED_WORKFLOW', statusReason: 'no role' })];
    licenseManager.deletions = Array.from({ length: 10 }, () => refusedRequest('DeleteGrant', 'not now'));
    licenseManager.versions = [refusedRequest('CreateGrantVersion', 'no')];
    expect(await run({ grantArn: GRANT_ARN })).toMatchObject({ kind: 'failed', why: expect.stringContaining('FAILED_WORKFLOW (no role)') });
    expect(licenseManager.calls).not.toContain('CreateGrant');
  });

  test('of an organizational unit that failed is left, since accounts may have the license by it', async () => {
    licenseManager.grants = [grant({ status: 'FAILED_WORKFLOW', granteePrincipalArn: UNIT_ARN })];
    const desired = spec({ grantee: { kind: 'ORGANIZATIONAL_UNIT', arn: UNIT_ARN } });
    expect(await run({ desired, grantArn: GRANT_ARN })).toMatchObject({ kind: 'failed', next: expect.stringContaining('remove the grant from the app') });
    expect(licenseManager.calls).toEqual([]);
  });

  test('is made again once only in a run, if its grantee rejects it again', async () => {
    licenseManager.grants = [grant({ status: 'REJECTED' }), grant({ arn: `${GRANT_ARN}2`, status: 'PENDING_ACCEPT' }), grant({ arn: `${GRANT_ARN}2`, status: 'REJECTED' })];
    licenseManager.creations = [answer('PENDING_WORKFLOW', '1', `${GRANT_ARN}2`)];
    expect(await run({ desired: spec({ recreatesRejected: true }), grantArn: GRANT_ARN })).toMatchObject({ kind: 'failed', why: expect.stringContaining('rejected') });
    expect(licenseManager.calls).toEqual(['CreateGrant']);
  });
});
