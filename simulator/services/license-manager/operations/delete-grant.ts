import type { DeleteGrantRequest, DeleteGrantResponse } from '@aws-sdk/client-license-manager';
import { CallContext, Operation, RequiredAccess, Validated } from '../../../wire/service';
import { grantChangeAnswer } from '../answers';
import { cannotBeDeleted, deletedVersionMismatch, notAllowed } from '../errors';
import { canBeDeleted } from '../grants/grant-lifecycle';
import { LicenseManagerState } from '../license-manager-state';
import { accessToGrant, changeableGrant, isGrantor } from '../requests/grant-requests';

type Input = Validated<DeleteGrantRequest, 'GrantArn' | 'Version'>;

/** Guess: deletion makes no new version; the deleted grant stays readable, as every tool that filters DELETED shows. */
export class DeleteGrant implements Operation<Input, DeleteGrantResponse> {
  constructor(private readonly state: LicenseManagerState) {}

  requiredAccess({ GrantArn }: Input): RequiredAccess {
    return accessToGrant(GrantArn, this.state);
  }

  perform({ GrantArn, Version, StatusReason }: Input, context: CallContext): DeleteGrantResponse {
    const grant = changeableGrant(GrantArn, this.state, context);
    if (!isGrantor(grant, context)) throw notAllowed(context.caller.accountId, 'delete this grant');
    if (!canBeDeleted(grant.status)) throw cannotBeDeleted(grant.arn, grant.status);
    if (Version !== grant.version) throw deletedVersionMismatch(grant.version);
    this.state.workflows.delete(grant, StatusReason);
    return grantChangeAnswer(grant);
  }
}
