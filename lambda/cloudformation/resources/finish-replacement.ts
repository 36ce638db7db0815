import type { GrantContext } from './grant-context';
import { removalOf } from './remove-grants';
import type { GrantProperties } from '../../../lib/grant/grant-properties';
import { Failure } from '../../domain/failure';
import { removeAbandonedGrant } from '../../domain/grant/remove-grant';
import { endSuccession } from '../../domain/grant/succession';
import { ServiceError, explain } from '../../domain/service-error';

/**
 * The new grant is settled: the one before goes, if CloudFormation has asked for that meanwhile. That it cannot be deleted is no reason to
 * fail: it goes with the new one. Returns what the person who reads the stack's events should know.
 *
 * @param before what the resource was before the update, which says what is to become of a grant that it gives up
 */
export async function finishReplacement(predecessorArn: string, before: GrantProperties, context: GrantContext): Promise<string | undefined> {
  const removal = removalOf(predecessorArn, before, true, context);
  try {
    return await endSuccession(predecessorArn, removal) ? await removeAbandonedGrant(removal) : undefined;
  } catch (error) {
    if (error instanceof Failure || error instanceof ServiceError) {
      return `the grant before, ${predecessorArn}, is left: ${error instanceof Failure ? error.message : explain(error).message}`;
    }
    throw error;
  }
}
