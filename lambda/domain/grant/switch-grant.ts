import { isAccessDenied } from '../service-error';
import type { Grant } from './grant';
import type { Activation, GrantSpec } from './grant-spec';
import type { LicenseManagerGateway } from './license-manager-gateway';
import { principalOfGrant } from './principal';
import { reconcile } from './reconcile';
import type { Circumstances, Outcome, Reconciliation } from './reconciliation';
import type { World } from './world';

/** One that is asked for anew. */
type NewActivation = Omit<Activation, 'changed'>;

/** A grant to an organization or organizational unit does not show whether it is active; its account grants do. */
export async function isActive(grant: Grant, { licenseManager }: World): Promise<boolean> {
  return grant.status === 'WORKFLOW_COMPLETED' ? isActiveInAccounts(grant, licenseManager) : grant.status === 'ACTIVE';
}

/** Whether a grant to an organization or organizational unit is active in any account. It is taken to be if this role may not ask. */
export async function isActiveInAccounts(grant: Grant, licenseManager: LicenseManagerGateway): Promise<boolean> {
  try {
    const accountGrants = await licenseManager.listAccountGrants(grant.licenseArn, grant.arn);
    return accountGrants.some(({ status }) => status === 'ACTIVE');
  } catch (error) {
    if (isAccessDenied(error)) {
      return true;
    }
    throw error;
  }
}

/** Whether the change goes on with one that ran out of time, or may be gone on with. */
type Continuation = Pick<Reconciliation, 'continues' | 'resumed'>;

/** Brings a grant that is there to another status, and leaves everything else about it. */
export async function switchGrant(
  circumstances: Circumstances & Continuation, grant: Grant, activation: NewActivation | Activation,
): Promise<Outcome> {
  return reviseGrant(circumstances, grant, { name: grant.name, activation: { changed: true, ...activation }, acceptance: 'AUTOMATIC' });
}

/** Changes a grant that is there, and makes none. */
export async function reviseGrant(
  circumstances: Circumstances & Continuation, grant: Grant, revision: Pick<GrantSpec, 'name' | 'operations' | 'activation' | 'acceptance'>,
): Promise<Outcome> {
  const desired = {
    ...revision,
    licenseArn: grant.licenseArn,
    homeRegion: grant.homeRegion,
    grantee: principalOfGrant(grant.granteePrincipalArn),
    tags: [],
  };
  return reconcile({ ...circumstances, desired, grantArn: grant.arn, mayCreate: false, onGrant: () => undefined });
}
