import { elapsed } from './elapsed';
import { LogEvent } from '../lambda/log-event';

/** One entry of a function's log: simulated time since the start, the function's log group, and what it wrote. */
export function logLine({ time, logGroupName, message }: LogEvent, start: Date): string {
  return `${elapsed(time, start)}  ${logGroupName}: ${message.trimEnd()}`;
}
