import { foundStateIn } from './found-state';
import type { Activation, Tag } from './grant-spec';
import { isLive } from './grant-status';
import type { Circumstances } from './reconciliation';
import { reviseGrant } from './switch-grant';

/** An adopted grant whose adoption is undone. */
export interface UndoneAdoption extends Circumstances {
  readonly grantArn: string;
  readonly tags: readonly Tag[];
}

/**
 * Makes an adopted grant again what it was when it was found. That other grants were deactivated by an override is not undone: License
 * Manager does not say which. Returns what stood in the way.
 */
export async function undoAdoption(adoption: UndoneAdoption): Promise<string | undefined> {
  const { grantArn, tags, world, journal } = adoption;
  const found = foundStateIn(tags);
  const grant = found && await world.licenseManager.findGrant(grantArn);
  if (!grant || !isLive(grant.status)) {
    return undefined;
  }
  const { name = grant.name, status, operations } = found;
  const activation: Activation = { mode: status ?? 'BY_GRANTEE', changed: false };
  // The grantee's acceptance is nothing that was changed, or could be waited for.
  const outcome = await reviseGrant(adoption, grant, { name, operations, activation, acceptance: 'BY_GRANTEE' });
  journal.note('The adopted grant is to be again what it was', { grantArn, name, status, outcome: outcome.kind });
  return outcome.kind === 'settled' ? undefined : `the grant ${grantArn} could not be made again what it was when it was adopted: ${outcome.why}`;
}
