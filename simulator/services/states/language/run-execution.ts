import { Catcher, Retrier, StateMachineDefinition, TaskState } from './state-machine-definition';
import { FunctionOutcome } from '../../lambda/functions';

export interface ExecutionSurroundings {
  call(functionArn: string, input: unknown): Promise<FunctionOutcome>;
  sleep(seconds: number): Promise<void>;
}

export type ExecutionOutcome =
  | { readonly status: 'SUCCEEDED'; readonly output: string }
  | { readonly status: 'FAILED'; readonly error: string; readonly cause: string };

type TaskOutcome = { readonly output: string } | { readonly error: string; readonly cause: string };

/** What a retrier says when it says nothing: https://states-language.net/spec.html#retrying-after-error */
const DEFAULT_RETRY = { IntervalSeconds: 1, MaxAttempts: 3, BackoffRate: 2, MaxDelaySeconds: Infinity };

/** Runs a state machine to its end. Input and output are JSON texts. */
export async function runExecution(
  definition: StateMachineDefinition, input: string, surroundings: ExecutionSurroundings,
): Promise<ExecutionOutcome> {
  let state = definition.States[definition.StartAt];
  let data = input;
  for (;;) {
    const outcome = await runTask(state, data, surroundings);
    if ('output' in outcome) {
      if (state.End) return { status: 'SUCCEEDED', output: outcome.output };
      data = outcome.output;
      state = definition.States[state.Next!];
    } else {
      const catcher = handlerOf(state.Catch, outcome.error);
      if (!catcher) return { status: 'FAILED', ...outcome };
      data = JSON.stringify({ Error: outcome.error, Cause: outcome.cause });
      state = definition.States[catcher.Next];
    }
  }
}

async function runTask({ Resource, Retry }: TaskState, input: string, { call, sleep }: ExecutionSurroundings): Promise<TaskOutcome> {
  const attempts = new Map<Retrier, number>();
  for (;;) {
    const { error, payload } = await call(Resource, JSON.parse(input));
    if (!error) return { output: payload };
    const retrier = handlerOf(Retry, error.errorType);
    const retries = retrier ? attempts.get(retrier) ?? 0 : 0;
    if (!retrier || retries >= (retrier.MaxAttempts ?? DEFAULT_RETRY.MaxAttempts)) return { error: error.errorType, cause: payload };
    attempts.set(retrier, retries + 1);
    await sleep(delayBefore(retries, retrier));
  }
}

function delayBefore(retries: number, retrier: Retrier): number {
  const { IntervalSeconds, BackoffRate, MaxDelaySeconds } = { ...DEFAULT_RETRY, ...retrier };
  return Math.min(IntervalSeconds * BackoffRate ** retries, MaxDelaySeconds);
}

/** The first that names the error; `States.TaskFailed` names all errors of tasks but timeouts: https://states-language.net/spec.html#appendix-a */
function handlerOf<Handler extends Retrier | Catcher>(handlers: readonly Handler[] | undefined, error: string): Handler | undefined {
  return handlers?.find(({ ErrorEquals }) => [error, 'States.ALL', 'States.TaskFailed'].some((name) => ErrorEquals.includes(name)));
}
