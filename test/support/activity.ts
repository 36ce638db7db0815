import type { Clock } from '../../simulator/clock/clock';
import type { GrantReport, SimulatedAws } from '../../simulator/simulated-aws';

/** How often it is looked: shorter than any pause of a handler. */
const INTERVAL_MILLISECONDS = 500;

/** What ends the watches of a test. */
const endings = new Set<() => void>();

/** A test that fails does not come to the end of its watch, and a simulated clock that has something to do never stands still. */
afterEach(() => {
  endings.forEach((end) => end());
  endings.clear();
});

export interface Activity {
  /** Ends the watch. */
  stop(): { readonly longestGapMilliseconds: number };
}

interface Simulation {
  readonly aws: SimulatedAws;
  readonly clock: Clock;
}

/** Watches from now on whether the account has an active grant of the product, at all simulated times. */
export function watchActivity(simulation: Simulation, accountId: string, productName: string): Activity {
  return watchActivityIn(simulation, [accountId], productName);
}

/** The same of several accounts: whether any of them has one. */
export function watchActivityIn({ aws, clock }: Simulation, accountIds: readonly string[], productName: string): Activity {
  const isWatched = (grant: GrantReport) => grant.productName === productName && accountIds.includes(grant.ownerAccountId ?? '');
  let longest = 0;
  let gapSince: number | undefined;
  let cancel = () => {};
  const look = () => {
    const now = clock.now().getTime();
    const isActive = aws.grants().some((grant) => isWatched(grant) && grant.status === 'ACTIVE');
    gapSince = isActive ? undefined : gapSince ?? now;
    longest = Math.max(longest, gapSince === undefined ? 0 : now - gapSince + INTERVAL_MILLISECONDS);
    cancel = clock.schedule(INTERVAL_MILLISECONDS, look);
  };
  const end = () => cancel();
  endings.add(end);
  look();
  return {
    stop: () => {
      end();
      return { longestGapMilliseconds: longest };
    },
  };
}
