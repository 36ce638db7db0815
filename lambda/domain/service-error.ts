import { Failure } from './failure';

/** An AWS service refused a call: its own error name and message, with the call that met it. */
export class ServiceError extends Error {
  constructor(
    /** As IAM names it, for example `license-manager:CreateGrant`. */
    readonly action: string,
    /** What the call was about: an ARN, or `*` for an action without a resource type. */
    readonly resource: string,
    /** The service's error name, for example `ValidationException`. */
    readonly code: string,
    readonly said: string,
  ) {
    super(`${code}: ${said}`);
    this.name = 'ServiceError';
  }
}

const ACCESS_DENIED = ['AccessDeniedException', 'AccessDenied', 'AuthorizationException'];

/**
 * License Manager declares no not-found and no conflict error for grants: both arrive under the first two names. Terraform's
 * provider looks for the third, which the service declares for other operations.
 */
const REFUSED_REQUEST = ['ValidationException', 'InvalidParameterValueException', 'ResourceNotFoundException'];

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

export function isPassing(error: unknown): error is ServiceError {
  return hasCode(error, PASSING);
}

export function isAccessDenied(error: unknown): error is ServiceError {
  return hasCode(error, ACCESS_DENIED);
}

export function isRefusedRequest(error: unknown): error is ServiceError {
  return hasCode(error, REFUSED_REQUEST);
}

export function hasCode(error: unknown, codes: readonly string[]): error is ServiceError {
  return error instanceof ServiceError && codes.includes(error.code);
}

/** The refusal as a failure that says what to do about it. */
function explain(error: ServiceError): Failure {
  return new Failure(`${error.action} on ${error.resource}`, error.message, cureOf(error));
}

/** What there is to say about an error that may be met. Nothing about one that nobody expects. */
export function failureIn(error: unknown): Failure | undefined {
  if (error instanceof ServiceError) {
    return explain(error);
  }
  return error instanceof Failure ? error : undefined;
}

function cureOf(error: ServiceError): string {
  if (ACCESS_DENIED.includes(error.code)) {
    return `allow ${error.action} on ${error.resource} to the role of this function (a service control policy or a permissions boundary`
      + ' may take it away as well), then deploy again';
  }
  switch (error.code) {
    case 'ResourceLimitExceededException':
    case 'LimitExceededException':
      return 'raise the quota in Service Quotas, or delete what is no longer needed, then deploy again';
    case 'RateLimitExceededException':
    case 'TooManyRequestsException':
      return 'the call was repeated for as long as there was time; deploy again when fewer calls are made in this account';
    case 'ConcurrentModificationException':
    case 'ConflictException':
      return 'another change was being made for as long as there was time to wait; deploy again when it is done';
    default:
      return 'correct what the message names, then deploy again';
  }
}
