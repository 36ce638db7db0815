import { Duration } from 'aws-cdk-lib';
import { renderSeconds, requireDuration, WAITED_FOR_IN_FUNCTION } from '../validation/duration';

/** A grant takes two to three minutes to reach its account, and the stack of the grantor may still be on its way. */
const DEFAULT = Duration.minutes(10);

/** How long the handler may wait for the grant, as it is told. */
export function renderArrivalTime(arrivesWithin: Duration = DEFAULT): string {
  requireDuration('arrivesWithin', arrivesWithin, WAITED_FOR_IN_FUNCTION);
  return renderSeconds(arrivesWithin);
}
