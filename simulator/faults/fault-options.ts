import { Fault } from './fault';

/** What makes a simulation harder than a good day. */
export interface FaultOptions {
  /** @default - nothing goes wrong */
  readonly faults?: readonly Fault[];
  /**
   * Decides which calls are hit where a fault hits a part of them.
   *
   * @default 1
   */
  readonly seed?: number;
  /** How much simulated time each answer of a service takes. @default 0 */
  readonly latencyMilliseconds?: number;
  /** How many calls each account may make of a service in a second. @default - as many as it likes */
  readonly ratePerSecond?: number;
}

export const DEFAULT_SEED = 1;
