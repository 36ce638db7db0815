import { setUp } from '../../../../lambda/domain/setup/set-up';
import { nameOf } from '../../../../lambda/domain/setup/switch';
import type { Switch } from '../../../../lambda/domain/setup/switch';
import { NotedClock } from '../../support/noted-clock';
import { ORGANIZATION, RememberedSetupWorld } from '../../support/remembered-setup-world';

const MARKETPLACE_ROLE = 'AWSServiceRoleForMarketplaceLicenseManagement';

let world: RememberedSetupWorld;
let clock: NotedClock;
let turnedOn: readonly Switch[];

beforeEach(() => {
  world = new RememberedSetupWorld();
  clock = new NotedClock();
  turnedOn = [];
});

async function run(): Promise<unknown> {
  return setUp({
    world,
    clock,
    deadline: 850_000,
    journal: { note: () => undefined },
    onTurnedOn: (_, switches) => {
      turnedOn = [...switches];
    },
  });
}

test('what shows late is waited for', async () => {
  world.readsThatLag = 4;
  expect(await run()).toEqual(ORGANIZATION);
  expect(clock.pauses).toEqual([2_000, 4_000, 8_000]);
});

test('what does not show within five minutes is named', async () => {
  world.readsThatLag = 1_000;
  await expect(run()).rejects.toThrow(/still missing: trusted access for license-manager.amazonaws.com, trusted access for license-manager.member-account/);
  expect(clock.now()).toBeGreaterThan(240_000);
  expect(clock.now()).toBeLessThanOrEqual(300_000);
});

test('a role that a service created meanwhile is not counted as turned on by this setup', async () => {
  world.rolesTaken.add(MARKETPLACE_ROLE);
  await run();
  expect(turnedOn.map(nameOf)).toEqual([
    'trusted-access:license-manager', 'trusted-access:license-manager.member-account', 'trusted-access:license-management.marketplace',
    'service-linked-role:license-manager', 'service-linked-role:license-manager.master-account', 'service-linked-role:license-manager.member-account',
    'linking',
  ]);
});

test('what was turned on before a call failed is known', async () => {
  world.serviceLinkedRoles.create = async () => { throw new Error('no'); };
  await expect(run()).rejects.toThrow('no');
  expect(turnedOn).toHaveLength(3);
});
