import { Clock } from './clock';

/** For work that takes no simulated time, such as the evaluation of policies. */
export async function whileTimeStandsStill<Result>(clock: Clock, work: () => Promise<Result>): Promise<Result> {
  const releaseClock = clock.hold();
  try {
    return await work();
  } finally {
    releaseClock();
  }
}
