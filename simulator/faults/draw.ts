import { createHash } from 'node:crypto';

/**
 * A number from 0 up to 1 that looks random and follows from the seed and from what it is drawn for. Draws do not depend on
 * each other, so what one function does never changes the luck of another.
 */
export function draw(seed: number, ...purpose: readonly (string | number)[]): number {
  const digest = createHash('sha256').update([seed, ...purpose].join('\n')).digest();
  return digest.readUIntBE(0, 6) / 2 ** 48;
}
