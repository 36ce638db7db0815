import { ServiceError } from '../wire/service-error';

interface Refusals {
  readonly throttled: () => ServiceError;
  readonly failed: () => ServiceError;
}

/** Names and statuses are those of the services' models, texts those of their API references. */
const REFUSALS: Readonly<Record<string, Refusals>> = {
  'license-manager': {
    throttled: () => new ServiceError('RateLimitExceededException', 'Too many requests have been submitted. Try again after a brief wait.'),
    failed: () => new ServiceError('ServerInternalException', 'The server experienced an internal error. Try again.', 500),
  },
  'organizations': {
    throttled: () => new ServiceError('TooManyRequestsException', 'You have sent too many requests in too short a period of time. Try again later.'),
    failed: () => new ServiceError('ServiceException', 'AWS Organizations can\'t complete your request because of an internal service error. Try again later.', 500),
  },
  'iam': {
    throttled: rateExceeded,
    failed: () => new ServiceError('ServiceFailure', 'The request processing has failed because of an unknown error, exception or failure.', 500),
  },
};

/** https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html; the services of the query protocol leave out `Exception`. */
const COMMON: Refusals = {
  throttled: rateExceeded,
  failed: () => new ServiceError('InternalFailure', 'The request processing has failed because of an unknown error, exception or failure.', 500),
};

/** How the service refuses calls that are too frequent. */
export function throttled(service: string): ServiceError {
  return (REFUSALS[service] ?? COMMON).throttled();
}

/** How the service says that something on its side went wrong. */
export function failed(service: string): ServiceError {
  return (REFUSALS[service] ?? COMMON).failed();
}

function rateExceeded(): ServiceError {
  return new ServiceError('Throttling', 'Rate exceeded');
}
