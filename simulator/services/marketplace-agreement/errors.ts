import { reasonOf } from './validation-reasons';
import { Violation } from '../../model/validation';
import { ServiceError } from '../../wire/service-error';
import { coralMessage } from '../coral-violations';

// Names and reasons are those of the service's model. Guess: all texts, which reason goes with what where no source is named, and that
// `fields` names a member by its path in the request.

function validation(reason: string, field: string, message: string): ServiceError {
  return new ServiceError('ValidationException', message, 400, { reason, fields: [{ name: field, message }] });
}

/** Guess: of several mistakes, the first one gives the reason. */
export function invalidRequest(violations: readonly Violation[]): ServiceError {
  // A request that is no structure at all has no field.
  const fields = violations.filter(({ path }) => path !== '').map(({ path, constraint }) => ({ name: path, message: constraint }));
  return new ServiceError('ValidationException', coralMessage(violations), 400, { reason: reasonOf(violations[0]), fields });
}

export function agreementNotFound(agreementId: string): ServiceError {
  return new ServiceError(
    'ResourceNotFoundException', `Agreement ${agreementId} does not exist.`, 400, { resourceId: agreementId, resourceType: 'Agreement' });
}

export function unknownCatalog(catalog: string): ServiceError {
  return validation('INVALID_CATALOG', 'catalog', `The catalog ${catalog} does not exist.`);
}

export function filterNeedsName(field: string): ServiceError {
  return validation('MISSING_FILTER_NAME', field, 'The filter needs a name.');
}

export function unknownFilter(field: string, name: string, known: readonly string[]): ServiceError {
  return validation('INVALID_FILTER_NAME', field, `The filter ${name} is not one of: ${known.join(', ')}`);
}

export function filterNeedsValue(field: string, name: string): ServiceError {
  return validation('MISSING_FILTER_VALUES', field, `The filter ${name} needs one value.`);
}

/** The filters with a reason of their own. */
const REASONS_FOR_VALUES: Readonly<Record<string, string>> = { PartyType: 'INVALID_PARTY_TYPE', AgreementType: 'INVALID_AGREEMENT_TYPE' };

export function invalidFilterValue(field: string, name: string, value: string): ServiceError {
  return validation(REASONS_FOR_VALUES[name] ?? 'INVALID_FILTER_VALUES', field, `The value ${value} of the filter ${name} is not valid.`);
}

export function repeatedFilter(field: string, name: string): ServiceError {
  return validation('INVALID_FILTERS', field, `The filter ${name} is there more than once.`);
}

export function missingPartyType(): ServiceError {
  return validation('MISSING_PARTY_TYPE', 'filters', 'The filter PartyType is missing.');
}

/** The reason is that of AWS's examples: https://github.com/aws-samples/aws-marketplace-reference-code */
export function unsupportedCombination(names: readonly string[]): ServiceError {
  return validation('UNSUPPORTED_FILTERS', 'filters', `The combination of filters is not supported: ${names.join(', ')}`);
}

export function unsupportedSort(sortBy: string): ServiceError {
  return validation('INVALID_SORT_BY', 'sort.sortBy', `Agreements cannot be sorted by ${sortBy}.`);
}

export function invalidNextToken(): ServiceError {
  return validation('INVALID_NEXT_TOKEN', 'nextToken', 'The nextToken is not valid.');
}
