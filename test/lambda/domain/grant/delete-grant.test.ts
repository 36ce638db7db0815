import { deleteGrant } from '../../../../lambda/domain/grant/delete-grant';
import { ServiceError } from '../../../../lambda/domain/service-error';
import { GRANT_ARN, grant } from '../../support/grants';
import { NotedClock } from '../../support/noted-clock';
import { ScriptedLicenseManager, refusedRequest } from '../../support/scripted-license-manager';

const MISMATCH = refusedRequest('DeleteGrant', "A grant cannot be deleted since the version provided doesn't match the latest version 7 in our records");

let licenseManager: ScriptedLicenseManager;
let clock: NotedClock;

beforeEach(() => {
  licenseManager = new ScriptedLicenseManager();
  clock = new NotedClock();
});

async function run(): Promise<void> {
  await deleteGrant({
    grantArn: GRANT_ARN, licenseManager, clock, deadline: 600_000, journal: { note: () => undefined }, clientToken: (step) => `token of ${step}`,
  });
}

test('the version that was just read is deleted', async () => {
  licenseManager.grants = [grant({ version: '4' })];
  licenseManager.deletions = [undefined];
  await run();
  expect(licenseManager.calls).toEqual(['DeleteGrant 4']);
});

test.each([undefined, 'DELETED', 'PENDING_DELETE', 'REJECTED'] as const)('a grant that is %s is done', async (status) => {
  licenseManager.grants = [status && grant({ status })];
  await run();
  expect(licenseManager.calls).toEqual([]);
});

test('a version that does not match is replaced by the one that the service names', async () => {
  licenseManager.grants = [grant({ version: '4' })];
  licenseManager.deletions = [MISMATCH, undefined];
  await run();
  expect(licenseManager.calls).toEqual(['DeleteGrant 4', 'DeleteGrant 7']);
});

test('a version that never matches fails after some attempts, in the words of the service', async () => {
  licenseManager.grants = [grant({ version: '4' })];
  licenseManager.deletions = Array(20).fill(MISMATCH);
  await expect(run()).rejects.toThrow(/latest version 7.*Next: delete the stack again/);
  expect(licenseManager.calls).toHaveLength(7);
});

test('a refusal while License Manager works on the grant is waited out', async () => {
  licenseManager.grants = [...Array(12).fill(grant({ status: 'PENDING_WORKFLOW' })), grant({ status: 'ACTIVE', version: '2' })];
  licenseManager.deletions = [...Array(12).fill(refusedRequest('DeleteGrant', 'the grant is in progress')), undefined];
  await run();
  expect(licenseManager.calls.at(-1)).toBe('DeleteGrant 2');
});

test.each(['ACTIVE', 'WORKFLOW_COMPLETED'] as const)('a grant that is %s and cannot be deleted is deactivated once, and then deleted', async (status) => {
  licenseManager.grants = [grant({ status, version: '4' }), grant({ status, version: '4' }), grant({ status: 'PENDING_WORKFLOW', version: '5' })];
  licenseManager.deletions = [refusedRequest('DeleteGrant', 'the grant is active'), refusedRequest('DeleteGrant', 'the grant is active'), undefined];
  licenseManager.versions = [{ grantArn: GRANT_ARN, status: 'PENDING_WORKFLOW', version: '5' }];
  await run();
  expect(licenseManager.calls).toEqual(['DeleteGrant 4', 'CreateGrantVersion from 4: {"status":"DISABLED"}', 'DeleteGrant 5', 'DeleteGrant 5']);
});

test('a grant that can neither be deleted nor deactivated fails in the words of the deletion', async () => {
  licenseManager.grants = [grant({ status: 'ACTIVE' })];
  licenseManager.deletions = Array(20).fill(refusedRequest('DeleteGrant', 'not now'));
  licenseManager.versions = [refusedRequest('CreateGrantVersion', 'not that either')];
  await expect(run()).rejects.toThrow(/not now.*Next: delete the stack again/);
  expect(licenseManager.calls.filter((call) => call.startsWith('CreateGrantVersion'))).toHaveLength(1);
});

test('a refusal because the grant has gone meanwhile is a success', async () => {
  licenseManager.grants = [grant(), undefined];
  licenseManager.deletions = [refusedRequest('DeleteGrant', 'grant not found')];
  await run();
  expect(licenseManager.calls).toEqual(['DeleteGrant 1']);
});

test('a missing permission is not mistaken for a grant that is gone', async () => {
  licenseManager.grants = [grant()];
  licenseManager.deletions = [new ServiceError('license-manager:DeleteGrant', GRANT_ARN, 'AccessDeniedException', 'no')];
  await expect(run()).rejects.toThrow('AccessDeniedException');
});
