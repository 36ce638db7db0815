import { Violation } from '../../model/validation';
import { ServiceError } from '../../wire/service-error';
import { coralMessage } from '../coral-violations';
import { Variants } from '../variants';

// What License Manager refuses, and how. Texts marked "Seen" are quoted from reports of real calls; all other texts are
// a guess, and so is which of the two names for bad input a refusal has: reports show ValidationException throughout.

function validation(message: string): ServiceError {
  return new ServiceError('ValidationException', message);
}

/** Guess: the wording that most AWS services share. */
export function invalidRequest(violations: readonly Violation[]): ServiceError {
  return validation(coralMessage(violations));
}

// ---- looking things up -------------------------------------------------------------------------------------------

export function grantNotFound(arn: string, { notFound }: Variants): ServiceError {
  return new ServiceError(notFound, `Grant ${arn} does not exist.`);
}

export function grantVersionNotFound(arn: string, version: string, { notFound }: Variants): ServiceError {
  return new ServiceError(notFound, `Grant ${arn} has no version ${version}.`);
}

export function licenseNotFound(arn: string, { notFound }: Variants): ServiceError {
  return new ServiceError(notFound, `License ${arn} does not exist.`);
}

export function resourceNotFound(arn: string, { notFound }: Variants): ServiceError {
  return new ServiceError(notFound, `Resource ${arn} does not exist.`);
}

// ---- where and by whom -------------------------------------------------------------------------------------------

/** Seen: https://github.com/ministryofjustice/modernisation-platform/pull/4097 */
export function createdOutsideHomeRegion(homeRegion: string): ServiceError {
  return validation(`Grant can only be created in resource home AWS region: ${homeRegion}`);
}

export function changedOutsideHomeRegion(homeRegion: string): ServiceError {
  return validation(`Grant can only be changed in resource home AWS region: ${homeRegion}`);
}

export function notAllowed(callerAccountId: string, toDo: string): ServiceError {
  return new ServiceError('AccessDeniedException', `Caller arn:aws:iam::${callerAccountId}:root is not allowed to ${toDo}.`);
}

/** Seen: https://github.com/hashicorp/terraform-provider-aws/issues/34977 */
export function mayNotAccept(callerAccountId: string): ServiceError {
  return validation(`Caller arn:aws:iam::${callerAccountId}:root is not allowed to accept this grant.`);
}

export function mayNotReject(callerAccountId: string): ServiceError {
  return validation(`Caller arn:aws:iam::${callerAccountId}:root is not allowed to reject this grant.`);
}

export function onlyGrantorMayChange(members: readonly string[]): ServiceError {
  return validation(`Only the grantor of a grant can change: ${members.join(', ')}`);
}

export function overrideIsChosenByGrantor(): ServiceError {
  return validation('ActivationOverrideBehavior has been chosen by the grantor and cannot be changed by the grantee.');
}

// ---- creating a grant --------------------------------------------------------------------------------------------

export function mayNotGrantOn(licenseArn: string): ServiceError {
  return validation(`The operation CreateGrant is not allowed on license ${licenseArn}.`);
}

export function licenseIsNotAvailable(licenseArn: string, status: string): ServiceError {
  return validation(`License ${licenseArn} is not available, its status is ${status}.`);
}

export function invalidPrincipal(arn: string): ServiceError {
  return validation(`Principal ${arn} is not the ARN of an account, an organization or an organizational unit.`);
}

export function operationsAreNotAllowed(operations: readonly string[]): ServiceError {
  return validation(`AllowedOperations is not a subset of the operations that the license allows: ${operations.join(', ')}`);
}

export function granteeIsGrantor(): ServiceError {
  return validation('The grantee of a grant cannot be its grantor.');
}

export function granteeIsOutsideOrganization(principalArn: string): ServiceError {
  return validation(`Principal ${principalArn} is not in the organization of the grantor.`);
}

export function needsAllFeatures(): ServiceError {
  return validation('Grants to an organization or an organizational unit need an organization with all features enabled.');
}

