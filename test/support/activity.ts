import { Rehearsal } from '../../simulator/rehearsal';

/** How often it is looked: shorter than any pause of a handler. */
const INTERVAL_MILLISECONDS = 250;

export interface Activity {
  /** Ends the watch. */
  stop(): { readonly longestGapMilliseconds: number };
}

/** Watches from now on whether the account has an active grant of the product, at all simulated times. */
export function watchActivity({ aws, clock }: Pick<Rehearsal, 'aws' | 'clock'>, accountId: string, productName: string): Activity {
  let longest = 0;
  let gapSince: number | undefined;
  let cancel = () => {};
  const look = () => {
    const now = clock.now().getTime();
    const isActive = aws.grants().some((grant) => grant.ownerAccountId === accountId && grant.productName === productName && grant.status === 'ACTIVE');
    gapSince = isActive ? undefined : gapSince ?? now;
    longest = Math.max(longest, gapSince === undefined ? 0 : now - gapSince + INTERVAL_MILLISECONDS);
    cancel = clock.schedule(INTERVAL_MILLISECONDS, look);
  };
  look();
  return {
    stop: () => {
      cancel();
      return { longestGapMilliseconds: longest };
    },
  };
}
