import { Violation } from '../../model/validation';
import { ServiceError } from '../../wire/service-error';
import { coralMessage } from '../coral-violations';

// Names and reasons are those of the service's model; all texts are a guess.

function validation(reason: string, message: string): ServiceError {
  return new ServiceError('ValidationException', message, 400, { reason });
}

export function invalidRequest(violations: readonly Violation[]): ServiceError {
  return validation('OTHER', coralMessage(violations));
}

export function agreementNotFound(agreementId: string): ServiceError {
  return new ServiceError(
    'ResourceNotFoundException', `Agreement ${agreementId} does not exist.`, 400, { resourceId: agreementId, resourceType: 'Agreement' });
}

export function unknownCatalog(catalog: string): ServiceError {
  return validation('INVALID_CATALOG', `The catalog ${catalog} does not exist.`);
}

export function unknownFilter(name: string | undefined, known: readonly string[]): ServiceError {
  return validation('INVALID_FILTER_NAME', `The filter ${name ?? '(no name)'} is not one of: ${known.join(', ')}`);
}

export function filterNeedsValue(name: string): ServiceError {
  return validation('MISSING_FILTER_VALUES', `The filter ${name} needs one value.`);
}

export function invalidFilterValue(name: string, value: string): ServiceError {
  return validation('INVALID_FILTER_VALUES', `The value ${value} of the filter ${name} is not valid.`);
}

export function unsupportedCombination(names: readonly string[]): ServiceError {
  return validation('INVALID_FILTERS', `The combination of filters is not supported: ${names.join(', ')}`);
}

export function unsupportedSort(sortBy: string): ServiceError {
  return validation('INVALID_SORT_BY', `Agreements cannot be sorted by ${sortBy}.`);
}

export function invalidNextToken(): ServiceError {
  return validation('INVALID_NEXT_TOKEN', 'The nextToken is not valid.');
}
