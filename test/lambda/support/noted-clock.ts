import type { Clock } from '../../../lambda/domain/clock';

/** Notes pauses instead of making them; time moves on by them alone. */
export class NotedClock implements Clock {
  readonly pauses: number[] = [];

  now(): number {
    return this.pauses.reduce((sum, pause) => sum + pause, 0);
  }

  async sleep(milliseconds: number): Promise<void> {
    this.pauses.push(milliseconds);
  }
}
