import { isAccessDenied } from '../service-error';
import type { Grant } from './grant';
import type { Activation, GrantSpec } from './grant-spec';
import { principalOfGrant } from './principal';
import { reconcile } from './reconcile';
import type { Circumstances, Outcome } from './reconciliation';
import type { World } from './world';

/** One that is asked for anew. */
type NewActivation = Omit<Activation, 'changed'>;

/** A grant to an organization or organizational unit does not show whether it is active; its account grants do. */
export async function isActive(grant: Grant, { licenseManager }: Pick<World, 'licenseManager'>): Promise<boolean> {
  if (grant.status !== 'WORKFLOW_COMPLETED') {
    return grant.status === 'ACTIVE';
  }
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

/** Brings a grant that is there to another status, and leaves everything else about it. */
export async function switchGrant(circumstances: Circumstances, grant: Grant, activation: NewActivation | Activation): Promise<Outcome> {
  return reviseGrant(circumstances, grant, { name: grant.name, activation: { changed: true, ...activation }, acceptance: 'AUTOMATIC' });
}

/** Changes a grant that is there, and makes none. */
export async function reviseGrant(
  circumstances: Circumstances, grant: Grant, revision: Pick<GrantSpec, 'name' | 'operations' | 'activation' | 'acceptance'>,
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
