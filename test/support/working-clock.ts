import type { Clock as HandlerClock } from '../../lambda/domain/clock';
import type { Clock } from '../../simulator/clock/clock';

/** The clock of a handler, or of a test, in this process: simulated time stands still while it works, and goes on while it sleeps. */
export class WorkingClock implements HandlerClock {
  stopWorking: () => void;

  constructor(private readonly clock: Clock) {
    this.stopWorking = clock.hold();
  }

  now(): number {
    return this.clock.now().getTime();
  }

  async sleep(milliseconds: number): Promise<void> {
    await new Promise<void>((resolve) => {
      this.clock.schedule(milliseconds, () => {
        this.stopWorking = this.clock.hold();
        resolve();
      });
      this.stopWorking();
    });
  }
}
