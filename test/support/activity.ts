import type { SimulatedClock } from '../../simulator/clock/simulated-clock';
import type { GrantReport, SimulatedAws } from '../../simulator/simulated-aws';

export interface Activity {
  /** Ends the watch. */
  stop(): { readonly longestGapMilliseconds: number };
}

interface Simulation {
  readonly aws: SimulatedAws;
  readonly clock: SimulatedClock;
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
  const look = () => {
    const now = clock.now().getTime();
    longest = Math.max(longest, now - (gapSince ?? now));
    const isActive = aws.grants().some((grant) => isWatched(grant) && grant.status === 'ACTIVE');
    gapSince = isActive ? undefined : gapSince ?? now;
  };
  look();
  const end = clock.beforeMoves(look);
  return {
    stop: () => {
      end();
      look();
      return { longestGapMilliseconds: longest };
    },
  };
}
