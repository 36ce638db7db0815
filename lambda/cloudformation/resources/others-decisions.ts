import { describeGrant } from './grant-answer';
import type { GrantContext } from './grant-context';
import type { GrantProperties } from '../../../lib/grant/grant-properties';
import type { Failure } from '../../domain/failure';
import { isGrantArn } from '../../domain/grant/arns';
import type { Grant } from '../../domain/grant/grant';
import type { GrantSpec } from '../../domain/grant/grant-spec';
import { isInOthersHands, isLive } from '../../domain/grant/grant-status';
import type { Outcome } from '../../domain/grant/reconciliation';
import { findRivalTags, ownedByRival } from '../../domain/grant/rival';

/*
 * A rollback neither causes nor mends what others have decided about a grant. If its Update failed for that, the whole stack would stay in
 * UPDATE_ROLLBACK_FAILED.
 */

/** A grant that belongs to another resource by now. */
export interface TakenGrant {
  readonly grant: Grant;
  readonly failure: Failure;
}

/** The grant that CloudFormation knows, if it has gone to another resource since. */
export async function findGrantTaken(
  physicalId: string, desired: GrantSpec, { HomeRegion }: GrantProperties, { invocation: { owner }, services }: GrantContext,
): Promise<TakenGrant | undefined> {
  const licenseManager = services.licenseManager(HomeRegion);
  const grant = isGrantArn(physicalId) ? await licenseManager.findGrant(physicalId) : undefined;
  const tags = grant && isLive(grant.status) ? await findRivalTags(physicalId, owner, licenseManager) : undefined;
  return grant && tags && { grant, failure: ownedByRival(describeGrant(desired, grant), { grant, tags }, owner) };
}

/** Whether others have the say about what an outcome lacks: the grantee, its accounts, or License Manager. */
export function isUpToOthers(outcome: Outcome): outcome is Outcome & { readonly grant: Grant } {
  return outcome.grant !== undefined && (isInOthersHands(outcome.grant.status) || isUpToAccounts(outcome));
}

/** A grant to many accounts, of which only some have another license or have rejected their part. */
function isUpToAccounts(outcome: Outcome): boolean {
  const { conflicts = [], isPartial = false } = outcome.kind === 'failed' ? outcome : {};
  return isPartial || (conflicts.length > 0 && conflicts.every(({ status }) => status === 'REJECTED'));
}
