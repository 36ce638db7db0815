import { Fault } from './fault';
import { Clock } from '../clock/clock';
import { Copyable, Reads } from '../services/reads';

/** A store and the service that it belongs to. */
export interface ServiceStore {
  readonly service: string;
  readonly store: Copyable;
}

interface Snapshot {
  readonly takenAt: number;
  readonly copy: Copyable;
}

/** For some time after a change, shows each store as it was before. */
export class StaleReads implements Reads {
  private readonly snapshots = new Map<Copyable, Snapshot[]>();
  private readonly lags = new Map<Copyable, number>();

  constructor(faults: readonly Fault[], private readonly clock: Clock, stores: readonly ServiceStore[]) {
    for (const { service, store } of stores) {
      const lags = faults
        .filter(({ name, where }) => name === 'stale-reads' && (where.service === undefined || where.service === service))
        .map(({ where }) => where.durationMilliseconds!);
      if (lags.length > 0) this.lags.set(store, Math.max(...lags));
    }
  }

  /** To be called before anything changes. */
  remember(): void {
    const now = this.clock.now().getTime();
    for (const [store, lag] of this.lags) {
      const recent = this.recent(store, now - lag);
      // What comes at the same instant is one change.
      if (recent.at(-1)?.takenAt !== now) recent.push({ takenAt: now, copy: store.copy() });
      this.snapshots.set(store, recent);
    }
  }

  shown<Store extends Copyable>(store: Store): Store {
    const lag = this.lags.get(store);
    if (lag === undefined) return store;
    const [oldest] = this.recent(store, this.clock.now().getTime() - lag);
    return oldest ? oldest.copy as Store : store;
  }

  private recent(store: Copyable, since: number): Snapshot[] {
    return (this.snapshots.get(store) ?? []).filter(({ takenAt }) => takenAt > since);
  }
}
