import { isAccessDenied } from '../service-error';
import type { Grant } from './grant';
import type { Tag } from './grant-spec';
import { isLive } from './grant-status';
import type { LicenseManagerGateway } from './license-manager-gateway';
import { isOwnedBy } from './ownership';
import { abandonmentIn, predecessorIn } from './predecessor';
import type { Circumstances } from './reconciliation';
import { readTags } from './standing';
import { findUnsettledSuccessor } from './succession';

/** The grant whose place another one took, if their resource has it still. */
export interface ReplacedGrant {
  readonly grant: Grant;
  /** Whether it was in use before. */
  readonly wasInUse: boolean;
  /** Whether its deletion was asked for. */
  readonly isAbandoned: boolean;
}

interface Successor extends Pick<Circumstances, 'owner' | 'world'> {
  readonly grantArn: string;
  readonly tags: readonly Tag[];
}

export async function findReplaced(successor: Successor): Promise<ReplacedGrant | undefined> {
  const { owner, tags, world: { licenseManager } } = successor;
  const predecessor = predecessorIn(tags);
  const grant = predecessor && await licenseManager.findGrant(predecessor.arn);
  if (!grant || !isLive(grant.status)) {
    return undefined;
  }
  const itsTags = await readTagsIfPermitted(grant.arn, licenseManager);
  const isReplaced = isOwnedBy(owner, itsTags) && await isSuccessor(successor, itsTags);
  return isReplaced ? { grant, wasInUse: predecessor.wasInUse, isAbandoned: abandonmentIn(itsTags) !== undefined } : undefined;
}

/** Since then another grant may have come to take the place. */
async function isSuccessor({ grantArn, ...context }: Successor, tags: readonly Tag[]): Promise<boolean> {
  const successor = await findUnsettledSuccessor(tags, context);
  return successor === undefined || successor.arn === grantArn;
}

/** Nothing if they cannot be read: the end of a grant must not depend on that. */
async function readTagsIfPermitted(grantArn: string, licenseManager: LicenseManagerGateway): Promise<readonly Tag[]> {
  try {
    return await readTags(grantArn, licenseManager) ?? [];
  } catch (error) {
    if (isAccessDenied(error)) {
      return [];
    }
    throw error;
  }
}
