import { conflictOf } from './account-conflict';
import { isSelected } from './account-selection';
import type { AccountSelection } from './account-selection';
import { wasOvertaken } from './attempts';
import type { Attempt } from './attempts';
import { statusChange } from './differences';
import { isOlderVersion } from './grant';
import type { Grant } from './grant';
import type { GrantSpec } from './grant-spec';
import { planChanges } from './plan-account-grant';
import { planOutcome, staysActive, waitForAccounts } from './plan-outcome';
import { accountIdOf } from './principal';
import { confirm, failed, settled } from './step';
import type { AccountGrantChange, Observed, Progress, Step } from './step';

interface ObservedAccounts extends Observed {
  /** The account grants that are not deleted. */
  readonly standing: readonly Grant[];
  /** Those of them whose accounts are active, as far as that is known. */
  readonly counted: readonly Grant[];
}

/** The grant of an account, what it is to be, and how far it got. */
interface AccountState {
  readonly grant: Grant;
  readonly wanted: 'ACTIVE' | 'DISABLED';
  readonly attempt?: Attempt;
  readonly progress: 'done' | 'pending' | 'due' | 'stuck';
}

/**
 * The next step for a grant to an organization or organizational unit that is activated in some of its accounts. An account that is kept out must
 * not be active even for a moment, since that could replace its own subscription: so the grant itself is never activated, and its accounts
 * are switched one by one.
 */
export function planSelection(desired: GrantSpec, grant: Grant, observed: ObservedAccounts, selection: AccountSelection, progress: Progress): Step {
  const missing = missingFrom(selection, observed);
  if (missing.length > 0) {
    return observed.accounts === undefined ? { kind: 'read-accounts' } : confirm(unreached(missing));
  }
  // First, since it might be passed on to the accounts. What an activation states stands with the accounts' grants alone.
  const own = planChanges({ ...desired, activation: { mode: 'BY_GRANTEE', changed: false } }, grant, progress);
  return own.kind === 'settled' ? planAccounts(desired, observed, selection) : own;
}

function planAccounts(desired: GrantSpec, { counted, attempts }: ObservedAccounts, selection: AccountSelection): Step {
  const states = counted.map((grant) => stateOf(grant, selection, attempts?.get(grant.arn)));
  // Deactivations first: an account that is to be kept out waits for no other.
  const due = states.filter(({ progress }) => progress === 'due').sort((one, other) => Number(one.wanted === 'ACTIVE') - Number(other.wanted === 'ACTIVE'));
  if (due.length > 0) {
    return { kind: 'change-account-grants', due: due.map(({ grant, wanted }) => ({ grant, changes: changesTo(wanted, desired) })) };
  }
  const pending = states.filter(({ progress }) => progress === 'pending');
  if (pending.length > 0) {
    return waitForAccounts(pending.map(({ grant }) => grant), counted.length, pending.filter(({ attempt }) => !attempt).map(({ grant }) => grant));
  }
  const stuck = states.filter(({ progress }) => progress === 'stuck');
  return stuck.length === 0 ? settled() : confirm(planStuck(desired, states, stuck));
}

/** The reason says why accounts are active. */
function changesTo(wanted: AccountState['wanted'], desired: GrantSpec): AccountGrantChange['changes'] {
  return wanted === 'ACTIVE' ? statusChange(desired, wanted) : { status: wanted };
}

function planStuck({ activation }: GrantSpec, states: readonly AccountState[], stuck: readonly AccountState[]): Step {
  const conflictsAbout = (status: AccountState['wanted']) => stuck.filter(({ wanted }) => wanted === status)
    .map(({ grant, attempt }) => conflictOf(grant, attempt?.refusal?.said));
  const active = conflictsAbout('DISABLED');
  const activeCount = states.filter(({ wanted, progress }) => wanted === 'ACTIVE' && progress === 'done').length;
  return active.length > 0 ? staysActive(active) : planOutcome(activation, { activeCount, inactive: conflictsAbout('ACTIVE') });
}

function stateOf(grant: Grant, selection: AccountSelection, attempt: Attempt | undefined): AccountState {
  const wanted = isSelected(selection, accountIdOf(grant.granteePrincipalArn)) ? 'ACTIVE' : 'DISABLED';
  return { grant, wanted, attempt, progress: progressOf(grant, wanted, attempt) };
}

function progressOf(grant: Grant, wanted: AccountState['wanted'], attempt: Attempt | undefined): AccountState['progress'] {
  const isStale = attempt?.answeredVersion !== undefined && isOlderVersion(grant.version, attempt.answeredVersion);
  if (isStale || grant.status === 'PENDING_WORKFLOW' || grant.status === 'PENDING_ACCEPT') {
    return 'pending';
  }
  if ((grant.status === 'ACTIVE') === (wanted === 'ACTIVE')) {
    return 'done';
  }
  return grant.status !== 'REJECTED' && (!attempt || wasOvertaken(attempt, grant)) ? 'due' : 'stuck';
}

function missingFrom({ accountIds, mayBeMissing }: AccountSelection, { standing, accounts }: ObservedAccounts): readonly string[] {
  const reached = new Set(standing.map(({ granteePrincipalArn }) => accountIdOf(granteePrincipalArn)));
  const inactive = new Set(accounts === undefined || accounts === 'NOT_PERMITTED' ? [] : accounts.filter(({ isActive }) => !isActive).map(({ id }) => id));
  return accountIds.filter((id) => !reached.has(id) && !inactive.has(id) && !mayBeMissing.includes(id));
}

function unreached(missing: readonly string[]): Step {
  return failed(
    `it does not reach ${missing.join(', ')}, named in \`except\` or \`only\`; no account was activated or deactivated`,
    'correct the account ids, or take out those that are not in the organization or organizational unit that the grant is for. '
    + 'If this was a rollback, continue it and skip the grant',
  );
}
