import { UsageError } from './usage-error';
import { SWITCHES, Variants } from '../simulator/services/variants';

/** The switches with their positions, the default first, as lines of a help page. */
export const VARIANT_LINES = Object.entries(SWITCHES).map(([name, positions]) => `  ${name.padEnd(34)}${positions.join(', ')}`).join('\n');

/** Reads texts of the form `NAME=POSITION`. */
export function readVariants(texts: readonly string[] = []): Partial<Variants> {
  return Object.fromEntries(texts.map(readVariant));
}

function readVariant(text: string): [string, string] {
  const [name, position] = text.split('=');
  const positions: readonly string[] | undefined = Object.hasOwn(SWITCHES, name) ? SWITCHES[name as keyof typeof SWITCHES] : undefined;
  if (!positions) {
    throw new UsageError(`--variant: there is no switch '${name}'; the switches are ${Object.keys(SWITCHES).join(', ')}`);
  }
  if (!positions.includes(position)) {
    throw new UsageError(`--variant: '${text}' names no position of ${name}; it takes ${positions.join(', ')}`);
  }
  return [name, position];
}
