import type { Clock } from '../clock';
import { isRefusedRequest } from '../service-error';
import type { Tag } from './grant-spec';
import type { LicenseManagerGateway } from './license-manager-gateway';
import { isAdopted, isOwnedBy, isProvisional } from './ownership';
import type { Owner } from './ownership';
import { CONFIRMATIONS, ReadingPauses } from './reading-pauses';

/** How a grant stands to an owner, as its tags say. */
export interface Standing {
  /** `UNKNOWN` if License Manager shows no such grant; `NOT_OWNED` if it is somebody else's, or released. */
  readonly origin: 'MADE' | 'ADOPTED' | 'NOT_OWNED' | 'UNKNOWN';
  /** Whether CloudFormation was never told of its success. */
  readonly isProvisional: boolean;
  readonly tags: readonly Tag[];
}

export interface StandingReader {
  readonly owner: Owner;
  readonly licenseManager: LicenseManagerGateway;
  readonly clock: Clock;
  /** When to give up waiting, in milliseconds since the epoch. */
  readonly deadline: number;
}

/** Reads lag behind changes, so that a grant is not owned is believed only when it was read several times. */
export async function readStanding(grantArn: string, { owner, licenseManager, clock, deadline }: StandingReader): Promise<Standing> {
  const pauses = new ReadingPauses(clock, deadline);
  for (let reading = 1; ; reading += 1) {
    const standing = standingIn(await readTags(grantArn, licenseManager), owner);
    if (standing.origin !== 'NOT_OWNED' || reading === CONFIRMATIONS || !pauses.hasTime()) {
      return standing;
    }
    await pauses.pause();
  }
}

function standingIn(tags: readonly Tag[] | undefined, owner: Owner): Standing {
  if (!tags) {
    return { origin: 'UNKNOWN', isProvisional: true, tags: [] };
  }
  if (!isOwnedBy(owner, tags)) {
    return { origin: 'NOT_OWNED', isProvisional: true, tags };
  }
  return { origin: isAdopted(tags) ? 'ADOPTED' : 'MADE', isProvisional: isProvisional(tags), tags };
}

/** Nothing if License Manager shows no such grant. */
export async function readTags(grantArn: string, licenseManager: LicenseManagerGateway): Promise<readonly Tag[] | undefined> {
  try {
    return await licenseManager.listTags(grantArn);
  } catch (error) {
    if (isRefusedRequest(error)) {
      return undefined;
    }
    throw error;
  }
}
