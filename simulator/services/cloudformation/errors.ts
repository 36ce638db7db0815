import { ServiceError } from '../../wire/service-error';

/** The common error of services with AWS Query: https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/CommonErrors.html */
export function validationError(message: string): ServiceError {
  return new ServiceError('ValidationError', message);
}

/** Seen in https://github.com/cloudquery/cq-provider-aws/issues/824 */
export function stackDoesNotExist(stackNameOrId: string): ServiceError {
  return validationError(`Stack with id ${stackNameOrId} does not exist`);
}

/** Guess: the text is not documented. */
export function invalidNextToken(): ServiceError {
  return validationError('The value of NextToken is invalid');
}
