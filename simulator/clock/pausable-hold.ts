import { Clock } from './clock';

/** Holds a clock, except while what it stands for only waits. */
export class PausableHold {
  private releaseClock: () => void;

  constructor(private readonly clock: Clock) {
    this.releaseClock = clock.hold();
  }

  async pauseWhile<Result>(waiting: Promise<Result>): Promise<Result> {
    this.releaseClock();
    try {
      return await waiting;
    } finally {
      this.releaseClock = this.clock.hold();
    }
  }

  release(): void {
    this.releaseClock();
  }
}
