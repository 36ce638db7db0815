import { ServiceError } from '../../wire/service-error';

// Names are those of the service's model. Texts marked "Seen" are quoted from reports of real calls. Guess: all other texts, and which name
// goes with a reserved name and with another type.

export function parameterNotFound(): ServiceError {
  return new ServiceError('ParameterNotFound', '');
}

export function versionNotFound(name: string, selector: string): ServiceError {
  return new ServiceError('ParameterVersionNotFound', `Systems Manager could not find version ${selector} of ${name}. Verify the version and try again.`);
}

/** Seen: https://github.com/hashicorp/terraform-provider-aws/pull/32372 */
export function parameterAlreadyExists(): ServiceError {
  return new ServiceError(
    'ParameterAlreadyExists', 'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.');
}

/** Seen: https://github.com/localstack/localstack/pull/8177 */
export function tagsWithOverwrite(): ServiceError {
  return validation(
    'Invalid request: tags and overwrite can\'t be used together. To create a parameter with tags, please remove overwrite flag. '
    + 'To update tags for an existing parameter, please use AddTagsToResource or RemoveTagsFromResource.');
}

/** Seen: https://github.com/helmfile/vals/issues/91 */
export function invalidName(): ServiceError {
  return validation(
    'Parameter name: can\'t be prefixed with "ssm" (case-insensitive). If formed as a path, it can consist of sub-paths divided by slash symbol; '
    + 'each sub-path can be formed as a mix of letters, numbers and the following 3 symbols .-_');
}

export function nameIsReserved(name: string): ServiceError {
  return new ServiceError('AccessDeniedException', `No access to reserved parameter name: ${name}.`);
}

export function nameIsNotFullyQualified(): ServiceError {
  return validation('Parameter name must be a fully qualified name.');
}

export function typeIsMissing(): ServiceError {
  return validation('A parameter type is required when you create a parameter.');
}

export function typeCannotChange(name: string, type: string): ServiceError {
  return new ServiceError('HierarchyTypeMismatchException', `The type of ${name} is ${type} and cannot be changed.`);
}

/** Seen: https://github.com/localstack/localstack/issues/4114 */
export function valueIsEmpty(): ServiceError {
  return validation('1 validation error detected: Value \'\' at \'value\' failed to satisfy constraint: Member must have length greater than or equal to 1.');
}

export function valueIsTooLong(longest: number): ServiceError {
  return validation(`The value of a parameter of this tier cannot be longer than ${longest} characters.`);
}

export function valueDoesNotMatch(allowedPattern: string): ServiceError {
  return new ServiceError('ParameterPatternMismatchException', `Parameter value, cannot be validated against allowedPattern: ${allowedPattern}`);
}

export function pathIsInvalid(): ServiceError {
  return validation('The parameter path must begin with a slash.');
}

export function filterIsNotPlayed(key: string): ServiceError {
  return new ServiceError('InvalidFilterKey', `The simulator does not know the filter ${key} of GetParametersByPath.`);
}

export function invalidNextToken(): ServiceError {
  return new ServiceError('InvalidNextToken', 'The specified token is not valid.');
}

/** Seen without a text: https://github.com/aws/aws-cdk/issues/26340 */
export function invalidResourceId(): ServiceError {
  return new ServiceError('InvalidResourceId', '');
}

export function tooManyTags(): ServiceError {
  return new ServiceError('TooManyTagsError', '');
}

export function validation(message: string): ServiceError {
  return new ServiceError('ValidationException', message);
}
