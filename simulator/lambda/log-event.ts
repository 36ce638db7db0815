import { LogLevel } from './runtime/messages';

/** One entry in the log group of a function: one console call, or one line that its process wrote. */
export interface LogEvent {
  readonly time: Date;
  readonly logGroupName: string;
  readonly logStreamName: string;
  readonly requestId?: string;
  readonly level: LogLevel;
  readonly message: string;
}
