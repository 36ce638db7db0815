import { Clock } from './clock';

/** Follows the machine's time: for a simulator that people and other programs talk to. */
export class RealTimeClock implements Clock {
  now(): Date {
    return new Date();
  }

  schedule(delayMilliseconds: number, task: () => void): () => void {
    const timer = setTimeout(task, delayMilliseconds);
    return () => clearTimeout(timer);
  }

  hold(): () => void {
    return () => {};
  }
}
