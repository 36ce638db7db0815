import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthesize } from '../../scripts/demo/synthesize';
import { Rehearsal } from '../../simulator/rehearsal';
import { StackStatus } from '../../simulator/services/cloudformation/stack-status';
import { GrantReport } from '../../simulator/simulated-aws';
import { EXAMPLE_ORGANIZATION, MANAGEMENT_ACCOUNT } from '../support/rehearsed-stacks';
import { watched } from '../support/watched';

const PAYMENTS = '222222222222';
const SHARED = '333333333333';
/** Bought the product itself. */
const SANDBOX = '444444444444';
const WEB = '555555555555';
const NEWCOMER = '777777777777';

/** Five deployments, each with a synthesis in a process of its own. */
const TIMEOUT_MILLISECONDS = 5 * 60 * 1000;

/** Longer than License Manager takes for a newcomer, and for a deletion. */
const LOOK_AFTER_MILLISECONDS = 10 * 60 * 1000;

let folder: string;
let rehearsal: Rehearsal;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cdk-managed-entitlements-example-'));
  rehearsal = await Rehearsal.start({ organization: EXAMPLE_ORGANIZATION });
});

afterAll(async () => {
  await rehearsal.stop();
  rmSync(folder, { recursive: true });
});

async function deploy(name: string, context: Readonly<Record<string, unknown>> = {}): Promise<StackStatus> {
  const assembly = join(folder, name);
  synthesize('organization-with-exceptions', context, assembly);
  const [{ status }] = await watched(rehearsal.aws, async () => rehearsal.deploy(assembly));
  return status;
}

/** The accounts in which the organization's grant is active. */
function activeAccounts(): string[] {
  return rehearsal.aws.grants()
    .filter(({ grantorAccountId, ownerAccountId, status }) => grantorAccountId === MANAGEMENT_ACCOUNT && ownerAccountId !== undefined && status === 'ACTIVE')
    .map(({ ownerAccountId }) => ownerAccountId!).sort();
}

function ownLicenseOfSandbox(): string {
  const isOwn = (grant: GrantReport) => grant.ownerAccountId === SANDBOX && grant.grantorAccountId !== MANAGEMENT_ACCOUNT;
  return rehearsal.aws.grants().find(isOwn)!.status;
}

test('a grant to the organization lives with its exceptions, and with an account that joins later', async () => {
  expect(await deploy('created')).toBe('CREATE_COMPLETE');
  expect([activeAccounts(), ownLicenseOfSandbox()]).toEqual([[PAYMENTS, SHARED, WEB], 'ACTIVE']);

  rehearsal.aws.organization!.join(
    { id: NEWCOMER, name: 'newcomer', parentId: 'ou-ex01-workload', state: 'ACTIVE', tags: {} }, rehearsal.clock.now(),
  );
  await rehearsal.pass(LOOK_AFTER_MILLISECONDS);
  expect(activeAccounts()).toEqual([PAYMENTS, SHARED, WEB]);
  expect(await deploy('newcomer-included', { reason: 'Accounts as of July' })).toBe('UPDATE_COMPLETE');
  expect(activeAccounts()).toEqual([PAYMENTS, SHARED, WEB, NEWCOMER]);

  const before = rehearsal.aws.calls.length;
  expect(await deploy('exceptions-changed', { reason: 'Accounts as of July', except: [SANDBOX, WEB] })).toBe('UPDATE_COMPLETE');
  expect([activeAccounts(), ownLicenseOfSandbox()]).toEqual([[PAYMENTS, SHARED, NEWCOMER], 'ACTIVE']);
  expect(rehearsal.aws.calls.slice(before).filter(({ operation }) => operation === 'CreateGrantVersion')).toHaveLength(1);

  expect(await deploy('mistyped', { reason: 'Accounts as of July', except: [SANDBOX, '555555555556'] })).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(activeAccounts()).toEqual([PAYMENTS, SHARED, NEWCOMER]);

  expect(await deploy('without-exceptions', { reason: 'Accounts as of July', except: [] })).toBe('UPDATE_COMPLETE');
  expect([activeAccounts(), ownLicenseOfSandbox()]).toEqual([[PAYMENTS, SHARED, SANDBOX, WEB, NEWCOMER], 'DISABLED']);

  const [{ status }] = await watched(rehearsal.aws, async () => rehearsal.destroy(join(folder, 'without-exceptions')));
  await rehearsal.pass(LOOK_AFTER_MILLISECONDS);
  expect([status, activeAccounts()]).toEqual(['DELETE_COMPLETE', []]);
  expect(rehearsal.aws.permissions!.denied).toEqual([]);
}, TIMEOUT_MILLISECONDS);
