import { Failure } from '../../domain/failure';

/** License Manager's limit for a status reason (StatusReasonMessage in its API). */
const LONGEST_REASON = 400;

/** What the template could not be checked for if the reason was a token. */
export function checkStatusReason(asked: string, reason: string | undefined): void {
  if (reason !== undefined && (reason.length === 0 || reason.length > LONGEST_REASON)) {
    throw new Failure(asked, `a reason has ${reason.length} characters, and License Manager takes 1 to ${LONGEST_REASON}`,
      'shorten the reason, or leave an empty one out');
  }
}
