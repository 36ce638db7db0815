import { differences, hasSubmitted, statusChange } from './differences';
import type { Grant } from './grant';
import type { GrantSpec } from './grant-spec';
import { isLive } from './grant-status';
import { activationRefused, planChanges } from './plan-account-grant';
import { confirm, DEPLOY_WITH_MORE_TIME, failed, settled, wait } from './step';
import type { AccountGrants, Progress, Step } from './step';

/**
 * The next step for a grant to an organization or organizational unit that License Manager is not working on. Its own
 * status says that distributing, activating or deactivating is over, and nothing about the outcome: that is in the grants
 * of the single accounts.
 */
export function planDistribution(desired: GrantSpec, grant: Grant, accountGrants: AccountGrants | undefined, progress: Progress): Step {
  if (desired.activation.mode === 'BY_GRANTEE') {
    return planChanges(desired, grant, progress);
  }
  if (accountGrants === undefined) {
    return { kind: 'read-account-grants' };
  }
  if (accountGrants === 'NOT_PERMITTED') {
    return planUnseen(desired, grant, progress);
  }
  const live = accountGrants.filter(({ status }) => isLive(status));
  const pending = live.filter(({ status }) => status === 'PENDING_WORKFLOW' || status === 'PENDING_ACCEPT');
  if (pending.length > 0) {
    return wait(`${describe(pending)} of ${live.length} account grants still pending`, DEPLOY_WITH_MORE_TIME);
  }
  return desired.activation.mode === 'ACTIVE'
    ? planActivation(desired, grant, live, progress)
    : planDeactivation(desired, grant, live, progress);
}

function planActivation(desired: GrantSpec, grant: Grant, live: readonly Grant[], progress: Progress): Step {
  const active = live.filter(({ status }) => status === 'ACTIVE');
  const inactive = live.filter(({ status }) => status !== 'ACTIVE');
  if (hasSubmitted(progress, 'ACTIVE')) {
    if (inactive.length === 0 && live.length > 0) {
      return planChanges(desired, grant, progress);
    }
    // The account grants may lag behind the grant that they belong to.
    return confirm(active.length > 0 || live.length === 0
      ? planRest(desired, grant, progress, remarksOn(live, inactive))
      : activationRefused(`no account grant became active: ${describe(inactive)}`));
  }
  // An organizational unit without accounts has to be activated as well: accounts that join later follow its grant.
  if (isNewlyWanted(desired, progress) || (live.length > 0 && active.length === 0)) {
    return { kind: 'change', changes: { ...differences(desired, grant), ...statusChange(desired, 'ACTIVE') } };
  }
  return planRest(desired, grant, progress, remarksOn(live, inactive));
}

function planDeactivation(desired: GrantSpec, grant: Grant, live: readonly Grant[], progress: Progress): Step {
  const active = live.filter(({ status }) => status === 'ACTIVE');
  if (hasSubmitted(progress, 'DISABLED')) {
    return active.length === 0
      ? planChanges(desired, grant, progress)
      : confirm(failed(`account grants stay active after the deactivation was submitted: ${describe(active)}`, 'check whether the grantees activate them again, then deploy again'));
  }
  // A new grant starts inactive; an older one may still activate itself in accounts that join later.
  if (active.length > 0 || (desired.activation.changed && !progress.created)) {
    return { kind: 'change', changes: { ...differences(desired, grant), ...statusChange(desired, 'DISABLED') } };
  }
  return planChanges(desired, grant, progress);
}

/** Without a look at the account grants, submitting what was newly asked for is all that can be done. */
function planUnseen(desired: GrantSpec, grant: Grant, progress: Progress): Step {
  const status = desired.activation.mode === 'ACTIVE' ? 'ACTIVE' : 'DISABLED';
  const newGrantStartsSo = status === 'DISABLED' && progress.created;
  if (isNewlyWanted(desired, progress) && !newGrantStartsSo && !hasSubmitted(progress, status)) {
    return { kind: 'change', changes: { ...differences(desired, grant), ...statusChange(desired, status) } };
  }
  return planRest(desired, grant, progress, ['this account may not list the account grants of the organization: their status was not verified']);
}

function isNewlyWanted(desired: GrantSpec, progress: Progress): boolean {
  return desired.activation.changed || progress.created;
}

function planRest(desired: GrantSpec, grant: Grant, progress: Progress, remarks: readonly string[]): Step {
  const step = planChanges(desired, grant, progress);
  return step.kind === 'settled' ? settled(remarks) : step;
}

function remarksOn(live: readonly Grant[], inactive: readonly Grant[]): readonly string[] {
  if (live.length === 0) {
    return ['no account has the grant yet'];
  }
  return inactive.length === 0 ? [] : [`not active, most likely because the account has another active grant of the product: ${describe(inactive)}`];
}

/** A message has to fit into an answer to CloudFormation; the log has the rest. */
const MOST_DESCRIBED = 5;

function describe(grants: readonly Grant[]): string {
  const described = grants.slice(0, MOST_DESCRIBED)
    .map(({ granteePrincipalArn, status, statusReason }) => `${granteePrincipalArn} ${status}${statusReason ? ` (${statusReason})` : ''}`);
  return [...described, ...(grants.length > MOST_DESCRIBED ? [`${grants.length - MOST_DESCRIBED} more`] : [])].join(', ');
}
