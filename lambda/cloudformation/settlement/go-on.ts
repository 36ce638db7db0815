import { endedAs } from './ended';
import type { Ended } from './ended';
import { functionFailed } from './function-failed';
import { nextPass } from './pauses';
import { ownerOf } from './settlement';
import type { Ending, FunctionFailure, LastTask, PassResult, Settlement, SettlementTask } from './settlement';
import { windUp, windUpInAnyCase } from './wind-up';
import type { Clock } from '../../domain/clock';
import { RESTORING_MILLISECONDS } from '../../domain/grant/restore-predecessor';
import type { Journal } from '../../domain/journal';
import { failureIn, isPassing } from '../../domain/service-error';
import { Superseded } from '../../domain/workflow/superseded';
import { clientTokenOf } from '../client-token';
import type { CustomResource, CustomResourceFactories, Invocation, Passed } from '../custom-resource';
import { locateStack } from '../custom-resource-event';
import { jsonJournal } from '../json-journal';

/**
 * Enough to see a short workflow of License Manager end, and to read three times what seems final. For longer waits the workflow pauses, which
 * costs nothing.
 */
const PASS_MILLISECONDS = 30_000;

/**
 * One pass of the workflow. What nobody expects is thrown: the workflow repeats the pass, and that goes on with whatever this one has left.
 */
export async function goOn(task: SettlementTask | LastTask, resources: CustomResourceFactories, clock: Clock): Promise<PassResult> {
  const { settlement } = task;
  const { request, executionArn, passes } = settlement;
  const journal = jsonJournal({ requestId: request.RequestId, logicalId: request.LogicalResourceId, executionArn, pass: passes + 1 });
  const factory = resources[request.ResourceType];
  const resourceFor: ResourceFor = (milliseconds) => factory(invocationOf(settlement, clock.now() + milliseconds, clock, journal));
  try {
    if ('abandonedAfter' in task && !hasTimeToAnswer(settlement, clock)) {
      return await abandon(settlement, task.abandonedAfter, resourceFor(RESTORING_MILLISECONDS), clock, journal);
    }
    const { ending } = settlement;
    return ending && isFinal(ending)
      ? await windUp(settlement, endedAs(ending), resourceFor(PASS_MILLISECONDS), clock, journal)
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

/** A disturbance of Lambda may be over long before CloudFormation stops waiting. */
function hasTimeToAnswer({ request, giveUpAt }: Settlement, clock: Clock): boolean {
  return request.ResponseURL !== undefined && clock.now() < giveUpAt;
}

/**
 * While the activation of a new grant that was given up is still under way, it may succeed, and cannot be stopped. A pass would find that out; not
 * so where it is the passes that fail.
 */
function isFinal({ error, progress }: Ending): boolean {
  return progress !== undefined || error === 'FunctionFailed';
}

/** What serves the request, for that long. */
type ResourceFor = (milliseconds: number) => CustomResource<object, object>;

async function settle(settlement: Settlement, resourceFor: ResourceFor, clock: Clock, journal: Journal): Promise<PassResult> {
  const passed = await pass(settlement, resourceFor(PASS_MILLISECONDS));
  if (passed.kind === 'pending' && clock.now() < settlement.giveUpAt) {
    return nextPass({ ...settlement, progress: passed.progress }, clock);
  }
  return windUp(settlement, endOf(passed), resourceFor(RESTORING_MILLISECONDS), clock, journal);
}

/** The end of a workflow whose function keeps dying. */
async function abandon(
  settlement: Settlement, failure: FunctionFailure, resource: CustomResource<object, object>, clock: Clock, journal: Journal,
): Promise<PassResult> {
  const { ending } = settlement;
  const ended: Ended = ending ? endedAs(ending) : { kind: 'failed', error: 'FunctionFailed', failure: functionFailed(settlement, failure) };
  return windUpInAnyCase(settlement, ended, resource, clock, journal);
}

function endOf(passed: Passed<object>): Ended {
  switch (passed.kind) {
    case 'settled':
      return passed;
    case 'failed':
      return { ...passed, error: 'SettlementFailed' };
    default:
      return { kind: 'failed', error: 'NotSettledInTime', failure: passed.failure, asItIs: passed.asItIs };
  }
}

async function pass(settlement: Settlement, resource: CustomResource<object, object>): Promise<Passed<object>> {
  try {
    return await resource.goOn!(settlement);
  } catch (error) {
    const failure = failureIn(error);
    if (!failure) {
      throw error;
    }
    return isPassing(error) ? { kind: 'pending', failure, progress: settlement.progress } : { kind: 'failed', failure };
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
    isAnswered: () => false,
    executionArn,
  };
}
