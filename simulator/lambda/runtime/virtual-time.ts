import type * as Timers from 'node:timers';
import type * as TimersPromises from 'node:timers/promises';

export interface VirtualTime {
  now(): number;
  advanceTo(instant: number): void;
  /** When the next timer is due, if there is one. */
  nextDueAt(): number | undefined;
  /** Runs the one timer that is due first, so that what follows from it comes before the next timer. */
  runNextTimer(): void;
}

export interface TimeModules {
  readonly timers: typeof Timers;
  readonly timersPromises: typeof TimersPromises;
  readonly promisifyCustom: symbol;
  readonly syncBuiltinESMExports: () => void;
}

/**
 * Replaces the time that code in this process sees: Date, timers and performance.now. Time stands still until somebody
 * advances it. Node.js's own time (sockets, the event loop) stays real, and so do setImmediate and process.hrtime.
 *
 * Written into the bootstrap of a function's process as text: it refers to nothing but its parameter and globals.
 */
export function installVirtualTime(modules: TimeModules): VirtualTime {
  // Node.js takes any other delay as this one: https://nodejs.org/api/timers.html#settimeoutcallback-delay-args
  const shortestDelay = 1;
  const longestDelay = 2 ** 31 - 1;

  let currentTime = 0;
  let lastTimerId = 0;
  const waiting = new Map<number, VirtualTimer>();

  class VirtualTimer {
    private readonly id: number;
    private dueAtInstant = 0;
    private isReferenced = true;

    constructor(private readonly callback: () => void, private readonly delay: number, private readonly repeats: boolean) {
      lastTimerId += 1;
      this.id = lastTimerId;
      this.refresh();
    }

    dueAt(): number {
      return this.dueAtInstant;
    }

    run(): void {
      if (this.repeats) {
        this.refresh();
      } else {
        this.close();
      }
      this.callback();
    }

    refresh(): this {
      this.dueAtInstant = currentTime + this.delay;
      // Leaving and entering again puts it behind timers that are due at the same instant.
      waiting.delete(this.id);
      waiting.set(this.id, this);
      return this;
    }

    close(): this {
      waiting.delete(this.id);
      return this;
    }

    ref(): this {
      this.isReferenced = true;
      return this;
    }

    unref(): this {
      this.isReferenced = false;
      return this;
    }

    hasRef(): boolean {
      return this.isReferenced;
    }

    [Symbol.toPrimitive](): number {
      return this.id;
    }

    [Symbol.dispose](): void {
      this.close();
    }
  }

  function delayFrom(value: unknown): number {
    const delay = Number(value);
    return delay >= shortestDelay && delay <= longestDelay ? Math.trunc(delay) : shortestDelay;
  }

  function setTimeout(callback: (...values: unknown[]) => void, delay?: number, ...values: unknown[]): VirtualTimer {
    return new VirtualTimer(() => callback(...values), delayFrom(delay), false);
  }

  function setInterval(callback: (...values: unknown[]) => void, delay?: number, ...values: unknown[]): VirtualTimer {
    return new VirtualTimer(() => callback(...values), delayFrom(delay), true);
  }

  function clearTimer(timer?: VirtualTimer | number | string | null): void {
    if (timer === undefined || timer === null) return;
    waiting.delete(Number(timer));
  }

  function sleep<T>(delay?: number, value?: T, options: { readonly signal?: AbortSignal } = {}): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const { signal } = options;
      const abort = () => reject(Object.assign(new Error('The operation was aborted', { cause: signal?.reason }), { name: 'AbortError', code: 'ABORT_ERR' }));
      if (signal?.aborted) {
        abort();
        return;
      }
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', onAbort);
        resolve(value as T);
      }, delay);
      const onAbort = () => {
        timer.close();
        abort();
      };
      signal?.addEventListener('abort', onAbort, { once: true });
    });
  }

  async function* ticks<T>(delay?: number, value?: T, options?: { readonly signal?: AbortSignal }): AsyncGenerator<T> {
    while (true) yield sleep(delay, value as T, options);
  }

  const RealDate = Date;
  const VirtualDate = new Proxy(RealDate, {
    construct: (target, values, newTarget) => Reflect.construct(target, values.length > 0 ? values : [currentTime], newTarget),
    apply: () => new RealDate(currentTime).toString(),
    get: (target, property, receiver) => property === 'now' ? () => currentTime : Reflect.get(target, property, receiver),
  });
  RealDate.prototype.constructor = VirtualDate;

  const timers = { setTimeout, setInterval, clearTimeout: clearTimer, clearInterval: clearTimer };
  Object.defineProperty(setTimeout, modules.promisifyCustom, { value: sleep });
  Object.assign(globalThis, timers, { Date: VirtualDate });
  Object.assign(modules.timers, timers);
  Object.assign(modules.timersPromises, { setTimeout: sleep, setInterval: ticks });
  Object.assign(modules.timersPromises.scheduler, {
    wait: (delay?: number, options?: { readonly signal?: AbortSignal }) => sleep(delay, undefined, options),
  });
  modules.syncBuiltinESMExports();

  let timeOrigin: number | undefined;
  performance.now = () => currentTime - (timeOrigin ?? currentTime);

  function firstTimer(): VirtualTimer | undefined {
    let first: VirtualTimer | undefined;
    for (const timer of waiting.values()) {
      if (!first || timer.dueAt() < first.dueAt()) first = timer;
    }
    return first;
  }

  return {
    now: () => currentTime,
    advanceTo: (instant) => {
      timeOrigin ??= instant;
      currentTime = Math.max(currentTime, instant);
    },
    nextDueAt: () => firstTimer()?.dueAt(),
    runNextTimer: () => firstTimer()?.run(),
  };
}
