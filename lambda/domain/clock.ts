/** Time as the domain sees it, so that waiting can be played without waiting. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  sleep(milliseconds: number): Promise<void>;
}
