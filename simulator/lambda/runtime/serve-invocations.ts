import type { Connections } from './connections';
import type { FinishedMessage, InvokeMessage, LogLevel, MessageFromFunction, MessageToFunction } from './messages';
import type { VirtualTime } from './virtual-time';

export interface InvocationServing {
  readonly loadHandler: () => Promise<unknown>;
  readonly format: (...values: unknown[]) => string;
  /** Absent: the process follows real time. */
  readonly virtualTime?: VirtualTime;
  readonly connections: Connections;
}

/**
 * Takes one invocation after the other and does for it what Lambda's Node.js runtime does: the context, promises and
 * callbacks, one log event per console call. Between invocations and while it sleeps the process waits for the simulator.
 *
 * How it knows that a function only waits for its timers: virtual timers do not keep Node.js's event loop alive, requests
 * in flight and everything else do, and the channel to the simulator is left out while a function runs. So Node.js itself
 * says it, by `beforeExit`.
 *
 * Written into the bootstrap of a function's process as text: it refers to nothing but its parameter and globals.
 */
export function serveInvocations(serving: InvocationServing): void {
  const { virtualTime, connections } = serving;
  let current: InvokeMessage | undefined;
  let received = 0;
  const heldRequests = new Set<number>();

  function tell(message: MessageFromFunction): void {
    process.send!(message);
  }

  function waitForSimulator(): void {
    process.channel!.ref();
  }

  function workOn(): void {
    process.channel!.unref();
  }

  function describe(error: unknown): FinishedMessage['error'] {
    if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error) };
    return { errorType: error.name, errorMessage: error.message, trace: error.stack?.split('\n') };
  }

  function finish(outcome: Pick<FinishedMessage, 'error' | 'result'>): void {
    if (!current) return;
    current = undefined;
    waitForSimulator();
    tell({ type: 'finished', ...outcome });
  }

  function succeed(result: unknown): void {
    // Lambda answers null for what JSON cannot say.
    finish({ result: JSON.stringify(result) ?? 'null' });
  }

  function fail(error: unknown): void {
    if (current) console.error(error);
    finish({ error: describe(error) });
  }

  function complete(error?: unknown, result?: unknown): void {
    if (error) {
      fail(error);
    } else {
      succeed(result);
    }
  }

  function contextOf(invocation: InvokeMessage): object {
    return {
      callbackWaitsForEmptyEventLoop: true,
      awsRequestId: invocation.requestId,
      functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
      functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
      invokedFunctionArn: process.env.SIMULATOR_FUNCTION_ARN,
      memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
      logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
      logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
      getRemainingTimeInMillis: () => Math.max(0, invocation.deadline - Date.now()),
      done: complete,
      fail: (error: unknown) => complete(error ?? new Error('context.fail was called')),
      succeed: (result: unknown) => complete(undefined, result),
    };
  }

  async function invoke(invocation: InvokeMessage): Promise<void> {
    current = invocation;
    workOn();
    const handler = await serving.loadHandler();
    if (typeof handler !== 'function') throw new Error(`${process.env._HANDLER} is not a function`);
    const result: unknown = handler(invocation.event, contextOf(invocation), complete);
    const isPromise = typeof (result as PromiseLike<unknown> | undefined)?.then === 'function';
    // What does not return a promise ends with its callback, or when nothing is left to do.
    if (!isPromise) return;
    succeed(await result);
  }

  function whenNothingIsLeftButTimers(): void {
    const dueAt = virtualTime?.nextDueAt();
    if (!current || (dueAt === undefined && heldRequests.size === 0)) {
      succeed(undefined);
    } else if (dueAt !== undefined && dueAt <= virtualTime!.now()) {
      setImmediate(() => virtualTime!.runNextTimer());
    } else {
      waitForSimulator();
      tell({ type: 'sleeping', until: dueAt, received });
    }
  }

  function holdRequest(localPort: number): void {
    heldRequests.add(localPort);
    connections.keepAwake(localPort, false);
    // A process that waits already has to say anew how long.
    if (current) workOn();
  }

  function expectAnswer(localPort: number): void {
    heldRequests.delete(localPort);
    connections.keepAwake(localPort, true);
    if (current) workOn();
    tell({ type: 'working' });
  }

  function receive(message: MessageToFunction): void {
    received += 1;
    if ('now' in message) virtualTime?.advanceTo(message.now);
    switch (message.type) {
      case 'invoke':
        connections.serve(message.hosts);
        invoke(message).catch(fail);
        break;
      case 'wake':
        workOn();
        setImmediate(() => virtualTime!.runNextTimer());
        break;
      case 'hold-request':
        holdRequest(message.localPort);
        break;
      case 'answer-request':
        expectAnswer(message.localPort);
        break;
    }
  }

  function crash(error: unknown): void {
    fail(error);
    process.disconnect();
    process.exit(1);
  }

  const levels: Record<string, LogLevel> = { trace: 'TRACE', debug: 'DEBUG', log: 'INFO', info: 'INFO', warn: 'WARN', error: 'ERROR' };
  for (const [method, level] of Object.entries(levels)) {
    Object.assign(console, {
      [method]: (...values: unknown[]) => tell({ type: 'log', level, message: serving.format(...values) }),
    });
  }

  process.on('message', receive);
  // Without its simulator the process has nothing to live for.
  process.on('disconnect', () => process.exit());
  process.on('beforeExit', whenNothingIsLeftButTimers);
  process.on('uncaughtException', crash);
  process.on('unhandledRejection', crash);
}
