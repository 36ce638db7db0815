import { pauseSecondsBefore } from './pauses';
import { WINDING_UP_MILLISECONDS } from './settlement';
import type { PassResult, Settlement, SettlementTask } from './settlement';
import { measureSettlement } from './settlement-metric';
import type { Clock } from '../../domain/clock';
import { Failure } from '../../domain/failure';
import type { Journal } from '../../domain/journal';
import { ServiceError, explain, isPassing } from '../../domain/service-error';
import { Superseded } from '../../domain/workflow/superseded';
import { serializeAnswer } from '../answer';
import type { Answer } from '../answer';
import { clientTokenOf } from '../client-token';
import type { CustomResource, CustomResourceFactories, Invocation, Passed } from '../custom-resource';
import { locateStack } from '../custom-resource-event';
import { jsonJournal } from '../json-journal';
import { putAnswer } from '../put-answer';

/**
 * Enough to see a short workflow of License Manager end, and to read three times what seems final. For longer waits the workflow pauses, which
 * costs nothing.
 */
const PASS_MILLISECONDS = 30_000;

/**
 * One pass of the workflow. What nobody expects is thrown: the workflow repeats the pass, and that goes on with whatever this one has left.
 */
export async function goOn({ settlement }: SettlementTask, resources: CustomResourceFactories, clock: Clock): Promise<PassResult> {
  const { request, executionArn, passes } = settlement;
  const journal = jsonJournal({ requestId: request.RequestId, logicalId: request.LogicalResourceId, executionArn, pass: passes + 1 });
  const resourceFor = (milliseconds: number) => resources[request.ResourceType](invocationOf(settlement, clock.now() + milliseconds, clock, journal));
  try {
    const passed = await pass(settlement, resourceFor(PASS_MILLISECONDS));
    if (passed.kind === 'pending' && clock.now() < settlement.giveUpAt) {
      return next({ ...settlement, passes: passes + 1, progress: passed.progress }, clock);
    }
    const obstacle = await windUp(settlement, passed.kind === 'settled', resourceFor(WINDING_UP_MILLISECONDS));
    return await end(settlement, obstacle === undefined ? passed : withObstacle(passed, obstacle), clock, journal);
  } catch (error) {
    if (error instanceof Superseded) {
      journal.note('Superseded', { said: error.message });
      // For nobody: the execution has been stopped.
      return { outcome: 'FAILED', error: error.name, cause: error.message };
    }
    throw error;
  }
}

async function pass(settlement: Settlement, resource: CustomResource<object, object>): Promise<Passed<object>> {
  try {
    return await resource.goOn!(settlement);
  } catch (error) {
    if (error instanceof Failure) {
      return { kind: 'failed', failure: error };
    }
    if (error instanceof ServiceError) {
      return isPassing(error)
        ? { kind: 'pending', failure: explain(error), progress: settlement.progress }
        : { kind: 'failed', failure: explain(error) };
    }
    throw error;
  }
}

/** The end that was come to holds, whatever becomes of the rest. */
async function windUp(settlement: Settlement, isSettled: boolean, resource: CustomResource<object, object>): Promise<string | undefined> {
  try {
    return await resource.windUp!(settlement, isSettled);
  } catch (error) {
    if (error instanceof Failure || error instanceof ServiceError) {
      return error instanceof Failure ? error.message : explain(error).message;
    }
    throw error;
  }
}

function withObstacle(passed: Passed<object>, obstacle: string): Passed<object> {
  if (passed.kind === 'settled') {
    return { ...passed, settled: { ...passed.settled, reason: obstacle } };
  }
  const { asked, said, next: cure } = passed.failure;
  return { ...passed, failure: new Failure(asked, `${said}; ${obstacle}`, cure) };
}

function next(settlement: Settlement, clock: Clock): PassResult {
  return { outcome: 'PENDING', pauseSeconds: pauseSecondsBefore(settlement, clock.now()), settlement };
}

/** The one answer to CloudFormation, if it waits for one, and what the execution ends with. */
async function end(settlement: Settlement, passed: Passed<object>, clock: Clock, journal: Journal): Promise<PassResult> {
  const { request, grantArn } = settlement;
  measureSettlement(passed.kind === 'settled', ownerOf(settlement), clock.now(), journal);
  const answer: Answer = passed.kind === 'settled'
    ? { status: 'SUCCESS', ...passed.settled }
    : { status: 'FAILED', physicalId: grantArn, reason: passed.failure.message };
  journal.note('End', { status: answer.status, physicalId: answer.physicalId, reason: answer.reason });
  if (request.ResponseURL !== undefined) {
    await putAnswer(request.ResponseURL, serializeAnswer(request, answer), clock, journal);
  }
  switch (passed.kind) {
    case 'settled':
      return { outcome: 'SETTLED', ...passed.settled.attributes };
    case 'pending':
      return { outcome: 'FAILED', error: 'NotSettledInTime', cause: passed.failure.message };
    default:
      return { outcome: 'FAILED', error: 'SettlementFailed', cause: passed.failure.message };
  }
}

function invocationOf(settlement: Settlement, deadline: number, clock: Clock, journal: Journal): Invocation {
  const { request, executionArn } = settlement;
  return {
    request,
    stack: locateStack(request.StackId),
    owner: ownerOf(settlement),
    requestType: request.RequestType,
    clock,
    deadline,
    journal,
    clientToken: (step) => clientTokenOf(request, step),
    exists: () => undefined,
    executionArn,
  };
}

function ownerOf({ request }: Settlement): Invocation['owner'] {
  return { stackId: request.StackId, logicalId: request.LogicalResourceId };
}
