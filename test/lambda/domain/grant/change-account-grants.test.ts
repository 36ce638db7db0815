import { changeAccountGrants } from '../../../../lambda/domain/grant/change-account-grants';
import type { AccountGrantChange } from '../../../../lambda/domain/grant/step';
import { ServiceError } from '../../../../lambda/domain/service-error';
import { grant } from '../../support/grants';
import { ScriptedLicenseManager, refusedRequest } from '../../support/scripted-license-manager';

/** How long License Manager takes for a call here. */
const CALL_MILLISECONDS = 100;

let licenseManager: ScriptedLicenseManager;
let now: number;

beforeEach(() => {
  now = 0;
  licenseManager = new ScriptedLicenseManager();
  const createGrantVersion = licenseManager.createGrantVersion.bind(licenseManager);
  licenseManager.createGrantVersion = async (...call) => {
    now += CALL_MILLISECONDS;
    return createGrantVersion(...call);
  };
});

function activations(count: number): AccountGrantChange[] {
  return Array.from({ length: count }, (_, index) => ({
    grant: grant({ arn: `grant ${index}`, status: 'DISABLED', granteePrincipalArn: `arn:aws:iam::${String(index).padStart(12, '0')}:root` }),
    changes: { status: 'ACTIVE' },
  }));
}

async function change(due: readonly AccountGrantChange[], deadline = Infinity, attempts = new Map()) {
  return changeAccountGrants({
    due,
    attempts,
    licenseManager,
    clock: { now: () => now, sleep: async () => undefined },
    deadline,
    journal: { note: () => undefined },
    clientToken: (step) => `token of ${step}`,
  });
}

test('each account has a token of its own, and is known by the version that was answered', async () => {
  licenseManager.versions = [{ grantArn: 'grant 0', status: 'PENDING_WORKFLOW', version: '2' }, { grantArn: 'grant 1', status: 'PENDING_WORKFLOW', version: '5' }];
  const attempts = await change(activations(2));
  expect(licenseManager.tokens).toEqual(['token of grant 0 version 1 {"status":"ACTIVE"}', 'token of grant 1 version 1 {"status":"ACTIVE"}']);
  expect([...attempts]).toEqual([
    ['grant 0', { status: 'ACTIVE', count: 1, answeredVersion: '2' }],
    ['grant 1', { status: 'ACTIVE', count: 1, answeredVersion: '5' }],
  ]);
});

test('thousands of accounts are asked for one after the other, until the time is up; the others are left for the next run', async () => {
  licenseManager.versions = Array(2_000).fill({ grantArn: 'any', status: 'PENDING_WORKFLOW', version: '2' });
  const attempts = await change(activations(2_000), 60_000);
  expect(attempts.size).toBe(600);
});

test('a refusal is kept with the state that it answers, and does not hinder the next account', async () => {
  licenseManager.versions = [refusedRequest('CreateGrantVersion', 'another license is active'), { grantArn: 'grant 1', status: 'PENDING_WORKFLOW', version: '2' }];
  const attempts = await change(activations(2), Infinity, new Map([['grant 0', { status: 'ACTIVE', count: 1 }]]));
  expect(attempts.get('grant 0')).toEqual({
    status: 'ACTIVE', count: 2, refusal: { said: 'ValidationException: another license is active', version: '1', shown: 'DISABLED' },
  });
  expect(attempts.get('grant 1')).toMatchObject({ answeredVersion: '2' });
});

test('any other error ends the run', async () => {
  licenseManager.versions = [new ServiceError('license-manager:CreateGrantVersion', 'grant 0', 'AccessDeniedException', 'not authorized')];
  await expect(change(activations(2))).rejects.toThrow('AccessDeniedException');
});
