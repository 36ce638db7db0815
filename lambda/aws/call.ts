import type { Patience } from './patience';
import { spreadPauseAfter } from '../domain/backoff';
import { ServiceError, hasCode, isAccessDenied } from '../domain/service-error';

/**
 * Refusals that pass. The SDK repeats License Manager's RateLimitExceededException and the errors about concurrent changes
 * not at all (neither is in its list of throttling and transient errors), and the others three times within about a
 * second: too soon for Organizations, which allows some of its calls once per second and account, and for a network that
 * is gone for a moment.
 */
const PASSING = [
  'RateLimitExceededException',
  'TooManyRequestsException',
  'ThrottlingException',
  'Throttling',
  'ConcurrentModificationException',
  'ConflictException',
  'ServerInternalException',
  'ServiceException',
  'ServiceFailureException',
  'ServiceUnavailable',
  // The SDK's name for connections that break or do not answer.
  'TimeoutError',
];

/** About two minutes with the pauses below; a limit that holds longer does not pass by itself. */
const MOST_ATTEMPTS = 10;
const PAUSES = { firstMilliseconds: 1_000, longestMilliseconds: 20_000 };

/** IAM's own words. Services refuse callers that are in the wrong account with other words, and that does not pass. */
const LACKS_PERMISSION = /is not authorized to perform/;

/** Makes a call, repeats it while that can help, and throws the service's refusal with the action and resource that met it. */
export async function call<Output>(action: string, resource: string, patience: Patience, send: () => Promise<Output>): Promise<Output> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await send();
    } catch (cause) {
      const error = asServiceError(action, resource, cause);
      const pause = spreadPauseAfter(attempt, PAUSES, `${patience.seed}/${action}`);
      if (!mayPass(error, attempt, patience.clock.now() + pause, patience)) {
        throw error;
      }
      await patience.clock.sleep(pause);
    }
  }
}

function mayPass(error: ServiceError, attempt: number, next: number, patience: Patience): boolean {
  if (next >= patience.deadline) {
    return false;
  }
  return (hasCode(error, PASSING) && attempt < MOST_ATTEMPTS)
    || (isAccessDenied(error) && LACKS_PERMISSION.test(error.said) && next < patience.permissionsSpreadUntil);
}

function asServiceError(action: string, resource: string, cause: unknown): ServiceError {
  const { name, message } = cause as Error;
  return new ServiceError(action, resource, name, message);
}
