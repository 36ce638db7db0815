import type { SetupWorld } from './setup-world';
import { DELEGATING_SERVICE } from './switch';
import type { Switch } from './switch';

/** What is on. */
export interface SetupState {
  readonly trustedServices: readonly string[];
  readonly roleNames: readonly string[];
  readonly linked: boolean;
  readonly delegatedAdministrators: readonly string[];
}

/** Reads as much as these switches are about, and nothing else. */
export async function readState(switches: readonly Switch[], world: SetupWorld): Promise<SetupState> {
  const concerns = (kind: Switch['kind']): boolean => switches.some((which) => which.kind === kind);
  return {
    trustedServices: concerns('trusted-access') ? await world.organizations.listTrustedServices() : [],
    roleNames: await readRoles(switches, world),
    linked: concerns('linking') && (await world.licenseManager.readServiceSettings()).linked,
    delegatedAdministrators: concerns('delegated-administrator') ? await world.organizations.listDelegatedAdministrators(DELEGATING_SERVICE) : [],
  };
}

export function isOn(which: Switch, state: SetupState): boolean {
  switch (which.kind) {
    case 'trusted-access':
      return state.trustedServices.includes(which.servicePrincipal);
    case 'service-linked-role':
      return state.roleNames.includes(which.role.name);
    case 'linking':
      return state.linked;
    case 'delegated-administrator':
      return state.delegatedAdministrators.includes(which.accountId);
  }
}

async function readRoles(switches: readonly Switch[], world: SetupWorld): Promise<string[]> {
  const names: string[] = [];
  for (const which of switches) {
    if (which.kind === 'service-linked-role' && await world.serviceLinkedRoles.exists(which.role)) {
      names.push(which.role.name);
    }
  }
  return names;
}
