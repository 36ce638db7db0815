import { CallContext, RequiredAccess } from '../../../wire/service';
import { resourceTagContext } from '../../tags';
import { changedOutsideHomeRegion, grantNotFound } from '../errors';
import { isBelow } from '../grants/coverage';
import { Grant } from '../grants/grant';
import { LicenseManagerState } from '../license-manager-state';

/** Whether the caller made the grant. */
export function isGrantor(grant: Grant, { caller }: CallContext): boolean {
  return grant.identity.grantorAccountId === caller.accountId;
}

/** Whether the grant is for the caller's account and no other. */
export function isGrantee(grant: Grant, { caller }: CallContext): boolean {
  return grant.granteeAccountId() === caller.accountId;
}

/** Grants received "as this account, your organization, or an organizational unit to which this account belongs": ListReceivedGrants. */
export function isRecipient(grant: Grant, context: CallContext, { organization }: LicenseManagerState): boolean {
  const { grantee } = grant.identity;
  if (grantee.kind === 'account') return isGrantee(grant, context);
  return organization !== undefined && !isGrantor(grant, context) && isBelow(context.caller.accountId, grantee, organization);
}

/** A grant that the caller can see. Guess: outside its home Region, as for anybody else, it is not there. */
export function readableGrant(arn: string, state: LicenseManagerState, context: CallContext): Grant {
  const grant = state.grants.find(arn);
  const visible = grant && (isGrantor(grant, context) || isRecipient(grant, context, state));
  if (!visible || grant.identity.homeRegion !== context.region) throw grantNotFound(arn, state.variants);
  return grant;
}

/** A grant that the caller can see, in the Region where it can be changed. */
export function changeableGrant(arn: string, state: LicenseManagerState, context: CallContext): Grant {
  const grant = state.grants.find(arn);
  if (!grant || !(isGrantor(grant, context) || isRecipient(grant, context, state))) throw grantNotFound(arn, state.variants);
  if (grant.identity.homeRegion !== context.region) throw changedOutsideHomeRegion(grant.identity.homeRegion);
  return grant;
}

/** What IAM is asked for an operation on a grant. */
export function accessToGrant(arn: string, state: LicenseManagerState): RequiredAccess {
  return { resourceArns: [arn], context: resourceTagContext(state.grants.find(arn)?.tags) };
}
