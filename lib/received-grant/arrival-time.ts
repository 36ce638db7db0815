import { Duration, Tokenization } from 'aws-cdk-lib';

/** A grant takes two to three minutes to reach its account, and the stack of the grantor may still be on its way. */
const DEFAULT = Duration.minutes(10);

const MINIMUM = Duration.seconds(1);

/** Lambda ends a function after 15 minutes; the last minute is for the answer to a grant that arrives late. */
const MAXIMUM = Duration.minutes(14);

/** How long the handler may wait for the grant, as it is told. */
export function renderArrivalTime(arrivesWithin: Duration = DEFAULT): string {
  const seconds = arrivesWithin.toSeconds();
  if (!arrivesWithin.isUnresolved() && (seconds < MINIMUM.toSeconds() || seconds > MAXIMUM.toSeconds())) {
    throw new Error(
      `\`arrivesWithin\` must be ${MINIMUM.toHumanString()} to ${MAXIMUM.toHumanString()}, got ${arrivesWithin.toHumanString()}; `
      + 'the function that waits cannot run longer than 15 minutes',
    );
  }
  return Tokenization.stringifyNumber(seconds);
}
