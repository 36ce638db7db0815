import { ServiceError } from '../../wire/service-error';

/** Seen in many reports, such as https://github.com/aarondfrancis/sidecar/issues/23 */
export function functionNotFound(functionArn: string): ServiceError {
  return new ServiceError('ResourceNotFoundException', `Function not found: ${functionArn}`, 404, { Type: 'User' });
}

/** Guess: the words. */
export function notJson(problem: string): ServiceError {
  return new ServiceError('InvalidRequestContentException', `Could not parse request body into json: ${problem}`, 400, { Type: 'User' });
}
