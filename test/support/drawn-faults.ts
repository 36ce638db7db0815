import { draw } from '../../simulator/faults/draw';

/** A whole number from 1 to the greatest one, as the seed has it for the purpose. */
export function drawNumber(greatest: number, seed: number, ...purpose: readonly (string | number)[]): number {
  return Math.floor(draw(seed, ...purpose) * greatest) + 1;
}

/** A fault that a robust function gets by more often than not, with parts of its own. */
export function drawFault(seed: number, ...purpose: readonly (string | number)[]): string {
  const fit = (part: string, greatest: number) => drawNumber(greatest, seed, ...purpose, part);
  const faults = [
    () => `throttling@${fit('percentage', 30)}%`,
    () => `server-error@${fit('percentage', 20)}%`,
    () => `connection-reset-before@${fit('percentage', 20)}%`,
    () => `connection-reset-after@${fit('percentage', 20)}%`,
    () => `slow-answer@${fit('percentage', 10)}%,${fit('seconds', 60)}s`,
    () => `stale-reads@${fit('seconds', 20)}s`,
    () => `function-killed-before@${fit('count', 20)}`,
    () => `function-killed-after@${fit('count', 20)}`,
    () => `function-timeout@${fit('count', 20)}`,
    () => `duplicate-event@${fit('seconds', 30)}s`,
    () => `response-error@1-${fit('count', 5)}`,
    () => `response-reset@1-${fit('count', 5)}`,
    () => `permissions-delay@${fit('seconds', 40)}s`,
  ];
  return faults[fit('fault', faults.length) - 1]();
}
