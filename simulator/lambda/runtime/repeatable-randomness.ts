/**
 * Makes Math.random the same in every run, because the SDK's backoff and handlers' jitter decide when things happen.
 * The generator is Lehmer's: S. K. Park and K. W. Miller, "Random number generators: good ones are hard to find", 1988.
 *
 * Written into the bootstrap of a function's process as text: it refers to nothing but its parameter and globals.
 */
export function installRepeatableRandomness(seed: number): void {
  const modulus = 2 ** 31 - 1;
  const multiplier = 48271;
  let state = 1 + seed % (modulus - 1);
  Math.random = () => {
    state = state * multiplier % modulus;
    return (state - 1) / (modulus - 1);
  };
}
