import { pauseAfter } from '../backoff';
import type { Clock } from '../clock';
import { isLive } from '../grant/grant-status';
import type { Journal } from '../journal';
import { ServiceError } from '../service-error';
import type { ServiceLinkedRole } from './service-linked-role';
import { isOn, readState } from './setup-state';
import type { SetupWorld } from './setup-world';
import { DELEGATING_SERVICE, describe, undoableSwitches } from './switch';
import type { Switch } from './switch';

/** What undoing a setup is about. */
export interface Undoing {
  /** Whether the setup itself turned it on. */
  readonly isOwn: (which: Switch) => boolean;
  readonly world: SetupWorld;
  readonly clock: Clock;
  /** When to give up waiting, in milliseconds since the epoch. */
  readonly deadline: number;
  readonly journal: Journal;
}

/** IAM deletes a service-linked role in the background, for some seconds as a rule. */
const PAUSES = { firstMilliseconds: 2_000, longestMilliseconds: 20_000 };

/**
 * Turns off what the setup turned on, as far as nothing that stays may need it, and returns what was kept with the reason.
 * Each switch builds on those that come later in the order, so once one stays, so do all that follow.
 */
export async function undo(undoing: Undoing): Promise<string[]> {
  const { world, journal } = undoing;
  const switches = await listSwitches(world);
  const state = await readState(switches, world);
  const stillNeeded = await describeLiveGrants(world);
  const kept: string[] = [];
  for (const which of switches.filter((candidate) => isOn(candidate, state))) {
    const why = stillNeeded ?? reasonToKeep(which, kept, undoing) ?? await turnOff(which, undoing);
    if (why !== undefined) {
      kept.push(`${describe(which)} (${why})`);
    }
    journal.note(why === undefined ? 'Turned off' : 'Kept', { what: describe(which), why });
  }
  return kept;
}

async function listSwitches(world: SetupWorld): Promise<readonly Switch[]> {
  const organization = await world.organizations.describeOrganization();
  return organization?.featureSet === 'ALL'
    ? undoableSwitches('ALL', await world.organizations.listDelegatedAdministrators(DELEGATING_SERVICE))
    : undoableSwitches('CONSOLIDATED_BILLING', []);
}

async function describeLiveGrants(world: SetupWorld): Promise<string | undefined> {
  const live = (await world.licenseManager.listDistributedGrants({})).filter(({ status }) => isLive(status));
  return live.length === 0 ? undefined : `needed by ${live.length} distributed grants, ${live[0].arn} among them`;
}

function reasonToKeep(which: Switch, kept: readonly string[], { isOwn }: Undoing): string | undefined {
  if (!isOwn(which)) {
    return 'not turned on by this setup';
  }
  return kept.length > 0 ? 'may be needed by what else was kept' : undefined;
}

/** Why the service keeps it, nothing if it is off. */
async function turnOff(which: Switch, undoing: Undoing): Promise<string | undefined> {
  const { organizations, licenseManager } = undoing.world;
  try {
    switch (which.kind) {
      case 'delegated-administrator':
        await organizations.deregisterDelegatedAdministrator(which.accountId, DELEGATING_SERVICE);
        return undefined;
      case 'linking':
        await licenseManager.setOrganizationsLinking(false, await licenseManager.readServiceSettings());
        return undefined;
      case 'trusted-access':
        await organizations.disableTrustedAccess(which.servicePrincipal);
        return undefined;
      case 'service-linked-role':
        return await deleteRole(which.role, undoing);
    }
  } catch (error) {
    if (error instanceof ServiceError) {
      return error.message;
    }
    throw error;
  }
}

async function deleteRole(role: ServiceLinkedRole, { world, clock, deadline }: Undoing): Promise<string | undefined> {
  const taskId = await world.serviceLinkedRoles.beginDeletion(role);
  for (let attempt = 1; ; attempt += 1) {
    const { status, reason } = await world.serviceLinkedRoles.readDeletion(taskId);
    if (status === 'SUCCEEDED') {
      return undefined;
    }
    if (status === 'FAILED') {
      return `IAM refused to delete it: ${reason ?? 'it gave no reason'}`;
    }
    const pause = pauseAfter(attempt, PAUSES);
    if (clock.now() + pause >= deadline) {
      return 'IAM is still deleting it';
    }
    await clock.sleep(pause);
  }
}
