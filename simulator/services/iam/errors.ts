import { ServiceError } from '../../wire/service-error';

// Codes and HTTP statuses are those of the service's model.

/** The text is quoted the same way in hundreds of public reports; tools compare it literally. */
export function roleNameIsTaken(roleName: string): ServiceError {
  return new ServiceError('InvalidInput', `Service role name ${roleName} has been taken in this account, please try a different suffix.`);
}

export function customSuffixIsNotAllowed(serviceName: string): ServiceError {
  return new ServiceError('InvalidInput', `Custom suffix is not allowed for ${serviceName}`);
}

/** Guess: the text is not documented; only the services of managed entitlements are known here. */
export function serviceHasNoRole(serviceName: string): ServiceError {
  return new ServiceError('InvalidInput', `The service ${serviceName} does not have a service-linked role`);
}

/** Guess: the text is not documented. */
export function isNotServiceLinked(roleName: string): ServiceError {
  return new ServiceError('InvalidInput', `The role ${roleName} is not a service-linked role`);
}

export function noSuchRole(roleName: string): ServiceError {
  return new ServiceError('NoSuchEntity', `The role with name ${roleName} cannot be found.`, 404);
}

export function noSuchDeletionTask(taskId: string): ServiceError {
  return new ServiceError('NoSuchEntity', `The deletion task with id ${taskId} cannot be found.`, 404);
}
