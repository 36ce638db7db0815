import { nameOf } from './switch';
import type { Switch } from './switch';

const SEPARATOR = '/';

/**
 * The physical id of a setup: the organization, and what this setup itself turned on, so that undoing it leaves alone what
 * was on before. For example `o-exampleorg1/trusted-access:license-manager/linking`.
 */
export function writeRecord(organizationId: string, turnedOn: readonly Switch[]): string {
  return [organizationId, ...turnedOn.map(nameOf)].join(SEPARATOR);
}

/** The names of what a physical id says was turned on; none for an id that no setup has written. */
export function readRecord(physicalId: string): readonly string[] {
  const [, ...names] = physicalId.split(SEPARATOR);
  return names;
}
