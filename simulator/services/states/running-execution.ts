import { Clock } from '../../clock/clock';

/** An execution under way, on its clock. When it is ended, nothing of it is left there, and it gets no further than its next transition. */
export class RunningExecution {
  private isEnded = false;
  private readonly timers = new Set<() => void>();

  constructor(private readonly clock: Clock) {}

  end(): void {
    this.isEnded = true;
    this.timers.forEach((cancel) => cancel());
  }

  /** Returns a function that cancels the task. */
  after(seconds: number, task: () => void): () => void {
    const cancel = this.clock.schedule(seconds * 1000, () => {
      this.timers.delete(cancel);
      task();
    });
    this.timers.add(cancel);
    return () => {
      this.timers.delete(cancel);
      cancel();
    };
  }

  /** Never settles for an execution that has ended. */
  unlessEnded(): Promise<void> {
    return this.isEnded ? new Promise(() => {}) : Promise.resolve();
  }

  sleep(seconds: number): Promise<void> {
    return new Promise((resolve) => this.after(seconds, resolve));
  }

  /** What the work gives; undefined if it takes longer, and then the work goes on by itself. */
  within<Result>(seconds: number | undefined, work: Promise<Result>): Promise<Result | undefined> {
    return new Promise((resolve, reject) => {
      const cancel = seconds === undefined ? () => {} : this.after(seconds, () => resolve(undefined));
      work.finally(cancel).then(resolve, reject);
    });
  }
}
