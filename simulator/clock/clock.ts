/** Where everything in the simulator reads the time and waits. */
export interface Clock {
  now(): Date;
  /** Runs the task once, after that much simulated time. Returns a function that cancels it. */
  schedule(delayMilliseconds: number, task: () => void): () => void;
  /** Simulated time stands still until the returned function is called. A clock that follows real time ignores it. */
  hold(): () => void;
}
