import type { GrantContext } from './grant-context';
import { removalOf } from './remove-grants';
import type { GrantProperties } from '../../../lib/grant/grant-properties';
import { removeAbandonedGrant } from '../../domain/grant/remove-grant';
import { endSuccession, leaveToOther } from '../../domain/grant/succession';
import { failureIn } from '../../domain/service-error';

interface FinishedReplacement {
  readonly predecessorArn: string;
  readonly successorArn: string;
  /** What CloudFormation knew before: another one than these two, if an earlier replacement of the old grant was still under way. */
  readonly knownId: string;
}

/**
 * The new grant is settled: the one before goes, if CloudFormation has asked for that meanwhile. That it cannot be deleted is no reason to
 * fail: it goes with the new one. Returns what the person who reads the stack's events should know.
 *
 * @param before what the resource was before the update, which says what is to become of a grant that it gives up
 */
export async function finishReplacement(
  { predecessorArn, successorArn, knownId }: FinishedReplacement, before: GrantProperties, context: GrantContext,
): Promise<string | undefined> {
  const removal = removalOf(predecessorArn, before, true, context);
  const isOther = knownId !== predecessorArn && knownId !== successorArn;
  try {
    if (isOther && await leaveToOther(predecessorArn, knownId, removal)) {
      return undefined;
    }
    return await endSuccession(predecessorArn, removal) ? await removeAbandonedGrant(removal) : undefined;
  } catch (error) {
    const failure = failureIn(error);
    if (!failure) {
      throw error;
    }
    return `the grant before, ${predecessorArn}, is left: ${failure.message}`;
  }
}
