import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deriveHexadecimal, deriveUuid } from './derived-identifiers';
import { ExecutionRole } from './execution-role';
import { FunctionCode, FunctionDefinition } from './function-definition';
import { FunctionProcess, InvocationOutcome } from './function-process';
import { LogEvent } from './log-event';
import { LogStream } from './log-stream';
import { packageFoldersOf } from './package-folders';
import { withoutPolicies } from '../authorization/without-policies';
import { Clock } from '../clock/clock';
import { RealTimeClock } from '../clock/real-time-clock';
import { whileTimeStandsStill } from '../clock/while-time-stands-still';
import { bootstrapSource } from './runtime/bootstrap-source';
import { CFN_RESPONSE_SOURCE } from './runtime/cfn-response-source';
import { FunctionError } from './runtime/messages';
import { Authorizer } from '../wire/authorizer';
import { FunctionExecution } from '../wire/caller';
import { SessionRequest } from '../wire/identities';

/** What functions need of the simulated services: where they are, and credentials of their role. */
export interface LambdaSurroundings {
  readonly endpoint: string;
  readonly identities: { issueCredentials(request: SessionRequest): SessionCredentials };
  /** Decides what Lambda may do with the roles of functions. @default - everything */
  readonly authorizer?: Authorizer;
}

export interface SessionCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

export interface SimulatedLambdaProps {
  readonly aws: LambdaSurroundings;
  readonly clock: Clock;
  /** Called with each entry of each function's log. */
  readonly onLogEvent?: (event: LogEvent) => void;
  /**
   * On simulated time: how long a function may work in real time without a pause before it counts as timed out.
   *
   * @default 120 seconds: far more than any function needs on a slow machine, and a loop without an end still ends
   */
  readonly longestWorkSeconds?: number;
}

export interface Invocation {
  readonly requestId: string;
  /** Resolves with the error of the first attempt, if it fails. */
  readonly finished: Promise<FunctionError | undefined>;
}

/**
 * What Lambda waits before it repeats a failed asynchronous invocation: one minute, then two, then it gives up.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 */
const RETRY_DELAYS_IN_SECONDS = [60, 120];

const DEFAULT_LONGEST_WORK_IN_SECONDS = 120;

/** Runs functions as processes of their own. */
export class SimulatedLambda {
  private readonly functions = new Map<string, FunctionDefinition>();
  private readonly processes = new Map<FunctionDefinition, FunctionProcess[]>();
  private readonly retired = new Set<FunctionProcess>();
  private readonly hosts: Record<string, number> = {};
  private readonly missing = new Set<string>();
  private readonly logs: LogEvent[] = [];
  private readonly busy = new Map<string, FunctionProcess>();
  private readonly folder: string;
  private readonly bootstrapFile: string;
  private invocationCount = 0;
  private processCount = 0;

  constructor(private readonly props: SimulatedLambdaProps) {
    this.folder = mkdtempSync(join(tmpdir(), 'simulated-lambda-'));
    this.bootstrapFile = join(this.folder, 'bootstrap.js');
    writeFileSync(this.bootstrapFile, bootstrapSource({
      virtualTime: !this.followsRealTime,
      packageFolders: [process.cwd(), __dirname].flatMap(packageFoldersOf),
    }));
  }

  /** Throws if Lambda would not make the function, for its role does not let it reach its network. */
  async checkNetworkAccess(definition: FunctionDefinition): Promise<void> {
    await whileTimeStandsStill(this.props.clock, () => this.roleOf(definition).checkNetworkAccess());
  }

