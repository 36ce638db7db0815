import { createHash } from 'node:crypto';

/** Identifiers look random but follow from what they identify, so that two runs of a simulation are the same. */
export function deriveHexadecimal(length: number, ...seed: readonly (string | number)[]): string {
  return createHash('sha256').update(seed.join('\n')).digest('hex').slice(0, length);
}

export function deriveUuid(...seed: readonly (string | number)[]): string {
  const digits = deriveHexadecimal(32, ...seed);
  return [digits.slice(0, 8), digits.slice(8, 12), `4${digits.slice(13, 16)}`, `8${digits.slice(17, 20)}`, digits.slice(20, 32)].join('-');
}
