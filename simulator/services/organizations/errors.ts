import { Violation, ViolationKind } from '../../model/validation';
import { ServiceError } from '../../wire/service-error';

// Texts are those of public reports of real calls, or of moto, which was compared with AWS; a guess is marked.

export function notInUse(): ServiceError {
  return new ServiceError('AWSOrganizationsNotInUseException', 'Your account is not a member of an organization.');
}

export function noPermission(): ServiceError {
  return new ServiceError('AccessDeniedException', "You don't have permissions to access this resource.");
}

export function accountNotFound(): ServiceError {
  return new ServiceError('AccountNotFoundException', "You specified an account that doesn't exist.");
}

/** Guess: the text, after those of its siblings. */
export function unitNotFound(): ServiceError {
  return new ServiceError('OrganizationalUnitNotFoundException', "You specified an organizational unit that doesn't exist.");
}

export function parentNotFound(): ServiceError {
  return new ServiceError('ParentNotFoundException', "You specified parent that doesn't exist.");
}

/** Guess: the text, after those of its siblings. */
export function childNotFound(): ServiceError {
  return new ServiceError('ChildNotFoundException', "You specified a child that doesn't exist.");
}

export function targetNotFound(): ServiceError {
  return new ServiceError('TargetNotFoundException', "You specified a target that doesn't exist.");
}

export function accountAlreadyRegistered(): ServiceError {
  return new ServiceError('AccountAlreadyRegisteredException', 'The provided account is already a delegated administrator for your organization.');
}

export function accountNotRegistered(): ServiceError {
  return new ServiceError(
    'AccountNotRegisteredException', 'The provided account is not a registered delegated administrator for your organization.');
}

export function constraintViolation(reason: string, message: string): ServiceError {
  return new ServiceError('ConstraintViolationException', message, 400, { Reason: reason });
}

/** Guess: name and text, for where repeating is not harmless. */
export function isTrustedAlready(servicePrincipal: string): ServiceError {
  return new ServiceError('ConstraintViolationException', `Trusted access for ${servicePrincipal} is enabled already.`);
}

/** Guess: name and text, for where repeating is not harmless. */
export function isNotTrusted(servicePrincipal: string): ServiceError {
  return new ServiceError('ConstraintViolationException', `Trusted access for ${servicePrincipal} is not enabled.`);
}

export function unrecognizedServicePrincipal(): ServiceError {
  return new ServiceError(
    'InvalidInputException', 'You specified an unrecognized service principal.', 400, { Reason: 'UNRECOGNIZED_SERVICE_PRINCIPAL' });
}

/** Guess: the text; the reason is the documented one. */
export function invalidNextToken(): ServiceError {
  return new ServiceError('InvalidInputException', 'You specified an invalid next token.', 400, { Reason: 'INVALID_NEXT_TOKEN' });
}

/**
 * Organizations does not name the member that is wrong; the simulator adds it in brackets, since its users have no
 * support to ask. Only the wording of a pattern is seen in reports; the others are a guess after the reasons' names.
 */
export function invalidInput(violations: readonly Violation[]): ServiceError {
  const [first] = violations;
  const { reason, text } = WORDING[first.kind];
  const details = violations.map(({ path, constraint }) => `${path}: ${constraint}`).join('; ');
  return new ServiceError('InvalidInputException', `${text} [${details}]`, 400, { Reason: reason(first) });
}

const PATTERN = { reason: () => 'INVALID_PATTERN', text: 'You provided a value that does not match the required pattern.' };

const WORDING: Readonly<Record<ViolationKind, { reason: (violation: Violation) => string; text: string }>> = {
  type: PATTERN,
  pattern: PATTERN,
  unknown: PATTERN,
  required: { reason: () => 'INPUT_REQUIRED', text: 'You must include a value for all required parameters.' },
  enumeration: { reason: () => 'INVALID_ENUM', text: 'You specified an invalid value.' },
  length: { reason: (violation) => `${side(violation)}_LENGTH_EXCEEDED`, text: 'You provided a value of an invalid length.' },
  range: { reason: (violation) => `${side(violation)}_VALUE_EXCEEDED`, text: 'You provided a value that is out of range.' },
};

function side({ constraint }: Violation): 'MAX' | 'MIN' {
  return constraint.includes('less than') ? 'MAX' : 'MIN';
}
