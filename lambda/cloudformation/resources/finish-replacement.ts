import type { GrantContext } from './grant-context';
import { removeGrants } from './remove-grants';
import type { GrantProperties } from '../../../lib/grant/grant-properties';
import { Failure } from '../../domain/failure';
import { endSuccession } from '../../domain/grant/succession';
import { ServiceError, explain } from '../../domain/service-error';

/**
 * The new grant is settled: the one before goes, if CloudFormation has asked for that meanwhile. That it cannot be deleted is no reason to
 * fail: it goes with the new one. Returns what the person who reads the stack's events should know.
 *
 * @param properties those of the grant before
 */
export async function finishReplacement(predecessorArn: string, properties: GrantProperties, context: GrantContext): Promise<string | undefined> {
  try {
    const isLeftOver = await endSuccession(predecessorArn, context.circumstances(properties.HomeRegion));
    return isLeftOver ? await removeGrants({ properties, grantArns: [predecessorArn], wasAnswered: true }, context) : undefined;
  } catch (error) {
    if (error instanceof Failure || error instanceof ServiceError) {
      return `the grant before, ${predecessorArn}, is left: ${error instanceof Failure ? error.message : explain(error).message}`;
    }
    throw error;
  }
}
