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
let people: LicenseAdministrator;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cdk-managed-entitlements-'));
  rehearsal = await Rehearsal.start({
    organization: { ...EXAMPLE_ORGANIZATION, linked: true, trustedServices: ['license-management.marketplace.amazonaws.com'] },
  });
  people = new LicenseAdministrator(rehearsal.aws.endpoint, { pass: (milliseconds) => rehearsal.pass(milliseconds) });
});

afterAll(async () => {
  await rehearsal.stop();
  rmSync(folder, { recursive: true });
});

async function deploy(name: string, context: Record<string, unknown>): Promise<StackResult> {
  const assembly = join(folder, name);
  synthesize('adoption-of-a-console-grant', context, assembly);
  const [result] = await watched(rehearsal.aws, async () => rehearsal.deploy(assembly));
  return result;
}

test('a grant that was made in the console is adopted, changed, repaired, left with the end of the stack, and adopted again', async () => {
  const console = await people.grant('arn:aws:iam::222222222222:root', { tags: { team: 'platform' } });
  const grant = () => rehearsal.aws.grants().find(({ grantArn }) => grantArn === console);
  const grants = () => rehearsal.aws.grants().filter(({ ownerAccountId, status }) => ownerAccountId === '222222222222' && status !== 'DELETED');

  expect(await deploy('created', {})).toMatchObject({ status: 'CREATE_COMPLETE', outputs: { GrantArn: console } });
  expect(grant()).toMatchObject({ name: 'Linux for payments', status: 'ACTIVE' });

  expect(await deploy('renamed', { grantName: 'Linux' })).toMatchObject({ status: 'UPDATE_COMPLETE' });
  expect(grant()).toMatchObject({ name: 'Linux', status: 'ACTIVE' });

  await people.switch(console, 'DISABLED');
  expect(await deploy('looked-at', { grantName: 'Linux', lookAgain: 'today' })).toMatchObject({ status: 'UPDATE_COMPLETE' });
  expect(grant()).toMatchObject({ name: 'Linux', status: 'ACTIVE' });

  const [destroyed] = await watched(rehearsal.aws, async () => rehearsal.destroy(join(folder, 'looked-at')));
  expect(destroyed).toMatchObject({ status: 'DELETE_COMPLETE' });
  expect(grant()).toMatchObject({ name: 'Linux', status: 'ACTIVE' });
  expect(await people.tagsOf(console)).toEqual({ team: 'platform' });

  expect(await deploy('again', {})).toMatchObject({ status: 'CREATE_COMPLETE', outputs: { GrantArn: console } });
  expect(grants()).toHaveLength(1);
  expect(rehearsal.aws.permissions!).toMatchObject({ denied: [], unchecked: [] });
}, TIMEOUT_MILLISECONDS);
