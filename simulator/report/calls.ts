import { ApiCall } from '../wire/call-log';

/** How many calls of each kind were made, such as `license-manager:CreateGrant`, in alphabetical order. */
export function countCalls(calls: readonly ApiCall[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const name of calls.map(({ service, operation }) => `${service}:${operation}`).sort()) {
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}
