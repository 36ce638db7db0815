/** How many calls an account may make of each service within a second. */
export class RateLimit {
  private readonly seconds = new Map<string, { readonly second: number; calls: number }>();

  constructor(private readonly perSecond: number) {}

  /** Counts the call, and tells whether it is one too many. */
  exceededBy({ service, accountId, now }: { readonly service: string; readonly accountId: string; readonly now: Date }): boolean {
    const second = Math.floor(now.getTime() / 1000);
    const key = `${service} ${accountId}`;
    const current = this.seconds.get(key);
    const counter = current?.second === second ? current : { second, calls: 0 };
    this.seconds.set(key, counter);
    counter.calls += 1;
    return counter.calls > this.perSecond;
  }
}