export function needsAdministrator(callerAccountId: string): ServiceError {
  return validation(
    `Caller arn:aws:iam::${callerAccountId}:root is neither the management account nor the delegated administrator of the organization.`);
}

/** Seen: https://github.com/aws-samples/sample-bedrock-managed-entitlements, commit 1ba50a0 */
export function trustedAccessIsDisabled(): ServiceError {
  return validation('Grantor has disabled Trusted Access to AWS License Manager Service in AWS Organizations');
}

export function unitIsNested(principalArn: string): ServiceError {
  return validation(`Principal ${principalArn} is an organizational unit inside another one.`);
}

export function needsLinking(): ServiceError {
  return validation('Grantor has not linked AWS Organizations accounts in the settings of AWS License Manager');
}

export function duplicateGrant(existingArn: string, code: string): ServiceError {
  return new ServiceError(code, `The license has a grant to this principal already: ${existingArn}`);
}

export function tooManyGrants(limit: number): ServiceError {
  return new ServiceError('ResourceLimitExceededException', `A license cannot have more than ${limit} grants.`);
}

// ---- changing a grant --------------------------------------------------------------------------------------------

export function cannotBeRevised(arn: string, status: string): ServiceError {
  return validation(`Grant ${arn} cannot be changed while its status is ${status}.`);
}

export function activationHasNoEffect(arn: string, why: string): ServiceError {
  return validation(`Grant ${arn} cannot be activated. ${why}`);
}

export function cannotBeSwitched(arn: string, status: string): ServiceError {
  return validation(`Grant ${arn} cannot be activated or deactivated while its status is ${status}.`);
}

export function statusCannotBeAskedFor(status: string): ServiceError {
  return validation(`Status of a grant can be changed to ACTIVE or DISABLED, not to ${status}.`);
}

/** The rule is in the model's documentation of Options. */
export function overrideNeedsActivation(): ServiceError {
  return validation('ActivationOverrideBehavior can only be specified with the status ACTIVE.');
}

export function sourceVersionMismatch(latest: string): ServiceError {
  return validation(`The source version provided doesn't match the latest version ${latest} in our records`);
}

/** Seen: https://github.com/hashicorp/terraform-provider-aws/issues/47901 */
export function deletedVersionMismatch(latest: string): ServiceError {
  return validation(`A grant cannot be deleted since the version provided doesn't match the latest version ${latest} in our records`);
}

export function cannotBeDeleted(arn: string, status: string): ServiceError {
  return validation(`Grant ${arn} cannot be deleted while its status is ${status}.`);
}

export function organizationGrantIsActive(arn: string): ServiceError {
  return validation(`Grant ${arn} cannot be deleted while it is active in accounts of the organization.`);
}

export function clientTokenIsTaken(): ServiceError {
  return new ServiceError('InvalidParameterValueException', 'ClientToken has been used with other parameters.');
}

export function clientTokenIsUsedUp(): ServiceError {
  return new ServiceError('InvalidParameterValueException', 'ClientToken has been used for a grant that is gone.');
}

// ---- lists -------------------------------------------------------------------------------------------------------

export function unknownFilter(name: string | undefined, known: readonly string[]): ServiceError {
  return new ServiceError('InvalidParameterValueException', `Filter ${name ?? '(no name)'} is not one of: ${known.join(', ')}`);
}

/** "You can only specify one value for the filter": the model's documentation. */
export function filterNeedsOneValue(name: string): ServiceError {
  return new ServiceError('InvalidParameterValueException', `Filter ${name} needs exactly one value.`);
}

export function invalidNextToken(): ServiceError {
  return new ServiceError('InvalidParameterValueException', 'NextToken is not valid.');
}

// ---- tags and settings -------------------------------------------------------------------------------------------

export function invalidTags(why: string): ServiceError {
  return new ServiceError('InvalidParameterValueException', `Tags are not valid: ${why}`);
}

export function invalidSetting(why: string): ServiceError {
  return new ServiceError('InvalidParameterValueException', why);
}
