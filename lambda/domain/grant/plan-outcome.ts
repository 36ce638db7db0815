import { conflictOf, describeConflicts } from './account-conflict';
import type { AccountConflict } from './account-conflict';
import type { Grant } from './grant';
import type { Activation } from './grant-spec';
import { activationRefused } from './plan-account-grant';
import { DEPLOY_WITH_MORE_TIME, failed, settled, wait } from './step';
import type { Step } from './step';

/** Grants of single accounts that were activated together. */
export interface Activated {
  readonly activeCount: number;
  readonly inactive: readonly AccountConflict[];
}

const ACTIVE_NOWHERE = 'look whether these accounts are linked and have the service-linked roles (ManagedEntitlementsSetup), and whether the license is '
  + 'available. If each of them has another active grant or subscription for the product, deactivate that one, let '
  + 'ActivationOverride.ALL_GRANTS_PERMITTED_BY_ISSUER replace it where its issuer permits that, or keep the account out with `except`';

/**
 * What becomes of an activation that is over in all accounts. One that took effect nowhere is a failure, also where conflicts are only reported:
 * then the account's other license is the less likely cause, and nobody got what was asked for.
 */
export function planOutcome(activation: Activation, { activeCount, inactive }: Activated): Step {
  const { onConflict } = activation;
  if (inactive.length === 0) {
    return settled();
  }
  if (inactive.every(({ status }) => status === 'REJECTED')) {
    return planRejection({ activeCount, inactive }, onConflict);
  }
  if (activeCount === 0) {
    return failed(`no account grant became active: ${describeConflicts(inactive)}`, ACTIVE_NOWHERE, inactive);
  }
  if (onConflict === 'FAIL') {
    const why = `it did not become active in ${inactive.length} of ${activeCount + inactive.length} accounts: ${describeConflicts(inactive)}`;
    return { ...activationRefused(activation, why, inactive), isPartial: true };
  }
  return settled([`not active, most likely because the account has another active grant of the product: ${describeConflicts(inactive)}`], inactive);
}

/** Nothing that a deployment does brings the part of such an account back. */
function planRejection({ activeCount, inactive }: Activated, onConflict: Activation['onConflict']): Step {
  const rejected = `rejected by ${inactive.length} of ${activeCount + inactive.length} accounts, which is final: ${describeConflicts(inactive)}`;
  return onConflict === 'FAIL' || activeCount === 0
    ? failed(rejected, 'agree with these accounts, then give each a grant of its own with Grantee.account(), or keep them out with `except`', inactive)
    : settled([rejected], inactive);
}

export function staysActive(conflicts: readonly AccountConflict[]): Step {
  return failed(`account grants stay active after the deactivation was submitted: ${describeConflicts(conflicts)}`,
    'check whether the grantees activate them again, then deploy again', conflicts);
}

/** @param blamed those that are pending without this run having asked for anything */
export function waitForAccounts(pending: readonly Grant[], liveCount: number, blamed: readonly Grant[]): Step {
  const why = `${describeConflicts(unacceptedFirst(pending).map((grant) => conflictOf(grant)))} of ${liveCount} account grants still pending`;
  const conflicts = blamed.map((grant) => conflictOf(grant));
  return pending.some(isUnaccepted) ? { kind: 'wait-for-acceptance', inAccounts: why, conflicts } : wait(why, DEPLOY_WITH_MORE_TIME, conflicts);
}

/** Only some are described, and the others are a matter of time. */
function unacceptedFirst(pending: readonly Grant[]): Grant[] {
  return [...pending.filter(isUnaccepted), ...pending.filter((grant) => !isUnaccepted(grant))];
}

function isUnaccepted({ status }: Grant): boolean {
  return status === 'PENDING_ACCEPT';
}
