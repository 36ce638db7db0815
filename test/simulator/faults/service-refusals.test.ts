import { failed, throttled } from '../../../simulator/faults/service-refusals';

test.each([
  ['license-manager', 'RateLimitExceededException', 400, 'ServerInternalException'],
  ['organizations', 'TooManyRequestsException', 400, 'ServiceException'],
  ['iam', 'Throttling', 400, 'ServiceFailure'],
  ['sts', 'Throttling', 400, 'InternalFailure'],
  ['cloudformation', 'Throttling', 400, 'InternalFailure'],
  ['aws-marketplace', 'ThrottlingException', 400, 'InternalServerException'],
  ['lambda', 'TooManyRequestsException', 429, 'ServiceException'],
  ['ssm', 'ThrottlingException', 400, 'InternalServerError'],
  ['states', 'ThrottlingException', 400, 'InternalFailure'],
])('%s throttles with %s (%i) and fails with %s', (service, throttling, status, failure) => {
  expect(throttled(service)).toMatchObject({ code: throttling, httpStatus: status });
  expect(failed(service)).toMatchObject({ code: failure, httpStatus: 500 });
});
