import { pauseAfter } from '../backoff';
import type { Clock } from '../clock';
import { Failure } from '../failure';
import type { Journal } from '../journal';
import { isRefusedRequest } from '../service-error';
import type { Grant } from './grant';
import { isLive } from './grant-status';
import type { LicenseManagerGateway } from './license-manager-gateway';

export interface Deletion {
  readonly grantArn: string;
  readonly reason?: string;
  readonly licenseManager: LicenseManagerGateway;
  readonly clock: Clock;
  /** When to give up waiting, in milliseconds since the epoch. */
  readonly deadline: number;
  readonly journal: Journal;
  /** The same token for the same step of the same request, so that a repeated call is recognized. */
  readonly clientToken: (step: string) => string;
}

/** While License Manager works on a grant it may refuse to delete it; see the reading of grants for the pauses. */
const PAUSES = { firstMilliseconds: 1_000, longestMilliseconds: 20_000 };

/**
 * How often a refusal is answered with another attempt while the grant is at rest. Reads were seen to be out of step with
 * what the deletion compares with (hashicorp/terraform-provider-aws issue 47901), for an unknown while.
 */
const MOST_REFUSALS_AT_REST = 6;

/** What the service says when the version does not match, with the version that it has. */
const LATEST_VERSION = /latest version (\d+)/;

/**
 * Deletes a grant; one that is deleted, rejected or unknown is done already. Does not wait for the deletion to end. Whether
 * License Manager deletes grants that are active is not documented: one that it refuses to delete is deactivated first.
 */
export async function deleteGrant(deletion: Deletion): Promise<undefined> {
  const { grantArn, reason, licenseManager, clock, deadline, journal } = deletion;
  let refusals = 0;
  let latestVersion: string | undefined;
  let deactivated = false;
  for (let attempt = 1; ; attempt += 1) {
    const grant = await licenseManager.findGrant(grantArn);
    if (!grant || !isLive(grant.status)) {
      journal.note('There is no grant to delete', { grantArn, status: grant?.status ?? 'unknown' });
      return undefined;
    }
    const version = latestVersion ?? grant.version;
    if (refusals > 0 && latestVersion === undefined && !deactivated && mayBeActive(grant)) {
      deactivated = true;
      await deactivate(grant, deletion);
      continue;
    }
    try {
      await licenseManager.deleteGrant(grantArn, version, reason);
      journal.note('Grant deleted', { grantArn, version });
      return undefined;
    } catch (error) {
      if (!isRefusedRequest(error)) {
        throw error;
      }
      latestVersion = LATEST_VERSION.exec(error.said)?.[1];
      refusals += grant.status === 'PENDING_WORKFLOW' ? 0 : 1;
      const pause = pauseAfter(attempt, PAUSES);
      if (refusals > MOST_REFUSALS_AT_REST || clock.now() + pause >= deadline) {
        throw refused(grant, error.message);
      }
      journal.note('Deletion refused, trying again', { grantArn, version, status: grant.status, said: error.said });
      await clock.sleep(pause);
    }
  }
}

/** A grant to an organization or organizational unit does not show whether it is active. */
function mayBeActive({ status }: Grant): boolean {
  return status === 'ACTIVE' || status === 'WORKFLOW_COMPLETED';
}

async function deactivate(grant: Grant, { licenseManager, clientToken, journal }: Deletion): Promise<void> {
  try {
    await licenseManager.createGrantVersion(grant.arn, grant.version, { status: 'DISABLED' }, clientToken(`deactivate version ${grant.version}`));
    journal.note('Grant deactivated before its deletion', { grantArn: grant.arn, version: grant.version });
  } catch (error) {
    // Then this was not what kept it from being deleted.
    if (!isRefusedRequest(error)) {
      throw error;
    }
    journal.note('Deactivation refused', { grantArn: grant.arn, said: error.said });
  }
}

function refused(grant: Grant, said: string): Failure {
  return new Failure(`Deletion of the grant ${grant.arn} (${grant.status}, version ${grant.version})`, said,
    'delete the stack again later; if it is still refused, delete the grant in License Manager, or retain the resource');
}
