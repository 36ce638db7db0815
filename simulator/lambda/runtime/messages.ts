/** What the simulator tells the process of a function. Instants are milliseconds since the epoch. */
export type MessageToFunction = InvokeMessage | WakeMessage;

export interface InvokeMessage {
  readonly type: 'invoke';
  readonly requestId: string;
  readonly event: unknown;
  readonly now: number;
  readonly deadline: number;
}

export interface WakeMessage {
  readonly type: 'wake';
  readonly now: number;
}

/** What the process of a function tells the simulator. */
export type MessageFromFunction = LogMessage | SleepingMessage | FinishedMessage;

export interface LogMessage {
  readonly type: 'log';
  readonly level: LogLevel;
  readonly message: string;
}

export type LogLevel = 'TRACE' | 'DEBUG' | 'INFO' | 'WARN' | 'ERROR';

/** Nothing is left to do before that instant. */
export interface SleepingMessage {
  readonly type: 'sleeping';
  readonly until: number;
}

export interface FinishedMessage {
  readonly type: 'finished';
  readonly error?: FunctionError;
}

export interface FunctionError {
  readonly errorType: string;
  readonly errorMessage: string;
}
