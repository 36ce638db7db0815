import { ServiceError } from '../../../../lambda/domain/service-error';
import { setUp } from '../../../../lambda/domain/setup/set-up';
import { undo } from '../../../../lambda/domain/setup/undo';
import { NotedClock } from '../../support/noted-clock';
import { RememberedSetupWorld } from '../../support/remembered-setup-world';

const journal = { note: () => undefined };

let world: RememberedSetupWorld;
let clock: NotedClock;

beforeEach(async () => {
  world = new RememberedSetupWorld();
  clock = new NotedClock();
  await setUp({ world, clock, deadline: 850_000, journal, onTurnedOn: () => undefined });
  world.calls.length = 0;
});

async function run(): Promise<string[]> {
  return undo({ isOwn: () => true, world, clock, deadline: 850_000, journal });
}

test('each thing goes after what builds on it', async () => {
  expect(await run()).toEqual([]);
  expect(world.calls).toEqual([
    'unlink',
    'disable license-manager.amazonaws.com',
    'disable license-manager.member-account.amazonaws.com',
    'disable license-management.marketplace.amazonaws.com',
    'delete AWSServiceRoleForAWSLicenseManagerMasterAccountRole',
    'delete AWSServiceRoleForAWSLicenseManagerMemberAccountRole',
    'delete AWSServiceRoleForMarketplaceLicenseManagement',
    'delete AWSServiceRoleForAWSLicenseManagerRole',
  ]);
});

test('a role that IAM refuses to delete is kept with the reason, and so are those that it may build on', async () => {
  world.deletion = { status: 'FAILED', reason: 'it has resources' };
  const kept = await run();
  expect(kept[0]).toBe('the service-linked role AWSServiceRoleForAWSLicenseManagerMasterAccountRole (IAM refused to delete it: it has resources)');
  expect(kept).toHaveLength(4);
  expect(world.calls.filter((call) => call.startsWith('delete'))).toHaveLength(1);
});

test('a role that IAM has not deleted by the deadline is said to be on its way', async () => {
  world.deletion = { status: 'IN_PROGRESS' };
  const [first] = await run();
  expect(first).toMatch(/IAM is still deleting it/);
  expect(clock.now()).toBeLessThan(850_000);
});

test('linking that License Manager keeps keeps everything else', async () => {
  world.licenseManager.setOrganizationsLinking = async () => {
    throw new ServiceError('license-manager:UpdateServiceSettings', '*', 'ConflictException', 'busy');
  };
  const kept = await run();
  expect(kept).toHaveLength(8);
  expect(kept[0]).toMatch(/linking.*ConflictException: busy/);
  expect(world.calls).toEqual([]);
});

test('a delegated administrator that somebody else registered keeps everything', async () => {
  world.administrators.add('333333333333');
  const kept = await undo({ isOwn: ({ kind }) => kind !== 'delegated-administrator', world, clock, deadline: 850_000, journal });
  expect(kept[0]).toMatch(/333333333333.*not turned on by this setup/);
  expect(world.calls).toEqual([]);
});

test('what is off already is not turned off again', async () => {
  world.linked = false;
  await run();
  expect(world.calls).not.toContain('unlink');
});
