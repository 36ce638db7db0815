import { GRANT_TYPE } from './requests';
import type { Answer, SimulatedStack } from './simulated-stack';
import type { GrantProperties } from '../../../lib/grant/grant-properties';

/** The two ways in which a grant takes over from another one of the same product. */
export const OVERRIDING: Partial<GrantProperties> = { Activation: { Mode: 'ACTIVE', Override: 'ALL_GRANTS_PERMITTED_BY_ISSUER' } };
export const CAREFUL: Partial<GrantProperties> = { Activation: { Mode: 'ACTIVE', Override: 'DISTRIBUTED_GRANTS_ONLY' } };

export interface Update {
  readonly physicalId: string;
  readonly from: GrantProperties;
  readonly to: GrantProperties;
  readonly stackStatus?: 'UPDATE_IN_PROGRESS' | 'UPDATE_ROLLBACK_IN_PROGRESS';
}

/** Until CloudFormation has its answer, whoever gives it. */
export async function updateGrant(stack: SimulatedStack, { physicalId, from, to, stackStatus }: Update): Promise<Answer> {
  const answered = stack.answers.length;
  await stack.deliver('Update', { type: GRANT_TYPE, physicalId, properties: to, oldProperties: from, stackStatus });
  while (stack.answers.length === answered) {
    await stack.clock.sleep(1_000);
  }
  return stack.answers.at(-1)!;
}

export type CleanUp = 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS' | 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS';

/** What CloudFormation does when an update, or its rollback, is complete. */
export async function cleanUpGrant(stack: SimulatedStack, physicalId: string, properties: GrantProperties, stackStatus: CleanUp): Promise<Answer> {
  const answer = await stack.delete({ type: GRANT_TYPE, physicalId, properties, stackStatus });
  expect(answer).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: physicalId });
  return answer;
}
