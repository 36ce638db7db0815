import type { Attempt, Attempts } from './attempts';
import type { LicenseManagerGateway } from './license-manager-gateway';
import { accountIdOf } from './principal';
import type { AccountGrantChange } from './step';
import type { Clock } from '../clock';
import type { Journal } from '../journal';
import { isRefusedRequest } from '../service-error';

export interface AccountGrantChanges {
  readonly due: readonly AccountGrantChange[];
  readonly attempts: Attempts;
  readonly licenseManager: LicenseManagerGateway;
  readonly clock: Clock;
  /** No further account is begun after this, in milliseconds since the epoch. */
  readonly deadline: number;
  readonly journal: Journal;
  readonly clientToken: (step: string) => string;
}

/**
 * Changes the grants of single accounts, as many as there is time for, and returns what was asked of each. One after the other: License Manager
 * publishes no rate for an organization of thousands, so each call waits for the answer to the one before, and for as long as it is throttled.
 */
export async function changeAccountGrants(changes: AccountGrantChanges): Promise<Attempts> {
  const { due, clock, deadline, journal } = changes;
  const attempts = new Map(changes.attempts);
  for (const change of due) {
    if (clock.now() >= deadline) {
      break;
    }
    const attempt = await changeAccountGrant(change, changes);
    journal.note('Account asked for', { accountId: accountIdOf(change.grant.granteePrincipalArn), ...attempt });
    attempts.set(change.grant.arn, attempt);
  }
  return attempts;
}

async function changeAccountGrant(
  { grant, changes }: AccountGrantChange, { attempts, licenseManager, clientToken }: AccountGrantChanges,
): Promise<Attempt> {
  const attempt = { status: changes.status, count: (attempts.get(grant.arn)?.count ?? 0) + 1 };
  const token = clientToken(`${grant.arn} version ${grant.version} ${JSON.stringify(changes)}`);
  try {
    const { version } = await licenseManager.createGrantVersion(grant.arn, grant.version, changes, token);
    return { ...attempt, answeredVersion: version };
  } catch (error) {
    if (isRefusedRequest(error)) {
      return { ...attempt, refusal: { said: error.message, version: grant.version, shown: grant.status } };
    }
    throw error;
  }
}
