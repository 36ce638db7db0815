import { pauseAfter } from '../backoff';
import type { Clock } from '../clock';
import { Failure } from '../failure';
import type { Journal } from '../journal';
import { isOn, readState } from './setup-state';
import type { SetupState } from './setup-state';
import type { SetupWorld } from './setup-world';
import { DELEGATING_SERVICE, describe, requiredSwitches } from './switch';
import type { Switch } from './switch';
import type { Organization } from '../organization/organization';

/** What a setup is about. */
export interface Setup {
  readonly world: SetupWorld;
  readonly clock: Clock;
  /** When to give up waiting, in milliseconds since the epoch. */
  readonly deadline: number;
  readonly journal: Journal;
  readonly delegatedAdministrator?: string;
  /** The account that the same setup registered before, if it was another one. */
  readonly previousDelegatedAdministrator?: string;
  /** Called each time something was turned on, with all that was so far. */
  readonly onTurnedOn: (organization: Organization, switches: readonly Switch[]) => void;
}

const ASKED = 'Setup of managed entitlements';

/**
 * What was turned on shows late: Organizations and IAM are eventually consistent, and AWS asks to allow a new service-linked
 * role two to three minutes (Amazon Bedrock user guide, setting up managed entitlements). Five leave room above that.
 */
const TAKES_EFFECT_MILLISECONDS = 300_000;

/** Organizations allows one list of trusted services per second and account; the pauses stay above that. */
const READING = { firstMilliseconds: 2_000, longestMilliseconds: 20_000 };

/** Turns on what is off, then reads everything back. Returns the organization. */
export async function setUp(setup: Setup): Promise<Organization> {
  const organization = await requireManagementAccount(setup);
  const switches = requiredSwitches(organization.featureSet, setup.delegatedAdministrator);
  const state = await readState(switches, setup.world);
  const missing = switches.filter((which) => !isOn(which, state));
  await makeRoomForDelegatedAdministrator(setup, state);
  await turnOnAll(missing, organization, setup);
  if (missing.length > 0) {
    await requireEffect(switches, setup);
  }
  return organization;
}

async function requireManagementAccount({ world, delegatedAdministrator }: Setup): Promise<Organization> {
  const organization = await world.organizations.describeOrganization();
  if (!organization) {
    throw new Failure(ASKED, `account ${world.accountId} is not in an organization`,
      'create an organization in AWS Organizations and deploy in its management account');
  }
  const { id, managementAccountId, featureSet } = organization;
  if (managementAccountId !== world.accountId) {
    throw new Failure(ASKED, `account ${world.accountId} is not the management account of the organization ${id}, which is ${managementAccountId}`,
      `deploy ManagedEntitlementsSetup in account ${managementAccountId}, and ManagedEntitlementsMemberSetup in this one`);
  }
  if (delegatedAdministrator !== undefined && featureSet !== 'ALL') {
    throw new Failure(ASKED, `the organization ${id} has the feature set ${featureSet}, which knows no delegated administrator`,
      'enable all features in AWS Organizations, or leave delegatedAdministrator out');
  }
  if (delegatedAdministrator === managementAccountId) {
    throw new Failure(ASKED, 'the management account cannot be the delegated administrator', 'name a member account, or leave delegatedAdministrator out');
  }
  return organization;
}

/** An organization has one delegated administrator for License Manager. Only the one of this setup may be replaced. */
async function makeRoomForDelegatedAdministrator(setup: Setup, { delegatedAdministrators }: SetupState): Promise<void> {
  const other = delegatedAdministrators.find((accountId) => accountId !== setup.delegatedAdministrator);
  if (other === undefined) {
    return;
  }
  if (other !== setup.previousDelegatedAdministrator) {
    throw new Failure(`${ASKED} with account ${setup.delegatedAdministrator} as delegated administrator`,
      `account ${other} is registered as delegated administrator of License Manager already`,
      `deregister it with 'aws organizations deregister-delegated-administrator --account-id ${other} --service-principal ${DELEGATING_SERVICE}', or name it as delegatedAdministrator`);
  }
  await setup.world.organizations.deregisterDelegatedAdministrator(other, DELEGATING_SERVICE);
  setup.journal.note('Deregistered the delegated administrator of before', { accountId: other });
}

/** One after the other: Organizations refuses concurrent changes, and allows about one per second. */
async function turnOnAll(missing: readonly Switch[], organization: Organization, setup: Setup): Promise<void> {
  const turnedOn: Switch[] = [];
  for (const which of missing) {
    if (await turnOn(which, setup.world)) {
      turnedOn.push(which);
      setup.onTurnedOn(organization, turnedOn);
      setup.journal.note('Turned on', { what: describe(which) });
    }
  }
}

/** Whether it was turned on by this; not if a service has done it meanwhile. */
async function turnOn(which: Switch, world: SetupWorld): Promise<boolean> {
  switch (which.kind) {
    case 'trusted-access':
      await world.organizations.enableTrustedAccess(which.servicePrincipal);
      return true;
    case 'service-linked-role':
      return world.serviceLinkedRoles.create(which.role);
    case 'linking':
      await world.licenseManager.setOrganizationsLinking(true, await world.licenseManager.readServiceSettings());
      return true;
    case 'delegated-administrator':
      await world.organizations.registerDelegatedAdministrator(which.accountId, DELEGATING_SERVICE);
      return true;
  }
}

async function requireEffect(switches: readonly Switch[], { world, clock, deadline, journal }: Setup): Promise<void> {
  const lastReading = Math.min(clock.now() + TAKES_EFFECT_MILLISECONDS, deadline);
  for (let attempt = 1; ; attempt += 1) {
    const state = await readState(switches, world);
    const missing = switches.filter((which) => !isOn(which, state)).map(describe);
    if (missing.length === 0) {
      return;
    }
    const pause = pauseAfter(attempt, READING);
    if (clock.now() + pause > lastReading) {
      throw new Failure(ASKED, `AWS accepted every call, and yet this is still missing: ${missing.join(', ')}`,
        'deploy again: what is there is left as it is. If it stays missing, turn it on in the settings of the License Manager console');
    }
    journal.note('Waiting for what was turned on to show', { missing });
    await clock.sleep(pause);
  }
}
