import type { Goal } from './goal';
import { isChosenByGrantor } from './override';
import type { ReceivedProgress, ReceivedStep } from './received-step';
import { hasSubmitted } from '../grant/differences';
import { isOlderVersion } from '../grant/grant';
import type { Grant, GrantChanges } from '../grant/grant';

/** A grant begins as version 1, and every activation is a version more. */
const NEVER_CHANGED = '1';

/**
 * The state machine of a received grant: the next step, given what the grantee wants, what the service shows and what this
 * run has done. A pure function, so a run that begins after a crash ends where the crashed one would have.
 */
export function planReceivedGrant(goal: Goal, grant: Grant, progress: ReceivedProgress): ReceivedStep {
  if (progress.answeredVersion && isOlderVersion(grant.version, progress.answeredVersion)) {
    return wait(`License Manager still shows version ${grant.version}, after it answered with version ${progress.answeredVersion}`);
  }
  if (goal.mode === 'AT_REST' && grant.status !== 'PENDING_WORKFLOW') {
    return SETTLED;
  }
  switch (grant.status) {
    case 'PENDING_WORKFLOW':
      return planDuringWorkflow(goal, grant);
    case 'PENDING_ACCEPT':
      return planPending(goal, progress);
    case 'DISABLED':
      return planDisabled(goal, grant, progress);
    case 'ACTIVE':
      return planActive(goal, grant, progress);
    case 'FAILED_WORKFLOW':
      return isUnwanted(goal) ? SETTLED : planAfterFailure(grant, progress);
    case 'REJECTED':
      return isUnwanted(goal) ? SETTLED : failed('this account has rejected the grant, and a rejected grant is final', 'have the grantor make a new grant');
    case 'DELETED':
    case 'PENDING_DELETE':
      return isUnwanted(goal) ? SETTLED : failed(`the grantor has deleted the grant${reasonOf(grant)}`, 'have the grantor make a new grant');
    default:
      return wait(`the grant is ${grant.status}, which License Manager does not document for the grant to an account`);
  }
}

const SETTLED: ReceivedStep = { kind: 'settled' };

/** A grant that is still being distributed was never activated: there is nothing to deactivate, and no change to wait for. */
function planDuringWorkflow({ mode }: Goal, { version }: Grant): ReceivedStep {
  return (mode === 'INACTIVE' || mode === 'AT_REST') && version === NEVER_CHANGED ? SETTLED : wait('License Manager is still working on the grant');
}

function planPending({ mode }: Goal, progress: ReceivedProgress): ReceivedStep {
  switch (mode) {
    case 'INACTIVE':
      return SETTLED;
    case 'REJECTED':
      return planRejection(progress);
    default:
      // An accepted grant is never accepted again: License Manager refuses that, as users have reported.
      return progress.accepted ? wait('License Manager does not show yet that the grant is accepted') : { kind: 'accept' };
  }
}

function planDisabled(goal: Goal, grant: Grant, progress: ReceivedProgress): ReceivedStep {
  switch (goal.mode) {
    case 'ACTIVE':
      return planActivation(goal, grant, progress);
    case 'REJECTED':
      return planRejection(progress);
    default:
      return SETTLED;
  }
}

/** The console offers rejection for grants that are pending or disabled only, so an active one is disabled before. */
function planActive(goal: Goal, grant: Grant, progress: ReceivedProgress): ReceivedStep {
  if (goal.mode === 'ACCEPTED' || goal.mode === 'ACTIVE') {
    return SETTLED;
  }
  if (progress.rejected) {
    return planRejection(progress);
  }
  if (hasSubmitted(progress, 'DISABLED')) {
    return confirm(failed(`it stays ACTIVE${reasonOf(grant)} after its deactivation was submitted`,
      'check whether the grantor activates it again, then deploy again'));
  }
  return { kind: 'change', changes: { status: 'DISABLED', ...statusReason(goal) } };
}

function planActivation(goal: Goal, grant: Grant, progress: ReceivedProgress): ReceivedStep {
  if (hasSubmitted(progress, 'ACTIVE')) {
    return confirm({ kind: 'not-activated', why: `it stays DISABLED${reasonOf(grant)} after its activation was submitted` });
  }
  const grantorChose = isChosenByGrantor(goal, grant);
  // Whoever wants others to stay active is not activated under a choice that may replace them.
  if (goal.override === 'DISTRIBUTED_GRANTS_ONLY' && (grantorChose || progress.overrideRefused) && grant.override !== goal.override) {
    return failed(
      `the grantor has chosen ${grant.override ?? 'an override'}, and License Manager lets only one of the two sides choose; other active grants of the product might be replaced`,
      'leave `override` out to go along with the choice, or agree with the grantor',
    );
  }
  return { kind: 'change', changes: activation(goal, !grantorChose && !progress.overrideRefused) };
}

function activation(goal: Goal, withOverride: boolean): GrantChanges {
  return { status: 'ACTIVE', ...(withOverride && goal.override !== undefined && { override: goal.override }), ...statusReason(goal) };
}

function planRejection({ rejected }: ReceivedProgress): ReceivedStep {
  return rejected ? wait('License Manager does not show yet that the grant is rejected') : { kind: 'reject' };
}

function planAfterFailure(grant: Grant, progress: ReceivedProgress): ReceivedStep {
  if (hasSubmitted(progress, 'ACTIVE')) {
    return { kind: 'not-activated', why: `its activation ended in FAILED_WORKFLOW${reasonOf(grant)}` };
  }
  if (hasSubmitted(progress, 'DISABLED')) {
    return failed(`its deactivation ended in FAILED_WORKFLOW${reasonOf(grant)}`, 'have the grantor make a new grant');
  }
  return failed(`License Manager could not bring the grant to this account: FAILED_WORKFLOW${reasonOf(grant) || ', without a reason'}`,
    'create the service-linked roles of this account with ManagedEntitlementsMemberSetup, and have the grantor make a new grant');
}

/** Then it does not matter how the grant came to be of no use. */
function isUnwanted({ mode }: Goal): boolean {
  return mode === 'INACTIVE' || mode === 'REJECTED';
}

function statusReason({ reason }: Goal): GrantChanges {
  return reason === undefined ? {} : { statusReason: reason };
}

function reasonOf({ statusReason: reason }: Grant): string {
  return reason ? ` (${reason})` : '';
}

function wait(why: string): ReceivedStep {
  return { kind: 'wait', why };
}

function failed(why: string, cure: string): ReceivedStep {
  return { kind: 'failed', why, cure };
}

function confirm(otherwise: ReceivedStep): ReceivedStep {
  return { kind: 'confirm', otherwise };
}
