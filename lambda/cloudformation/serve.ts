import type { Answer } from './answer';
import { serializeAnswer } from './answer';
import { clientTokenOf } from './client-token';
import { ANSWERED_LATER, NOTHING_MADE } from './custom-resource';
import type { AnsweredLater, CustomResource, CustomResourceFactories, Settled } from './custom-resource';
import { locateStack } from './custom-resource-event';
import type { CustomResourceEvent, LambdaContext } from './custom-resource-event';
import { jsonJournal } from './json-journal';
import { putAnswer } from './put-answer';
import { goOn } from './settlement/go-on';
import { isSettlementTask } from './settlement/settlement';
import type { LastTask, PassResult, SettlementTask } from './settlement/settlement';
import { systemClock } from './system-clock';
import { within } from './within';
import type { Clock } from '../domain/clock';
import { Failure } from '../domain/failure';
import type { Journal } from '../domain/journal';
import { failureIn } from '../domain/service-error';
import { Superseded } from '../domain/workflow/superseded';

/** Waiting ends this long before Lambda stops the function: enough for a last call and for delivering the answer. */
const WORK_MARGIN_MILLISECONDS = 45_000;

/** A call that hangs is given up this long before Lambda stops the function: enough for delivering the answer. */
const ANSWER_MARGIN_MILLISECONDS = 20_000;

export type CustomResourceHandler = (event: CustomResourceEvent | SettlementTask | LastTask, context: LambdaContext) => Promise<PassResult | void>;

/**
 * A Lambda handler that answers CloudFormation's requests about these types of custom resources, each exactly once: whatever
 * goes wrong is an answer too. It throws only if the answer cannot be delivered, so that Lambda tries the request again. It serves as well
 * the workflow that requests are handed over to.
 */
export function serve(resources: CustomResourceFactories, clock: Clock = systemClock): CustomResourceHandler {
  return async (event, context) => (isSettlementTask(event) ? goOn(event, resources, clock) : respond(event, context, resources, clock));
}

async function respond(event: CustomResourceEvent, context: LambdaContext, resources: CustomResourceFactories, clock: Clock): Promise<void> {
  const journal = jsonJournal({ requestId: event.RequestId, requestType: event.RequestType, logicalId: event.LogicalResourceId });
  journal.note('Request', { stackId: event.StackId, resourceType: event.ResourceType, physicalId: event.PhysicalResourceId });
  const answer = await answerTo(event, context, resources, clock, journal);
  if (answer === ANSWERED_LATER) {
    return;
  }
  journal.note('Answer', { status: answer.status, physicalId: answer.physicalId, reason: answer.reason });
  await putAnswer(event.ResponseURL, serializeAnswer(event, answer), clock, journal);
}

async function answerTo(
  event: CustomResourceEvent, context: LambdaContext, resources: CustomResourceFactories, clock: Clock, journal: Journal,
): Promise<Answer | AnsweredLater> {
  let physicalId = event.PhysicalResourceId ?? NOTHING_MADE;
  let isAnswered = false;
  try {
    const factory = resources[event.ResourceType];
    if (!factory) {
      throw new Failure(`Request for a resource of the type '${event.ResourceType}'`, `this function serves ${Object.keys(resources).join(' and ')}`,
        'point the resource to the function that its construct made');
    }
    const remaining = context.getRemainingTimeInMillis();
    const resource = factory({
      request: event,
      stack: locateStack(event.StackId),
      owner: { stackId: event.StackId, logicalId: event.LogicalResourceId },
      requestType: event.RequestType,
      clock,
      deadline: clock.now() + remaining - WORK_MARGIN_MILLISECONDS,
      journal,
      clientToken: (step) => clientTokenOf(event, step),
      exists: (id) => {
        physicalId = event.RequestType === 'Delete' ? physicalId : id;
      },
      isAnswered: () => isAnswered,
    });
    return await within(remaining - ANSWER_MARGIN_MILLISECONDS, perform(event, resource));
  } catch (error) {
    return { status: 'FAILED', physicalId, reason: describeError(error) };
  } finally {
    isAnswered = true;
  }
}

async function perform(event: CustomResourceEvent, resource: CustomResource<object, object>): Promise<Answer | AnsweredLater> {
  const physicalId = event.PhysicalResourceId ?? NOTHING_MADE;
  switch (event.RequestType) {
    case 'Create':
      return succeeded(await resource.create(event.ResourceProperties));
    case 'Update':
      return succeeded(await resource.update(event.ResourceProperties, { physicalId, properties: event.OldResourceProperties ?? {} }));
    case 'Delete':
      return { status: 'SUCCESS', physicalId, reason: await resource.delete(event.ResourceProperties, physicalId) };
    default:
      throw new Failure(`Request of the type '${event.RequestType}'`, 'CloudFormation documents Create, Update and Delete only',
        'update cdk-managed-entitlements');
  }
}

function succeeded(result: Settled<object> | AnsweredLater): Answer | AnsweredLater {
  return result === ANSWERED_LATER ? result : { status: 'SUCCESS', ...result };
}

function describeError(error: unknown): string {
  if (error instanceof Superseded) {
    return `${error.message}. Next: nothing, CloudFormation does not wait for this any more.`;
  }
  return failureIn(error)?.message
    ?? `${(error as Error).message}. Next: deploy again; if this repeats, report it to cdk-managed-entitlements with the log of the function.`;
}
