import type { Patience } from './patience';
import { spreadPauseAfter } from '../domain/backoff';
import { ServiceError, isAccessDenied, isPassing } from '../domain/service-error';

/** About two minutes with the pauses below; a limit that holds longer does not pass by itself. */
const MOST_ATTEMPTS = 10;
const PAUSES = { firstMilliseconds: 1_000, longestMilliseconds: 20_000 };

/** Actions that change nothing, as IAM names them. */
const READS = /:(Get|List|Describe|AssumeRole)/;

/** IAM's own words. Services refuse callers that are in the wrong account with other words, and that does not pass. */
const LACKS_PERMISSION = /is not authorized to perform/;

/** Failures of the network that Node.js tells by a code only, which the SDK takes for passing ones and is not to repeat by itself. */
const UNREACHABLE = ['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN'];

/** Makes a call, repeats it while that can help, and throws the service's refusal with the action and resource that met it. */
export async function call<Output>(action: string, resource: string, patience: Patience, send: () => Promise<Output>): Promise<Output> {
  for (let attempt = 1; ; attempt += 1) {
    if (!READS.test(action)) {
      await patience.beforeChange?.();
    }
    try {
      return await send();
    } catch (cause) {
      const error = asServiceError(action, resource, cause);
      const pause = spreadPauseAfter(attempt, PAUSES, `${patience.seed}/${action}`);
      if (!mayPass(error, isTransient(cause), attempt, patience.clock.now() + pause, patience)) {
        throw error;
      }
      await patience.clock.sleep(pause);
    }
  }
}

function mayPass(error: ServiceError, isTransientCause: boolean, attempt: number, next: number, patience: Patience): boolean {
  if (next >= patience.deadline) {
    return false;
  }
  return ((isPassing(error) || isTransientCause) && attempt < MOST_ATTEMPTS)
    || (isAccessDenied(error) && LACKS_PERMISSION.test(error.said) && next < patience.permissionsSpreadUntil);
}

/** Whatever its name: the service or something before it failed, or could not be reached. */
function isTransient(cause: unknown): boolean {
  const { code, $metadata } = cause as { readonly code?: string; readonly $metadata?: { readonly httpStatusCode?: number } };
  return UNREACHABLE.includes(code ?? '') || ($metadata?.httpStatusCode ?? 0) >= 500;
}

function asServiceError(action: string, resource: string, cause: unknown): ServiceError {
  const { name, message } = cause as Error;
  return new ServiceError(action, resource, name, message);
}
