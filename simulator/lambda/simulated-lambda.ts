import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deriveHexadecimal, deriveUuid } from './derived-identifiers';
import { FunctionDefinition } from './function-definition';
import { FunctionProcess, InvocationOutcome } from './function-process';
import { LogEvent } from './log-event';
import { Clock } from '../clock/clock';
import { RealTimeClock } from '../clock/real-time-clock';
import { bootstrapSource } from './runtime/bootstrap-source';

/** What functions need of the simulated services: where they are, and credentials of their role. */
export interface LambdaSurroundings {
  readonly endpoint: string;
  readonly identities: {
    issueCredentials(principal: { accountId: string; roleArn: string; sessionName: string }): SessionCredentials;
  };
}

export interface SessionCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

export interface SimulatedLambdaProps {
  readonly aws: LambdaSurroundings;
  readonly clock: Clock;
  /**
   * On simulated time: how long a function may work in real time without a pause before it counts as timed out.
   *
   * @default 120 seconds: far more than any function needs on a slow machine, and a loop without an end still ends
   */
  readonly longestWorkSeconds?: number;
}

export interface Invocation {
  readonly requestId: string;
  /** Resolves with the outcome of the first attempt. */
  readonly finished: Promise<InvocationOutcome>;
}

/**
 * What Lambda waits before it repeats a failed asynchronous invocation: one minute, then two, then it gives up.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 */
const RETRY_DELAYS_IN_SECONDS = [60, 120];

const DEFAULT_LONGEST_WORK_IN_SECONDS = 120;

/** Runs functions as processes of their own, invoked asynchronously as CloudFormation does. */
export class SimulatedLambda {
  private readonly functions = new Map<string, FunctionDefinition>();
  private readonly processes = new Map<FunctionDefinition, FunctionProcess[]>();
  private readonly retired = new Set<FunctionProcess>();
  private readonly logs: LogEvent[] = [];
  private readonly busy = new Map<string, FunctionProcess>();
  private readonly running = new Set<Promise<unknown>>();
  private readonly folder: string;
  private readonly bootstrapFile: string;
  private invocationCount = 0;
  private processCount = 0;

  constructor(private readonly props: SimulatedLambdaProps) {
    this.folder = mkdtempSync(join(tmpdir(), 'simulated-lambda-'));
    this.bootstrapFile = join(this.folder, 'bootstrap.js');
    writeFileSync(this.bootstrapFile, bootstrapSource({ virtualTime: !this.followsRealTime }));
  }

  /** Creates the function, or replaces its code and configuration: what runs goes on, the next invocation is the new one. */
  putFunction(definition: FunctionDefinition): void {
    if (!definition.runtime.startsWith('nodejs')) {
      throw new Error(`The simulator runs functions of Node.js runtimes only; ${definition.functionName} has the runtime ${definition.runtime}.`);
    }
    this.removeFunction(definition.functionArn);
    this.functions.set(definition.functionArn, definition);
  }

  removeFunction(functionArn: string): void {
    const definition = this.functions.get(functionArn);
    if (!definition) return;
    this.functions.delete(functionArn);
    for (const process of this.processes.get(definition) ?? []) this.retire(process);
    this.processes.delete(definition);
  }

  hasFunction(functionArn: string): boolean {
    return this.functions.has(functionArn);
  }

  invoke(functionArn: string, event: unknown): Invocation {
    if (!this.functions.has(functionArn)) throw new Error(`Function not found: ${functionArn}`);
    this.invocationCount += 1;
    const requestId = deriveUuid('invocation', this.invocationCount, functionArn);
    return { requestId, finished: this.attempt(functionArn, requestId, event, 0) };
  }

  /** Resolves as soon as that invocation has finished or does nothing but wait; at once where time is real. */
  async pauseOf(requestId: string): Promise<void> {
    if (!this.followsRealTime) await this.busy.get(requestId)?.pause();
  }

  logEvents(logGroupName?: string): readonly LogEvent[] {
    return logGroupName === undefined ? this.logs : this.logs.filter((event) => event.logGroupName === logGroupName);
  }

  /** Resolves when no function runs. */
  async idle(): Promise<void> {
    while (this.running.size > 0) await Promise.all(this.running);
  }

