import { INVOKE_FUNCTION, TaskState } from './definition';
import { ExecutionSurroundings } from './execution-surroundings';
import { History } from './history';
import { Scope } from './paths';
import { fillTemplate } from './payload-template';
import { Retries } from './retries';
import { ERRORS, StateFailure } from './state-failure';

/** What is scheduled, started and ended of every attempt: https://docs.aws.amazon.com/step-functions/latest/apireference/API_HistoryEvent.html */
const EVENTS_OF_AN_ATTEMPT = 3;

/** What the function gives in the end. Throws a StateFailure if no attempt is left. */
export async function performTask(task: TaskState, scope: Scope, surroundings: ExecutionSurroundings, history: History): Promise<unknown> {
  const retries = new Retries(task.Retry ?? [], () => surroundings.random());
  for (let retryCount = 0; ; retryCount += 1) {
    try {
      history.add(EVENTS_OF_AN_ATTEMPT);
      return await attempt(task, withRetryCount(scope, retryCount), surroundings);
    } catch (error) {
      const pause = error instanceof StateFailure ? retries.pauseAfter(error.error) : undefined;
      if (pause === undefined) throw error;
      await surroundings.sleep(pause);
      await surroundings.transition();
    }
  }
}

async function attempt(task: TaskState, scope: Scope, surroundings: ExecutionSurroundings): Promise<unknown> {
  const parameters = task.Parameters === undefined ? scope.data : fillTemplate(task.Parameters, scope);
  const result = INVOKE_FUNCTION.test(task.Resource)
    ? await invokeByParameters(task, parameters as InvokeParameters, surroundings)
    : await invoke(task, task.Resource, parameters, surroundings);
  return task.ResultSelector === undefined ? result : fillTemplate(task.ResultSelector, { ...scope, data: result });
}

interface InvokeParameters {
  readonly FunctionName: string;
  readonly Payload?: unknown;
}

/** The result is Lambda's answer: https://docs.aws.amazon.com/step-functions/latest/dg/connect-lambda.html */
async function invokeByParameters(
  task: TaskState, { FunctionName, Payload = {} }: InvokeParameters, surroundings: ExecutionSurroundings,
): Promise<unknown> {
  return { ExecutedVersion: '$LATEST', Payload: await invoke(task, FunctionName, Payload, surroundings), StatusCode: 200 };
}

async function invoke(task: TaskState, functionName: string, input: unknown, surroundings: ExecutionSurroundings): Promise<unknown> {
  const { TimeoutSeconds = Infinity, HeartbeatSeconds = Infinity } = task;
  const limit = Math.min(TimeoutSeconds, HeartbeatSeconds);
  const outcome = await surroundings.invoke(functionName, input, limit === Infinity ? undefined : limit);
  // Guess: an invoked function sends no heartbeat, and misses the first one that is due.
  if (outcome === undefined) throw new StateFailure(HeartbeatSeconds < TimeoutSeconds ? ERRORS.heartbeatTimeout : ERRORS.timeout, undefined);
  if (outcome.error) throw new StateFailure(outcome.error.errorType, outcome.payload);
  return JSON.parse(outcome.payload);
}

/** So that `$$.State.RetryCount` tells it. */
function withRetryCount({ data, context }: Scope, retryCount: number): Scope {
  const { State, ...others } = context as { readonly State: object };
  return { data, context: { ...others, State: { ...State, RetryCount: retryCount } } };
}
