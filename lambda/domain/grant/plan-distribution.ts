import { conflictOf } from './account-conflict';
import { needsAccountGrants } from './account-selection';
import { differences, hasSubmitted, statusChange } from './differences';
import type { Grant } from './grant';
import type { GrantSpec } from './grant-spec';
import { isLive } from './grant-status';
import { planChanges } from './plan-account-grant';
import { planOutcome, staysActive, waitForAccounts } from './plan-outcome';
import { planSelection } from './plan-selection';
import { accountIdOf } from './principal';
import { conflictsIn, confirm, failed, settled } from './step';
import type { AccountGrants, Observed, Progress, Step } from './step';
import { UNSEEN } from './unseen-account-grants';

/**
 * The next step for a grant to an organization or organizational unit that License Manager is not working on. Its own
 * status says that distributing, activating or deactivating is over, and nothing about the outcome: that is in the grants
 * of the single accounts.
 */
export function planDistribution(desired: GrantSpec, grant: Grant, observed: Observed, progress: Progress): Step {
  const { accountGrants, accounts } = observed;
  if (desired.activation.mode === 'BY_GRANTEE') {
    return planChanges(desired, grant, progress);
  }
  if (accountGrants === undefined) {
    return { kind: 'read-account-grants' };
  }
  if (typeof accountGrants === 'string') {
    return planUnseen(desired, grant, accountGrants, progress);
  }
  const standing = standingAmong(accountGrants);
  const counted = standing.filter((each) => counts(each, accounts));
  const step = desired.activation.accounts
    ? planSelection(desired, grant, { ...observed, standing, counted }, desired.activation.accounts, progress)
    : planWhole(desired, grant, counted, observed, progress);
  // Which accounts are active is asked only when one is in the way: it takes a call for each twenty accounts of the organization.
  return accounts === undefined && conflictsIn(step).length > 0 ? { kind: 'read-accounts' } : step;
}

/** What each account has of the grant. One that rejected its part has none, and gets no other. */
function standingAmong(accountGrants: readonly Grant[]): readonly Grant[] {
  const live = accountGrants.filter(({ status }) => isLive(status));
  const holders = new Set(live.map(({ granteePrincipalArn }) => granteePrincipalArn));
  const rejected = accountGrants.filter(({ status, granteePrincipalArn }) => status === 'REJECTED' && !holders.has(granteePrincipalArn));
  return [...live, ...rejected];
}

/** Accounts that are suspended, are being closed or have left cannot be helped. */
function counts({ granteePrincipalArn }: Grant, accounts: Observed['accounts']): boolean {
  return accounts === undefined || accounts === 'NOT_PERMITTED'
    || accounts.some(({ id, isActive }) => isActive && id === accountIdOf(granteePrincipalArn));
}

function planWhole(desired: GrantSpec, grant: Grant, counted: readonly Grant[], { attempts }: Observed, progress: Progress): Step {
  const pending = counted.filter(({ status }) => status === 'PENDING_WORKFLOW' || status === 'PENDING_ACCEPT');
  if (pending.length > 0) {
    return waitForAccounts(pending, counted.length, pending.filter(({ arn }) => !attempts?.has(arn)));
  }
  return desired.activation.mode === 'ACTIVE'
    ? planActivation(desired, grant, counted, progress)
    : planDeactivation(desired, grant, counted, attempts, progress);
}

function planActivation(desired: GrantSpec, grant: Grant, counted: readonly Grant[], progress: Progress): Step {
  const { activation } = desired;
  const inactive = counted.filter(({ status }) => status !== 'ACTIVE').map((each) => conflictOf(each));
  const activeCount = counted.length - inactive.length;
  if (hasSubmitted(progress, 'ACTIVE')) {
    const outcome = planRest(desired, grant, progress, remarkOnAbsence(counted) ?? planOutcome(activation, { activeCount, inactive }));
    // The account grants may lag behind the grant that they belong to.
    return activeCount > 0 && inactive.length === 0 ? outcome : confirm(outcome);
  }
  const isInactive = inactive.some(({ status }) => status !== 'REJECTED') && (activeCount === 0 || activation.onConflict === 'FAIL');
  // An organizational unit without accounts has to be activated as well: accounts that join later follow its grant.
  if (isNewlyWanted(desired, progress) || isInactive) {
    return { kind: 'change', changes: { ...differences(desired, grant), ...statusChange(desired, 'ACTIVE') } };
  }
  return planRest(desired, grant, progress, remarkOnAbsence(counted) ?? planOutcome(activation, { activeCount, inactive }));
}

function planDeactivation(
  desired: GrantSpec, grant: Grant, counted: readonly Grant[], attempts: Observed['attempts'], progress: Progress,
): Step {
  const active = counted.filter(({ status }) => status === 'ACTIVE');
  if (hasSubmitted(progress, 'DISABLED')) {
    // Accounts that were activated one by one: nobody documents that they follow the organization's grant.
    const due = active.filter(({ arn }) => !attempts?.has(arn)).map((each) => ({ grant: each, changes: statusChange(desired, 'DISABLED') }));
    if (active.length === 0) {
      return planChanges(desired, grant, progress);
    }
    return confirm(due.length > 0 ? { kind: 'change-account-grants', due } : staysActive(active.map((each) => conflictOf(each, attempts?.get(each.arn)?.refusal?.said))));
  }
  // A new grant starts inactive; an older one may still activate itself in accounts that join later.
  if (active.length > 0 || (desired.activation.changed && !progress.created)) {
    return { kind: 'change', changes: { ...differences(desired, grant), ...statusChange(desired, 'DISABLED') } };
  }
  return planChanges(desired, grant, progress);
}

/** Without a look at the account grants, submitting what was newly asked for is all that can be done. */
function planUnseen(desired: GrantSpec, grant: Grant, unseen: Extract<AccountGrants, string>, progress: Progress): Step {
  const { why, cure } = UNSEEN[unseen];
  if (needsAccountGrants(desired.activation)) {
    return failed(why, cure);
  }
  const status = desired.activation.mode === 'ACTIVE' ? 'ACTIVE' : 'DISABLED';
  const newGrantStartsSo = status === 'DISABLED' && progress.created;
  if (isNewlyWanted(desired, progress) && !newGrantStartsSo && !hasSubmitted(progress, status)) {
    return { kind: 'change', changes: { ...differences(desired, grant), ...statusChange(desired, status) } };
  }
  return planRest(desired, grant, progress, settled([`${why}: their status was not verified`]));
}

function isNewlyWanted(desired: GrantSpec, progress: Progress): boolean {
  return desired.activation.changed || progress.created;
}

/** What is left to change about the grant itself comes before the outcome in its accounts, unless that is a failure. */
function planRest(desired: GrantSpec, grant: Grant, progress: Progress, outcome: Step): Step {
  const step = planChanges(desired, grant, progress);
  return step.kind === 'settled' || outcome.kind === 'failed' ? outcome : step;
}

function remarkOnAbsence(counted: readonly Grant[]): Step | undefined {
  return counted.length === 0 ? settled(['no account has the grant yet']) : undefined;
}
