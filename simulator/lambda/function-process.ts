import { ChildProcess, fork } from 'node:child_process';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { Clock } from '../clock/clock';
import { FinishedMessage, FunctionError, LogLevel, MessageFromFunction, MessageToFunction } from './runtime/messages';

export interface FunctionProcessProps {
  readonly bootstrapFile: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
  /** How long the function may work in real time without a pause. @default - no limit */
  readonly longestWorkSeconds?: number;
  readonly clock: Clock;
  readonly log: (level: LogLevel, message: string, requestId: string | undefined) => void;
  readonly onMissingPackage: (packageName: string) => void;
}

/** How an invocation ended. */
export interface InvocationOutcome {
  /** Absent when the function succeeded. */
  readonly error?: FunctionError;
  /** What the function returned, or its error, as JSON. */
  readonly payload: string;
}

interface RunningInvocation {
  readonly requestId: string;
  readonly end: (outcome: InvocationOutcome) => void;
}

/**
 * One execution environment: an operating system process that runs one invocation at a time. While the function works it
 * holds the clock; while it only waits for its timers it lets time go on and is woken at the next timer.
 */
export class FunctionProcess {
  private readonly child: ChildProcess;
  private running?: RunningInvocation;
  private alive = true;
  private isWorking = false;
  private isFrozen = false;
  private sentMessages = 0;
  private pauseListeners: (() => void)[] = [];
  private readyListeners: (() => void)[] = [];
  private workLimit?: NodeJS.Timeout;
  private releaseClock: () => void = doNothing;
  private cancelWakeUp: () => void = doNothing;

  constructor(private readonly props: FunctionProcessProps) {
    this.child = fork(props.bootstrapFile, [], {
      env: { ...props.environment },
      // Options of the simulator's own process (a loader, a debugger) are not the function's.
      execArgv: [],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.child.on('message', (message) => this.receive(message as MessageFromFunction));
    this.child.on('exit', () => this.onExit());
    // A process that is ended while a message is on its way to it has nothing more to say.
    this.child.on('error', doNothing);
    this.logLines(this.child.stdout!, 'INFO');
    this.logLines(this.child.stderr!, 'ERROR');
  }

  get isIdle(): boolean {
    return this.alive && !this.running;
  }

  get isAlive(): boolean {
    return this.alive;
  }

  run(requestId: string, event: unknown, hosts: Readonly<Record<string, number>>): Promise<InvocationOutcome> {
    const { clock, timeoutSeconds } = this.props;
    const now = clock.now().getTime();
    const timeout = timeoutSeconds * 1000;
    this.beginWork();
    return new Promise((resolve) => {
      const cancelTimeout = clock.schedule(timeout, () => this.timeOut());
      const end = (outcome: InvocationOutcome) => {
        cancelTimeout();
        this.cancelWakeUp();
        this.running = undefined;
        resolve(outcome);
        this.tellReady();
        this.pauseNow();
      };
      this.running = { requestId, end };
      this.send({ type: 'invoke', requestId, event, now, deadline: now + timeout, hosts });
    });
  }

  /** Resolves as soon as the function has finished or has nothing to do but wait. */
  pause(): Promise<void> {
    if (!this.isWorking) return Promise.resolve();
    return new Promise((resolve) => this.pauseListeners.push(resolve));
  }

  /**
   * What came from that port of the process is answered once the promise settles, at whatever simulated time that is. Until
   * then the request is no work of the function's; when this resolves the process expects its answer.
   */
  async whileRequestIsHeld<Answer>(localPort: number, answer: Promise<Answer>): Promise<Answer> {
    this.send({ type: 'hold-request', localPort });
    try {
      return await answer;
    } finally {
      await this.expectAnswer(localPort);
    }
  }

  /** Its end follows. */
  kill(): void {
    this.child.kill('SIGKILL');
  }

  /** From now on nothing moves in the process, and time passes until its timeout. */
  freeze(): void {
    this.isFrozen = true;
    this.child.kill('SIGSTOP');
    this.cancelWakeUp();
    this.pauseNow();
  }

  stop(): Promise<void> {
    if (!this.alive) return Promise.resolve();
    const exited = new Promise<void>((resolve) => this.child.once('exit', () => resolve()));
    this.child.kill('SIGKILL');
    return exited;
  }

  private receive(message: MessageFromFunction): void {
    switch (message.type) {
      case 'log': return this.props.log(message.level, message.message, this.running?.requestId);
      case 'missing-package': return this.props.onMissingPackage(message.name);
      case 'sleeping': return message.received < this.sentMessages ? undefined : this.sleepUntil(message.until);
      case 'working': return this.tellReady();
      case 'finished': return this.running?.end(outcomeOf(message));
    }
  }

  private sleepUntil(instant: number | undefined): void {
    const { clock } = this.props;
    if (instant !== undefined) {
      this.cancelWakeUp = clock.schedule(instant - clock.now().getTime(), () => {
        this.beginWork();
        this.send({ type: 'wake', now: clock.now().getTime() });
      });
    }
    this.pauseNow();
  }

  private async expectAnswer(localPort: number): Promise<void> {
    if (!this.running || this.isFrozen) return;
    this.cancelWakeUp();
    this.beginWork();
    const ready = new Promise<void>((resolve) => this.readyListeners.push(resolve));
    this.send({ type: 'answer-request', localPort, now: this.props.clock.now().getTime() });
    await ready;
  }

  private tellReady(): void {
    for (const listener of this.readyListeners.splice(0)) listener();
  }

  private beginWork(): void {
    if (this.isWorking) return;
    this.isWorking = true;
    const { clock, longestWorkSeconds } = this.props;
    this.releaseClock = clock.hold();
    // Simulated time stands still while the function works: one that never pauses would never time out.
    if (longestWorkSeconds !== undefined) this.workLimit = setTimeout(() => this.timeOut(), longestWorkSeconds * 1000);
  }

  private pauseNow(): void {
    this.isWorking = false;
    clearTimeout(this.workLimit);
    for (const listener of this.pauseListeners.splice(0)) listener();
    this.releaseClock();
  }

  /** The words are Lambda's: https://docs.aws.amazon.com/lambda/latest/dg/troubleshooting-invocation.html */
  private timeOut(): void {
    const errorMessage = `Task timed out after ${this.props.timeoutSeconds.toFixed(2)} seconds`;
    this.props.log('ERROR', errorMessage, this.running?.requestId);
    void this.stop();
    this.endAbruptly({ errorType: 'Sandbox.Timedout', errorMessage });
  }

  private onExit(): void {
    this.alive = false;
    this.endAbruptly({ errorType: 'Runtime.ExitError', errorMessage: 'Runtime exited without providing a reason' });
  }

  private endAbruptly(error: FunctionError): void {
    this.alive = false;
    this.running?.end(outcomeOf({ error }));
  }

  private send(message: MessageToFunction): void {
    this.sentMessages += 1;
    // The outcome of sending is seen by what the process does, or by its end.
    this.child.send(message, doNothing);
  }

  private logLines(stream: Readable, level: LogLevel): void {
    createInterface({ input: stream }).on('line', (line) => this.props.log(level, line, this.running?.requestId));
  }
}

function outcomeOf({ error, result }: Pick<FinishedMessage, 'error' | 'result'>): InvocationOutcome {
  return error ? { error, payload: JSON.stringify(error) } : { payload: result! };
}

function doNothing(): void {}
