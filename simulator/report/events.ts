import { StackEvent } from '../cloudformation/stack-event';

/** As wide as the longest status of a resource; those of stacks are longer, and few. */
const STATUS_WIDTH = 'UPDATE_IN_PROGRESS'.length;

/** One readable line: simulated time since the start, status, resource, and the reason if there is one. */
export function eventLine({ time, status, logicalId, type, reason }: StackEvent, start: Date): string {
  return `${elapsed(time, start)}  ${status.padEnd(STATUS_WIDTH)}  ${logicalId} (${type})${reason ? `: ${reason}` : ''}`;
}

function elapsed(time: Date, start: Date): string {
  const seconds = Math.round((time.getTime() - start.getTime()) / 1000);
  return [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map((part) => String(part).padStart(2, '0')).join(':');
}
