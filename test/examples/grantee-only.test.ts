import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthesize } from '../../scripts/demo/synthesize';
import { StackResult } from '../../simulator/cloudformation/stack-result';
import { Rehearsal } from '../../simulator/rehearsal';
import { LicenseAdministrator } from '../support/license-administrator';
import { EXAMPLE_ORGANIZATION } from '../support/rehearsed-stacks';
import { watched } from '../support/watched';

/** Syntheses and functions in processes of their own. */
const TIMEOUT_MILLISECONDS = 5 * 60 * 1000;

let folder: string;
let rehearsal: Rehearsal;
let grantor: LicenseAdministrator;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cdk-managed-entitlements-'));
  // The organization is not linked, so that the account has to accept for itself.
  rehearsal = await Rehearsal.start({ organization: { ...EXAMPLE_ORGANIZATION, serviceLinkedRoles: { 111111111111: ['license-management.marketplace.amazonaws.com'] } } });
  grantor = new LicenseAdministrator(rehearsal.aws.endpoint);
});

afterAll(async () => {
  await rehearsal.stop();
  rmSync(folder, { recursive: true });
});

async function deploy(name: string, context: Record<string, unknown>): Promise<StackResult> {
  const assembly = join(folder, name);
  synthesize('grantee-only', context, assembly);
  const [result] = await watched(rehearsal.aws, async () => rehearsal.deploy(assembly));
  return result;
}

test('an account takes up a grant that arrives while it is deployed, leaves it to others, takes it up again, and gives it up with the stack', async () => {
  let grantArn = '';
  const status = () => rehearsal.aws.grants().find((grant) => grant.grantArn === grantArn)?.status;

  rehearsal.clock.schedule(60_000, async () => {
    const timeStands = rehearsal.clock.hold();
    grantArn = await grantor.grant('arn:aws:iam::222222222222:root');
    timeStands();
  });
  expect(await deploy('created', {})).toMatchObject({ status: 'CREATE_COMPLETE' });
  expect(status()).toBe('ACTIVE');

  expect(await deploy('accepted-only', { active: false })).toMatchObject({ status: 'UPDATE_COMPLETE' });
  expect(status()).toBe('ACTIVE');
  await grantor.switch(grantArn, 'DISABLED');
  expect(await deploy('active-again', {})).toMatchObject({ status: 'UPDATE_COMPLETE' });
  expect(status()).toBe('ACTIVE');

  const [destroyed] = await watched(rehearsal.aws, async () => rehearsal.destroy(join(folder, 'created')));
  expect(destroyed).toMatchObject({ status: 'DELETE_COMPLETE' });
  expect(status()).toBe('DISABLED');
  expect(rehearsal.aws.permissions!).toMatchObject({ denied: [], unchecked: [] });
}, TIMEOUT_MILLISECONDS);
