import { Clock } from './clock';
import { ScheduledTask, TaskQueue } from './task-queue';

/** When simulated time begins unless somebody says otherwise: the same in every run, so that two runs show the same times. */
export const SIMULATION_START = new Date('2026-07-01T00:00:00Z');

export interface SimulatedClockOptions {
  /**
   * The instant at which simulated time begins.
   *
   * @default SIMULATION_START
   */
  readonly start?: Date;
}

/**
 * Discrete events: time stands still while anything works, and jumps to the next scheduled task as soon as nothing
 * holds it. Days of waiting cost no real time, and the order of events does not depend on the machine's speed.
 */
export class SimulatedClock implements Clock {
  private currentTime: number;
  private openHolds = 0;
  private lastOrder = 0;
  private readonly tasks = new TaskQueue();
  private readonly moveListeners = new Set<() => void>();
  private advanceIsPlanned = false;

  constructor(options: SimulatedClockOptions = {}) {
    this.currentTime = (options.start ?? SIMULATION_START).getTime();
  }

  now(): Date {
    return new Date(this.currentTime);
  }

  schedule(delayMilliseconds: number, run: () => void): () => void {
    this.lastOrder += 1;
    const task = new ScheduledTask(this.currentTime + Math.max(0, delayMilliseconds), this.lastOrder, run);
    this.tasks.add(task);
    this.planAdvance();
    return () => task.cancel();
  }

  hold(): () => void {
    this.openHolds += 1;
    let released = false;
    return () => {
      if (released) return;
      released = true;
      this.openHolds -= 1;
      this.planAdvance();
    };
  }

  /** Calls the listener whenever time is about to move on: what is so then stays so until the next time. Returns a function that ends this. */
  beforeMoves(listener: () => void): () => void {
    this.moveListeners.add(listener);
    return () => this.moveListeners.delete(listener);
  }

  /** What follows from an event in the same turn of the event loop comes before time moves on. */
  private planAdvance(): void {
    if (this.advanceIsPlanned) return;
    this.advanceIsPlanned = true;
    setImmediate(() => {
      this.advanceIsPlanned = false;
      this.advance();
    });
  }

  private advance(): void {
    const next = this.openHolds === 0 ? this.tasks.take() : undefined;
    if (!next) return;
    if (next.dueAt > this.currentTime) {
      this.moveListeners.forEach((listener) => listener());
      this.currentTime = next.dueAt;
    }
    this.planAdvance();
    next.run();
  }
}
