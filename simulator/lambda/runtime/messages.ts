/** What the simulator tells the process of a function. Instants are milliseconds since the epoch. */
export type MessageToFunction = InvokeMessage | WakeMessage | HoldRequestMessage | AnswerRequestMessage;

export interface InvokeMessage {
  readonly type: 'invoke';
  readonly requestId: string;
  readonly event: unknown;
  readonly now: number;
  readonly deadline: number;
  /** The port on this machine that stands for each of these hosts of AWS. */
  readonly hosts: Readonly<Record<string, number>>;
}

export interface WakeMessage {
  readonly type: 'wake';
  readonly now: number;
}

/** The request that came from that port of the process is answered at a later simulated time: nothing to wait for until then. */
export interface HoldRequestMessage {
  readonly type: 'hold-request';
  readonly localPort: number;
}

/** The answer to that request is about to come. */
export interface AnswerRequestMessage {
  readonly type: 'answer-request';
  readonly localPort: number;
  readonly now: number;
}

/** What the process of a function tells the simulator. */
export type MessageFromFunction = LogMessage | MissingPackageMessage | SleepingMessage | WorkingMessage | FinishedMessage;

export interface LogMessage {
  readonly type: 'log';
  readonly level: LogLevel;
  readonly message: string;
}

export type LogLevel = 'TRACE' | 'DEBUG' | 'INFO' | 'WARN' | 'ERROR';

/** The function asked for a package of the AWS SDK that Lambda's runtimes have and this machine does not. */
export interface MissingPackageMessage {
  readonly type: 'missing-package';
  readonly name: string;
}

/** Nothing is left to do before that instant; without one, before the answer to a held request. */
export interface SleepingMessage {
  readonly type: 'sleeping';
  readonly until?: number;
  /** How many messages the process had got by then: those that were on their way change what it says. */
  readonly received: number;
}

/** The process is ready for the answer to a held request. */
export interface WorkingMessage {
  readonly type: 'working';
}

export interface FinishedMessage {
  readonly type: 'finished';
  readonly error?: FunctionError;
  /** What the function returned, as JSON. */
  readonly result?: string;
}

export interface FunctionError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}
