import { reconcile } from '../../../../lambda/domain/grant/reconcile';
import type { Outcome, Reconciliation } from '../../../../lambda/domain/grant/reconciliation';
import { NOTHING_DONE } from '../../../../lambda/domain/grant/step';
import type { Progress } from '../../../../lambda/domain/grant/step';
import { GRANT_ARN, MANAGEMENT_ACCOUNT, OWNER, grant, spec } from '../../support/grants';
import { NotedClock } from '../../support/noted-clock';
import { RememberedSetupWorld } from '../../support/remembered-setup-world';
import { ScriptedLicenseManager } from '../../support/scripted-license-manager';

let licenseManager: ScriptedLicenseManager;

beforeEach(() => {
  licenseManager = new ScriptedLicenseManager();
});

async function run(deadline: number, changes: Partial<Reconciliation> = {}): Promise<Outcome> {
  const clock = new NotedClock();
  return reconcile({
    desired: spec(),
    owner: OWNER,
    world: { accountId: MANAGEMENT_ACCOUNT, licenseManager, organizations: new RememberedSetupWorld().organizations as never },
    clock,
    deadline,
    journal: { note: () => undefined },
    clientToken: (step) => `token of ${step}`,
    onGrant: () => undefined,
    continues: true,
    ...changes,
  });
}

async function resume(progress: Progress): Promise<Outcome> {
  return run(30_000, { grantArn: GRANT_ARN, resumed: { attempts: [], ...progress }, mayCreate: false });
}

async function progressOf(outcome: Promise<Outcome>): Promise<Progress> {
  const { kind, progress } = await outcome as { kind: string; progress: Progress };
  expect(kind).toBe('pending');
  // On its way through a workflow.
  return JSON.parse(JSON.stringify(progress));
}

describe('a run that another one goes on with', () => {
  test('says how far it came, with the ARN of the grant', async () => {
    licenseManager.creations = [{ grantArn: GRANT_ARN, status: 'PENDING_WORKFLOW', version: '1' }];
    licenseManager.grants = [undefined];
    expect(await run(10_000)).toMatchObject({ kind: 'pending', grantArn: GRANT_ARN, progress: { created: true, answeredVersion: '1' } });
  });

  test('believes nothing to be final for lack of time', async () => {
    licenseManager.grants = [grant({ status: 'DISABLED' }), grant({ status: 'DISABLED', version: '2' })];
    licenseManager.versions = [{ grantArn: GRANT_ARN, status: 'PENDING_WORKFLOW', version: '2' }];
    expect(await run(2_500, { grantArn: GRANT_ARN })).toMatchObject({ kind: 'pending', why: expect.stringContaining('may not be final') });
  });
});

describe('a run that goes on', () => {
  test('makes a change once, whatever run it is seen by', async () => {
    licenseManager.grants = [grant({ status: 'DISABLED' }), grant({ status: 'PENDING_WORKFLOW', version: '2' })];
    licenseManager.versions = [{ grantArn: GRANT_ARN, status: 'PENDING_WORKFLOW', version: '2' }];
    const progress = await progressOf(run(10_000, { grantArn: GRANT_ARN }));

    licenseManager.grants = [grant({ status: 'DISABLED', version: '2' })];
    expect(await resume(progress)).toMatchObject({ kind: 'failed', why: expect.stringContaining('stays DISABLED') });
    expect(licenseManager.calls).toHaveLength(1);
  });

  test('waits for a grant that was created and is not visible yet', async () => {
    licenseManager.grants = [undefined];
    expect(await resume({ ...NOTHING_DONE, creations: 1, created: true })).toMatchObject({ kind: 'pending', grantArn: GRANT_ARN });
  });

  test.each<[string, Progress, Parameters<typeof grant>[0] | undefined]>([
    ['was deleted', NOTHING_DONE, { status: 'DELETED' }],
    ['is being deleted', NOTHING_DONE, { status: 'PENDING_DELETE' }],
    ['was there and is not any more', { ...NOTHING_DONE, created: true, seenAlive: true }, undefined],
    ['was found, not created', NOTHING_DONE, undefined],
  ])('ends where the grant %s, after three reads, and creates none', async (_, progress, shown) => {
    licenseManager.grants = [shown && grant(shown)];
    licenseManager.distributed = [grant({ arn: `${GRANT_ARN}2` })];
    expect(await resume(progress)).toMatchObject({ kind: 'gone' });
    expect(licenseManager.calls).toEqual([]);
  });

  test('is not misled by one read that shows an earlier state', async () => {
    licenseManager.grants = [undefined, grant()];
    expect(await resume({ ...NOTHING_DONE, seenAlive: true })).toMatchObject({ kind: 'settled' });
  });
});