  async stop(): Promise<void> {
    this.functions.clear();
    await Promise.all([...[...this.processes.values()].flat(), ...this.retired].map((process) => process.stop()));
    this.processes.clear();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private get followsRealTime(): boolean {
    return this.props.clock instanceof RealTimeClock;
  }

  private async attempt(functionArn: string, requestId: string, event: unknown, failures: number): Promise<InvocationOutcome> {
    const definition = this.functions.get(functionArn);
    // A function that is gone is not invoked again.
    if (!definition) return undefined;
    const process = this.idleProcessOf(definition);
    const running = process.run(requestId, event);
    this.busy.set(requestId, process);
    this.running.add(running);
    const outcome = await running;
    this.busy.delete(requestId);
    this.running.delete(running);
    if (this.functions.get(functionArn) !== definition) this.retire(process);
    if (outcome) this.retry(functionArn, requestId, event, failures);
    return outcome;
  }

  private retry(functionArn: string, requestId: string, event: unknown, failures: number): void {
    const delay = RETRY_DELAYS_IN_SECONDS[failures];
    if (delay === undefined) return;
    this.props.clock.schedule(delay * 1000, () => void this.attempt(functionArn, requestId, event, failures + 1));
  }

  private idleProcessOf(definition: FunctionDefinition): FunctionProcess {
    const alive = (this.processes.get(definition) ?? []).filter((process) => process.isAlive);
    this.processes.set(definition, alive);
    const idle = alive.find((process) => process.isIdle);
    if (idle) return idle;
    const started = this.start(definition);
    alive.push(started);
    return started;
  }

  private start(definition: FunctionDefinition): FunctionProcess {
    this.processCount += 1;
    const logStreamName = this.logStreamName(definition);
    return new FunctionProcess({
      bootstrapFile: this.bootstrapFile,
      environment: this.environmentOf(definition, logStreamName),
      timeoutSeconds: definition.timeoutSeconds,
      longestWorkSeconds: this.followsRealTime ? undefined : this.props.longestWorkSeconds ?? DEFAULT_LONGEST_WORK_IN_SECONDS,
      clock: this.props.clock,
      log: (level, message, requestId) => this.logs.push({
        time: this.props.clock.now(), logGroupName: definition.logGroupName, logStreamName, requestId, level, message,
      }),
    });
  }

  private logStreamName(definition: FunctionDefinition): string {
    const day = this.props.clock.now().toISOString().slice(0, 10).replaceAll('-', '/');
    return `${day}/[$LATEST]${deriveHexadecimal(32, 'log stream', definition.functionArn, this.processCount)}`;
  }

  /** https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime, and nothing of the machine's own. */
  private environmentOf(definition: FunctionDefinition, logStreamName: string): Record<string, string> {
    const credentials = this.props.aws.identities.issueCredentials({
      accountId: definition.accountId,
      roleArn: definition.roleArn,
      sessionName: definition.functionName,
    });
    return {
      ...definition.environment,
      _HANDLER: definition.handler,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_SESSION_TOKEN: credentials.sessionToken,
      AWS_REGION: definition.region,
      AWS_DEFAULT_REGION: definition.region,
      AWS_ENDPOINT_URL: this.props.aws.endpoint,
      AWS_EXECUTION_ENV: `AWS_Lambda_${definition.runtime}`,
      AWS_LAMBDA_FUNCTION_NAME: definition.functionName,
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(definition.memorySizeInMegabytes),
      AWS_LAMBDA_LOG_GROUP_NAME: definition.logGroupName,
      AWS_LAMBDA_LOG_STREAM_NAME: logStreamName,
      HOME: this.folder,
      LAMBDA_TASK_ROOT: this.codeDirectoryOf(definition),
      SIMULATOR_FUNCTION_ARN: definition.functionArn,
      SIMULATOR_SEED: String(this.processCount),
      TZ: ':UTC',
    };
  }

  private codeDirectoryOf({ functionArn, code }: FunctionDefinition): string {
    if ('directory' in code) return code.directory;
    const directory = join(this.folder, deriveHexadecimal(32, functionArn, code.inlineSource));
    // Written once: other processes of the function may be reading it.
    if (!existsSync(directory)) {
      mkdirSync(directory);
      writeFileSync(join(directory, 'index.js'), code.inlineSource);
    }
    return directory;
  }

  private retire(process: FunctionProcess): void {
    if (process.isIdle) {
      this.retired.delete(process);
      void process.stop();
    } else if (process.isAlive) {
      this.retired.add(process);
    }
  }
}
