import type { AccountConflict } from './account-conflict';
import { differences, hasSubmitted, isEmpty, restatement, statusChange, wereSubmitted } from './differences';
import type { Grant, GrantChanges } from './grant';
import type { Activation, GrantSpec } from './grant-spec';
import { confirm, DEPLOY_WITH_MORE_TIME, failed, settled, wait } from './step';
import type { Progress, Step } from './step';

/** The next step for a grant to one account that License Manager is not working on. */
export function planAccountGrant(desired: GrantSpec, grant: Grant, progress: Progress): Step {
  const { mode } = desired.activation;
  switch (grant.status) {
    case 'PENDING_ACCEPT':
      return planAcceptance(desired, grant, progress);
    case 'DISABLED':
      return mode === 'ACTIVE' ? planActivation(desired, grant, progress) : planChanges(desired, grant, progress);
    case 'ACTIVE':
      return mode === 'DISABLED' ? planDeactivation(desired, grant, progress) : planChanges(desired, grant, progress);
    default:
      return wait(`the grant is ${grant.status}, which License Manager does not document for the grant to an account`, DEPLOY_WITH_MORE_TIME);
  }
}

/** The status is right: what is left are name, operations and what an activation states beside the status. */
export function planChanges(desired: GrantSpec, grant: Grant, progress: Progress): Step {
  return planRevision(grant, differences(desired, grant), restatement(desired, grant, progress), progress);
}

function planAcceptance(desired: GrantSpec, grant: Grant, progress: Progress): Step {
  switch (desired.acceptance) {
    case 'BY_GRANTEE':
      // What an activation states has to wait until the grant can be activated.
      return planRevision(grant, differences(desired, grant), {}, progress);
    case 'ASSUMING_ROLE':
      return progress.accepted ? wait('License Manager took its acceptance and still shows it as PENDING_ACCEPT', DEPLOY_WITH_MORE_TIME) : { kind: 'accept' };
    default:
      return { kind: 'wait-for-acceptance' };
  }
}

function planRevision(grant: Grant, wanted: GrantChanges, restated: GrantChanges, progress: Progress): Step {
  const changes: GrantChanges = { ...wanted, ...restated };
  if (isEmpty(changes)) {
    return settled();
  }
  if (!isEmpty(wanted) && wereSubmitted(progress, wanted)) {
    return confirm(failed(
      `License Manager took the new ${Object.keys(wanted).join(' and ')} as version ${grant.version} and still shows the old`,
      `look at the grant with 'aws license-manager get-grant --grant-arn ${grant.arn}', then deploy again`,
    ));
  }
  return { kind: 'change', changes };
}

function planActivation(desired: GrantSpec, grant: Grant, progress: Progress): Step {
  if (hasSubmitted(progress, 'ACTIVE')) {
    return confirm(activationRefused(desired.activation, `it stays DISABLED${grant.statusReason ? ` (${grant.statusReason})` : ''} after its activation was submitted`));
  }
  return { kind: 'change', changes: { ...differences(desired, grant), ...statusChange(desired, 'ACTIVE') } };
}

function planDeactivation(desired: GrantSpec, grant: Grant, progress: Progress): Step {
  if (hasSubmitted(progress, 'DISABLED')) {
    return confirm(failed(
      `it stays ACTIVE${grant.statusReason ? ` (${grant.statusReason})` : ''} after its deactivation was submitted`,
      'check whether the grantee activates it again, then deploy again',
    ));
  }
  return { kind: 'change', changes: { ...differences(desired, grant), ...statusChange(desired, 'DISABLED') } };
}

const WITHOUT_OVERRIDE = 'most likely the account has another active grant or subscription for the same product: deactivate that one, or replace it with '
  + 'GrantActivation.active({ override: ActivationOverride.ALL_GRANTS_PERMITTED_BY_ISSUER })';

const DESPITE_OVERRIDE = 'most likely the account has another active grant or subscription for the same product, and its issuer does not permit to replace it: '
  + 'deactivate or cancel that one. Otherwise look whether both accounts have the service-linked roles, and whether the license is available';

/** One account can have one active grant for a product: the usual cause, which the service need not say. */
export function activationRefused({ override }: Activation, why: string, conflicts?: readonly AccountConflict[]): Extract<Step, { kind: 'failed' }> {
  return failed(why, override === 'ALL_GRANTS_PERMITTED_BY_ISSUER' ? DESPITE_OVERRIDE : WITHOUT_OVERRIDE, conflicts);
}
