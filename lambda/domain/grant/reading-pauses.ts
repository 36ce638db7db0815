import { pauseAfter } from '../backoff';
import type { Clock } from '../clock';

/**
 * How often a grant is read while License Manager works: soon at first, since most workflows are short, and later every
 * 20 seconds, since grants of whole organizations take long and License Manager publishes no rate that would allow more.
 */
const READING = { firstMilliseconds: 1_000, longestMilliseconds: 20_000 };

/** How often something final is read before it is believed: License Manager's reads lag behind its answers. */
export const CONFIRMATIONS = 3;

/** The pauses between the readings of a grant, until a deadline. */
export class ReadingPauses {
  private pauses = 0;

  constructor(private readonly clock: Clock, private readonly deadline: number) {}

  /** Whether another pause ends before the deadline. */
  hasTime(): boolean {
    return this.clock.now() + pauseAfter(this.pauses + 1, READING) < this.deadline;
  }

  async pause(): Promise<undefined> {
    this.pauses += 1;
    await this.clock.sleep(pauseAfter(this.pauses, READING));
  }

  /** A call has changed something: its effect may show soon. */
  beginAnew(): void {
    this.pauses = 0;
  }
}