  /** Creates the function, or replaces its code and configuration: what runs goes on, the next invocation is the new one. */
  putFunction(definition: FunctionDefinition): void {
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

  find(functionArn: string): FunctionDefinition | undefined {
    return this.functions.get(unqualified(functionArn));
  }

  /** Invokes the function asynchronously, as CloudFormation and EventBridge do: what fails is repeated. */
  invoke(functionArn: string, event: unknown): Invocation {
    const requestId = this.newRequestId(functionArn);
    return { requestId, finished: this.attempt(unqualified(functionArn), requestId, event, 0) };
  }

  /** Invokes the function and waits for what it returns. */
  async call(functionArn: string, event: unknown): Promise<InvocationOutcome> {
    const requestId = this.newRequestId(functionArn);
    await this.turn();
    return this.run(this.existing(functionArn), requestId, event);
  }

  /** Functions reach that host of AWS, encrypted, on that port of this machine. */
  serveHost(host: string, port: number): void {
    this.hosts[host] = port;
  }

  /** The packages of the AWS SDK that functions asked for and this machine does not have. */
  get missingPackages(): readonly string[] {
    return [...this.missing].sort();
  }

  /** Resolves as soon as that invocation has finished or does nothing but wait; at once where time is real. */
  async pauseOf(requestId: string): Promise<void> {
    if (!this.followsRealTime) await this.busy.get(requestId)?.pause();
  }

  logEvents(logGroupName?: string): readonly LogEvent[] {
    return logGroupName === undefined ? this.logs : this.logs.filter((event) => event.logGroupName === logGroupName);
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

  private existing(functionArn: string): FunctionDefinition {
    const definition = this.find(functionArn);
    if (!definition) throw new Error(`Function not found: ${functionArn}`);
    return definition;
  }

  private newRequestId(functionArn: string): string {
    this.existing(functionArn);
    this.invocationCount += 1;
    return deriveUuid('invocation', this.invocationCount, functionArn);
  }

  /**
   * Functions that are invoked at one instant begin one after the other, in the order in which they were invoked: each works until it is
   * done or only waits. So what they do comes in the same order in every run, however fast the machine is.
   */
  private turn(): Promise<void> {
    return new Promise((resolve) => this.props.clock.schedule(0, resolve));
  }

  private async attempt(functionArn: string, requestId: string, event: unknown, failures: number): Promise<FunctionError | undefined> {
    await this.turn();
    const definition = this.functions.get(functionArn);
    // A function that is gone is not invoked again.
    if (!definition) return undefined;
    const { error } = await this.run(definition, requestId, event);
    if (error) this.retry(functionArn, requestId, event, failures);
    return error;
  }

  private async run(definition: FunctionDefinition, requestId: string, event: unknown): Promise<InvocationOutcome> {
    if ('unplayable' in definition.code) {
      const error = { errorType: 'SimulatorError', errorMessage: definition.code.unplayable };
      return { error, payload: JSON.stringify(error) };
    }
    const process = this.idleProcessOf(definition);
    this.busy.set(requestId, process);
    const outcome = await process.run(requestId, event, this.hosts);
    this.busy.delete(requestId);
    if (this.functions.get(definition.functionArn) !== definition) this.retire(process);
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
    const environment = this.environmentOf(definition, logStreamName, {
      kill: () => started.kill(),
      freeze: () => started.freeze(),
      whileRequestIsHeld: (clientPort, answer) => this.followsRealTime ? answer : started.whileRequestIsHeld(clientPort, answer),
    });
    const mayWriteLogs = whileTimeStandsStill(this.props.clock, () => this.roleOf(definition).mayWriteLogs(logStreamName));
    const log = new LogStream(mayWriteLogs, (event) => this.write(event));
    const started: FunctionProcess = new FunctionProcess({
      bootstrapFile: this.bootstrapFile,
      environment,
      timeoutSeconds: definition.timeoutSeconds,
      longestWorkSeconds: this.followsRealTime ? undefined : this.props.longestWorkSeconds ?? DEFAULT_LONGEST_WORK_IN_SECONDS,
      clock: this.props.clock,
      log: (level, message, requestId) => log.append({
        time: this.props.clock.now(), logGroupName: definition.logGroupName, logStreamName, requestId, level, message,
      }),
      onMissingPackage: (packageName) => this.missing.add(packageName),
    });
    return started;
  }

  private write(event: LogEvent): void {
    this.logs.push(event);
    this.props.onLogEvent?.(event);
  }

  private roleOf(definition: FunctionDefinition): ExecutionRole {
    return new ExecutionRole(definition, this.props.aws.authorizer ?? withoutPolicies, this.props.clock.now());
  }

  private logStreamName(definition: FunctionDefinition): string {
    const day = this.props.clock.now().toISOString().slice(0, 10).replaceAll('-', '/');
    return `${day}/[$LATEST]${deriveHexadecimal(32, 'log stream', definition.functionArn, this.processCount)}`;
  }

  /** https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime, and nothing of the machine's own. */
  private environmentOf(definition: FunctionDefinition, logStreamName: string, execution: FunctionExecution): Record<string, string> {
    const credentials = this.props.aws.identities.issueCredentials({
      accountId: definition.accountId,
      roleArn: definition.roleArn,
      sessionName: definition.functionName,
      sourceFunctionArn: definition.functionArn,
      execution,
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
      LAMBDA_TASK_ROOT: this.codeDirectoryOf(definition.functionArn, definition.code as PlayableCode),
      // No programs of this machine: Lambda's runtimes have no npm, git or AWS CLI either.
      PATH: this.folder,
      SIMULATOR_FUNCTION_ARN: definition.functionArn,
      SIMULATOR_SEED: String(this.processCount),
      TZ: ':UTC',
    };
  }

  private codeDirectoryOf(functionArn: string, code: PlayableCode): string {
    if ('directory' in code) return code.directory;
    const directory = join(this.folder, deriveHexadecimal(32, functionArn, code.inlineSource));
    // Written once: other processes of the function may be reading it.
    if (!existsSync(directory)) {
      mkdirSync(directory);
      writeFileSync(join(directory, 'index.js'), code.inlineSource);
      mkdirSync(join(directory, 'node_modules'));
      writeFileSync(join(directory, 'node_modules', 'cfn-response.js'), CFN_RESPONSE_SOURCE);
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

type PlayableCode = Exclude<FunctionCode, { readonly unplayable: string }>;

/** A version or an alias is the function's only code here. */
function unqualified(functionArn: string): string {
  return functionArn.split(':').slice(0, 7).join(':');
}
