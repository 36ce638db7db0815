import { elapsed } from './elapsed';
import { StackEvent } from '../cloudformation/stack-event';

/** As wide as the longest status of a resource; those of stacks are longer, and few. */
const STATUS_WIDTH = 'UPDATE_IN_PROGRESS'.length;

/** One readable line: simulated time since the start, status, resource, and the reason if there is one. */
export function eventLine({ time, status, logicalId, type, reason }: StackEvent, start: Date): string {
  return `${elapsed(time, start)}  ${status.padEnd(STATUS_WIDTH)}  ${logicalId} (${type})${reason ? `: ${reason}` : ''}`;
}
