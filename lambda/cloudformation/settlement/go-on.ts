import { pauseSecondsBefore } from './pauses';
import { LONGEST_TAKING_BACK_MILLISECONDS } from './settlement';
import type { Ending, PassResult, Settlement, SettlementTask } from './settlement';
import { measureSettlement } from './settlement-metric';
import type { Clock } from '../../domain/clock';
import { Failure } from '../../domain/failure';
import { RESTORING_MILLISECONDS } from '../../domain/grant/restore-predecessor';
import type { Journal } from '../../domain/journal';
import { ServiceError, explain, isPassing } from '../../domain/service-error';
import { Superseded } from '../../domain/workflow/superseded';
import { serializeAnswer } from '../answer';
import type { Answer } from '../answer';
import { clientTokenOf } from '../client-token';
import type { CustomResource, CustomResourceFactories, Invocation, Passed, WindingUp } from '../custom-resource';
import { locateStack } from '../custom-resource-event';
import { jsonJournal } from '../json-journal';
import { putAnswer } from '../put-answer';

/**
 * Enough to see a short workflow of License Manager end, and to read three times what seems final. For longer waits the workflow pauses, which
 * costs nothing.
 */
const PASS_MILLISECONDS = 30_000;

/** What the passes have come to. */
type Ended = Extract<Passed<object>, { kind: 'settled' }> | { readonly kind: 'failed'; readonly error: Ending['error']; readonly failure: Failure };

/**
 * One pass of the workflow. What nobody expects is thrown: the workflow repeats the pass, and that goes on with whatever this one has left.
 */
export async function goOn({ settlement }: SettlementTask, resources: CustomResourceFactories, clock: Clock): Promise<PassResult> {
  const { request, executionArn, passes } = settlement;
  const journal = jsonJournal({ requestId: request.RequestId, logicalId: request.LogicalResourceId, executionArn, pass: passes + 1 });
  const factory = resources[request.ResourceType];
  const resourceFor: ResourceFor = (milliseconds) => factory(invocationOf(settlement, clock.now() + milliseconds, clock, journal));
  try {
    // While the activation of a new grant that was given up is still under way, it may succeed, and cannot be stopped.
    return settlement.ending?.progress
      ? await windUp(settlement, endedAs(settlement.ending), resourceFor(PASS_MILLISECONDS), clock, journal)
      : await settle(settlement, resourceFor, clock, journal);
  } catch (error) {
    if (error instanceof Superseded) {
      journal.note('Superseded', { said: error.message });
      // For nobody: the execution has been stopped.
      return { outcome: 'FAILED', error: error.name, cause: error.message };
    }
    throw error;
  }
}

/** What serves the request, for that long. */
type ResourceFor = (milliseconds: number) => CustomResource<object, object>;

async function settle(settlement: Settlement, resourceFor: ResourceFor, clock: Clock, journal: Journal): Promise<PassResult> {
  const passed = await pass(settlement, resourceFor(PASS_MILLISECONDS));
  if (passed.kind === 'pending' && clock.now() < settlement.giveUpAt) {
    return next({ ...settlement, progress: passed.progress }, clock);
  }
  return windUp(settlement, endOf(passed), resourceFor(RESTORING_MILLISECONDS), clock, journal);
}

function endOf(passed: Passed<object>): Ended {
  switch (passed.kind) {
    case 'settled':
      return passed;
    case 'failed':
      return { ...passed, error: 'SettlementFailed' };
    default:
      return { kind: 'failed', error: 'NotSettledInTime', failure: passed.failure };
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

/** The end that the passes have come to holds, whatever becomes of the rest. */
async function windUp(
  settlement: Settlement, ended: Ended, resource: CustomResource<object, object>, clock: Clock, journal: Journal,
): Promise<PassResult> {
  const { obstacle, goesOn, progress } = await attemptWindingUp(settlement, ended, resource);
  const hasTime = settlement.request.ResponseURL === undefined && clock.now() < settlement.giveUpAt + LONGEST_TAKING_BACK_MILLISECONDS;
  if (ended.kind === 'failed' && goesOn && hasTime) {
    const { asked, said, next: cure } = ended.failure;
    return next({ ...settlement, ending: { error: ended.error, asked, said, next: cure, progress } }, clock);
  }
  return end(settlement, obstacle === undefined ? ended : withObstacle(ended, obstacle), clock, journal);
}

async function attemptWindingUp(settlement: Settlement, ended: Ended, resource: CustomResource<object, object>): Promise<WindingUp> {
  try {
    return await resource.windUp!(settlement, ended.kind === 'settled');
  } catch (error) {
    if (error instanceof Failure) {
      return { obstacle: error.message };
    }
    if (error instanceof ServiceError) {
      return { obstacle: explain(error).message, goesOn: isPassing(error), progress: settlement.ending?.progress };
    }
    throw error;
  }
}

function withObstacle(ended: Ended, obstacle: string): Ended {
  if (ended.kind === 'settled') {
    return { ...ended, settled: { ...ended.settled, reason: obstacle } };
  }
  const { asked, said, next: cure } = ended.failure;
  return { ...ended, failure: new Failure(asked, `${said}; ${obstacle}`, cure) };
}

function endedAs({ error, asked, said, next: cure }: Ending): Ended {
  return { kind: 'failed', error, failure: new Failure(asked, said, cure) };
}

function next(settlement: Settlement, clock: Clock): PassResult {
  const passed = { ...settlement, passes: settlement.passes + 1 };
  return { outcome: 'PENDING', pauseSeconds: pauseSecondsBefore(passed, clock.now()), settlement: passed };
}

/** The one answer to CloudFormation, if it waits for one, and what the execution ends with. */
async function end(settlement: Settlement, ended: Ended, clock: Clock, journal: Journal): Promise<PassResult> {
  const { request, grantArn } = settlement;
  measureSettlement(ended.kind === 'settled', ownerOf(settlement), clock.now(), journal);
  const answer: Answer = ended.kind === 'settled'
    ? { status: 'SUCCESS', ...ended.settled }
    : { status: 'FAILED', physicalId: grantArn, reason: ended.failure.message };
  journal.note('End', { status: answer.status, physicalId: answer.physicalId, reason: answer.reason });
  if (request.ResponseURL !== undefined) {
    await putAnswer(request.ResponseURL, serializeAnswer(request, answer), clock, journal);
  }
  return ended.kind === 'settled'
    ? { outcome: 'SETTLED', ...ended.settled.attributes }
    : { outcome: 'FAILED', error: ended.error, cause: ended.failure.message };
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
    isAnswered: () => false,
    executionArn,
  };
}

function ownerOf({ request }: Settlement): Invocation['owner'] {
  return { stackId: request.StackId, logicalId: request.LogicalResourceId };
}
