import type { RejectGrantRequest, RejectGrantResponse } from '@aws-sdk/client-license-manager';
import { CallContext, Operation, RequiredAccess, Validated } from '../../../wire/service';
import { grantChangeAnswer } from '../answers';
import { mayNotReject } from '../errors';
import { canBeRejected } from '../grants/grant-lifecycle';
import { LicenseManagerState } from '../license-manager-state';
import { accessToGrant, changeableGrant, isGrantee } from '../requests/grant-requests';

type Input = Validated<RejectGrantRequest, 'GrantArn'>;

export class RejectGrant implements Operation<Input, RejectGrantResponse> {
  constructor(private readonly state: LicenseManagerState) {}

  requiredAccess({ GrantArn }: Input): RequiredAccess {
    return accessToGrant(GrantArn, this.state);
  }

  perform({ GrantArn }: Input, context: CallContext): RejectGrantResponse {
    const grant = changeableGrant(GrantArn, this.state, context);
    if (!isGrantee(grant, context) || !canBeRejected(grant.status, this.state.variants)) throw mayNotReject(context.caller.accountId);
    this.state.workflows.reject(grant);
    return grantChangeAnswer(grant);
  }
}
