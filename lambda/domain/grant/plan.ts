import { isOlderVersion } from './grant';
import type { Grant } from './grant';
import type { GrantSpec } from './grant-spec';
import { planAccountGrant } from './plan-account-grant';
import { planDistribution } from './plan-distribution';
import { DEPLOY_WITH_MORE_TIME, failed, wait } from './step';
import type { Observed, Progress, Step } from './step';

/**
 * A client token that is used again may be answered with the grant it once made, even if that is dead by now; each further
 * creation has a token of its own. Two more than the first cover a retried request whose retry was retried.
 */
const MOST_CREATIONS = 3;

/**
 * The grant state machine: the next step, given what is wanted, what the service shows and what this run has done. A pure
 * function, so a run that begins after a crash ends where the crashed one would have.
 */
export function plan(desired: GrantSpec, observed: Observed, progress: Progress): Step {
  const { grant } = observed;
  if (!grant) {
    return progress.created ? wait('the new grant is not visible yet', DEPLOY_WITH_MORE_TIME) : planCreation(progress);
  }
  if (progress.answeredVersion && isOlderVersion(grant.version, progress.answeredVersion)) {
    return wait(`License Manager still shows version ${grant.version}, after it answered with version ${progress.answeredVersion}`, DEPLOY_WITH_MORE_TIME);
  }
  switch (grant.status) {
    case 'DELETED':
    case 'PENDING_DELETE':
      return progress.seenAlive ? overtakenByDeletion() : planCreation(progress);
    case 'REJECTED':
      return failed(
        `the grantee rejected the grant${reasonOf(grant)}, and a rejected grant is final`,
        'agree with the grantee, then deploy with `recreateIfRejected: true`: this makes a new grant',
      );
    case 'FAILED_WORKFLOW':
      return failed(
        `License Manager could not distribute the grant: FAILED_WORKFLOW${reasonOf(grant) || ', without a reason'}`,
        'check with ManagedEntitlementsSetup and ManagedEntitlementsMemberSetup that trusted access and the service-linked roles are there, '
        + deployAgain(desired),
      );
    case 'PENDING_WORKFLOW':
      return wait('License Manager is still distributing the grant', DEPLOY_WITH_MORE_TIME);
    default:
      return desired.grantee.kind === 'ACCOUNT'
        ? planAccountGrant(desired, grant, progress)
        : planDistribution(desired, grant, observed, progress);
  }
}

/** The next update deletes the failed grant of an account and makes a new one; see replaceable-grant.ts. */
function deployAgain({ grantee }: GrantSpec): string {
  return grantee.kind === 'ACCOUNT'
    ? 'then deploy again with another `repairTrigger`: this makes a new grant'
    : 'remove the grant from the app and deploy, then add it again';
}

/**
 * CloudFormation rolls back while a request is still in work if it has given up on it, or if the same event was delivered twice and
 * the other delivery failed. What it has deleted then must not be made again: nobody would delete it.
 */
function overtakenByDeletion(): Step {
  return failed('the grant was deleted while it was being brought to what the app asks for', 'find out who deleted it if the stack was not rolled back, then deploy again');
}

function planCreation(progress: Progress): Step {
  return progress.creations < MOST_CREATIONS
    ? { kind: 'create' }
    : failed(`each of the ${progress.creations} grants that License Manager answered with is deleted or rejected`,
      'find out who deletes grants of this license, then deploy again');
}

function reasonOf(grant: Grant): string {
  return grant.statusReason ? ` (${grant.statusReason})` : '';
}
