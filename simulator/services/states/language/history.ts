import { ERRORS, StateFailure } from './state-failure';

/** Step Functions' quota for the history of an execution: https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
const LONGEST_HISTORY = 25_000;

/** How long the history of an execution is. It ends whatever goes round in circles. */
export class History {
  /** The start of the execution. */
  private length = 1;

  /** Words and error as seen: https://github.com/floci-io/floci/issues/2734 */
  add(events: number): void {
    this.length += events;
    if (this.length < LONGEST_HISTORY) return;
    throw new StateFailure(ERRORS.runtime, `The execution reached the maximum number of history events (${LONGEST_HISTORY}).`);
  }
}
