import { ServiceError } from '../wire/service-error';

interface Refusals {
  readonly throttled: () => ServiceError;
  readonly failed: () => ServiceError;
}

const UNKNOWN_FAILURE = 'The request processing has failed because of an unknown error, exception or failure.';

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
  // IAM, STS and CloudFormation, whose errors have no names of their own for it, leave out the `Exception` of the common name.
  'iam': {
    throttled: () => new ServiceError('Throttling', 'Rate exceeded'),
    failed: () => new ServiceError('ServiceFailure', UNKNOWN_FAILURE, 500),
  },
  'sts': {
    throttled: () => new ServiceError('Throttling', 'Rate exceeded'),
    failed: () => new ServiceError('InternalFailure', UNKNOWN_FAILURE, 500),
  },
  'cloudformation': {
    throttled: () => new ServiceError('Throttling', 'Rate exceeded'),
    failed: () => new ServiceError('InternalFailure', UNKNOWN_FAILURE, 500),
  },
  'aws-marketplace': {
    throttled: () => new ServiceError('ThrottlingException', 'Rate exceeded'),
    failed: () => new ServiceError('InternalServerException', UNKNOWN_FAILURE, 500),
  },
  'lambda': {
    throttled: () => new ServiceError('TooManyRequestsException', 'Rate Exceeded.', 429),
    failed: () => new ServiceError('ServiceException', 'The AWS Lambda service encountered an internal error.', 500),
  },
  'ssm': {
    throttled: () => COMMON.throttled(),
    failed: () => new ServiceError('InternalServerError', 'An error occurred on the server side.', 500),
  },
};

/** https://docs.aws.amazon.com/step-functions/latest/apireference/CommonErrors.html */
const COMMON: Refusals = {
  throttled: () => new ServiceError('ThrottlingException', 'Rate exceeded'),
  failed: () => new ServiceError('InternalFailure', UNKNOWN_FAILURE, 500),
};

/** How the service refuses calls that are too frequent. */
export function throttled(service: string): ServiceError {
  return (REFUSALS[service] ?? COMMON).throttled();
}

/** How the service says that something on its side went wrong. */
export function failed(service: string): ServiceError {
  return (REFUSALS[service] ?? COMMON).failed();
}
