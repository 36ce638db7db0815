import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthesize } from '../../scripts/demo/synthesize';
import { Rehearsal } from '../../simulator/rehearsal';
import { EXAMPLE_ORGANIZATION } from '../support/rehearsed-stacks';
import { watched } from '../support/watched';

let rehearsal: Rehearsal;
let folder: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cdk-managed-entitlements-'));
  rehearsal = await Rehearsal.start({ organization: EXAMPLE_ORGANIZATION });
});

afterEach(async () => {
  await rehearsal.stop();
  rmSync(folder, { recursive: true });
});

async function deploy(name: string, context: Record<string, unknown>): Promise<string[]> {
  synthesize('cross-account-acceptance', context, join(folder, name));
  const results = await watched(rehearsal.aws, async () => rehearsal.deploy(join(folder, name)));
  return results.map(({ stackName, status }) => `${stackName} ${status}`);
}

function grants(): string[] {
  return rehearsal.aws.grants()
    .filter(({ ownerAccountId, status }) => ownerAccountId === '555555555555' && !['DELETED', 'PENDING_DELETE'].includes(status))
    .map(({ grantorAccountId, status }) => `by ${grantorAccountId}: ${status}`);
}

test('a member grants to another one, with the acceptance of its deployment, and takes the grant back', async () => {
  expect(await deploy('created', {})).toEqual(['Member CREATE_COMPLETE', 'Grantor CREATE_COMPLETE']);
  expect(grants()).toEqual(['by 444444444444: ACTIVE']);

  expect(await deploy('disabled', { active: false, externalId: 'other-id' })).toEqual(['Member UPDATE_COMPLETE', 'Grantor UPDATE_COMPLETE']);
  expect(grants()).toEqual(['by 444444444444: DISABLED']);

  const destroyed = await watched(rehearsal.aws, async () => rehearsal.destroy(join(folder, 'disabled')));
  expect(destroyed.map(({ stackName, status }) => `${stackName} ${status}`)).toEqual(['Grantor DELETE_COMPLETE', 'Member DELETE_COMPLETE']);
  expect(grants()).toEqual([]);
  expect(rehearsal.aws.calls.filter(({ operation }) => operation === 'AcceptGrant')).toHaveLength(1);
  expect(rehearsal.aws.permissions!).toMatchObject({ denied: [], unchecked: [] });
});
