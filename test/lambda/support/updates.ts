import { GRANT_TYPE } from './requests';
import type { Answer, SimulatedStack } from './simulated-stack';
import type { GrantProperties } from '../../../lib/grant/grant-properties';

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
