import { ServiceError } from '../../wire/service-error';

// Names are those of the service's model. Words were seen from emulators that are compared with AWS, unless they are marked as a guess.

/** https://github.com/localstack/localstack/issues/9970 */
export function stateMachineDoesNotExist(stateMachineArn: string): ServiceError {
  return new ServiceError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${stateMachineArn}'`);
}

export function executionDoesNotExist(executionArn: string): ServiceError {
  return new ServiceError('ExecutionDoesNotExist', `Execution Does Not Exist: '${executionArn}'`);
}

export function executionAlreadyExists(executionArn: string): ServiceError {
  return new ServiceError('ExecutionAlreadyExists', `Execution Already Exists: '${executionArn}'`);
}

/** https://github.com/localstack/localstack/issues/13315 */
export function invalidArn(arn: string): ServiceError {
  return new ServiceError('InvalidArn', `Invalid arn: '${arn}'`);
}

/** Guess: the words. */
export function invalidName(name: string): ServiceError {
  return new ServiceError('InvalidName', `Invalid Name: '${name}'`);
}

/** Before the parser's own words, which differ. */
export function invalidExecutionInput(problem: string): ServiceError {
  return new ServiceError('InvalidExecutionInput', `Invalid State Machine Execution Input: '${problem}'`);
}

/** Guess: the words. */
export function invalidToken(token: string | undefined): ServiceError {
  return new ServiceError('InvalidToken', `Invalid Token: '${token}'`);
}

/** Guess: the words. */
export function resourceNotFound(arn: string): ServiceError {
  return new ServiceError('ResourceNotFound', `Resource not found: '${arn}'`);
}

/** Guess: the words. */
export function invalidListing(problem: string): ServiceError {
  return new ServiceError('ValidationException', problem);
}
