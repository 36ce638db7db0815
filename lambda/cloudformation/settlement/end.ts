import type { Ended } from './ended';
import type { PassResult, Settlement } from './settlement';
import { ownerOf } from './settlement';
import { measureSettlement } from './settlement-metric';
import type { Clock } from '../../domain/clock';
import type { Journal } from '../../domain/journal';
import { serializeAnswer } from '../answer';
import type { Answer } from '../answer';
import { putAnswer } from '../put-answer';

/** The one answer to CloudFormation, if it waits for one, and what the execution ends with. */
export async function end(settlement: Settlement, ended: Ended, clock: Clock, journal: Journal): Promise<PassResult> {
  const { request, grantArn } = settlement;
  measureSettlement(ended.kind === 'settled', ownerOf(settlement), clock.now(), journal);
  const answer = answerFor(ended, grantArn);
  journal.note('End', { status: answer.status, physicalId: answer.physicalId, reason: answer.reason });
  if (request.ResponseURL !== undefined) {
    await putAnswer(request.ResponseURL, serializeAnswer(request, answer), clock, journal);
  }
  return ended.kind === 'settled'
    ? { outcome: 'SETTLED', ...ended.settled.attributes }
    : { outcome: 'FAILED', error: ended.error, cause: ended.failure.message };
}

function answerFor(ended: Ended, grantArn: string): Answer {
  if (ended.kind === 'settled') {
    return { status: 'SUCCESS', ...ended.settled };
  }
  const { asItIs, failure } = ended;
  return asItIs ? { status: 'SUCCESS', ...asItIs } : { status: 'FAILED', physicalId: grantArn, reason: failure.message };
}
