import type { RejectGrantRequest, RejectGrantResponse } from '@aws-sdk/client-license-manager';
import { CallContext, Operation, RequiredAccess, Validated } from '../../../wire/service';
import { grantChangeAnswer } from '../answers';
import { mayNotReject } from '../errors';
import { canBeRejected } from '../grants/grant-lifecycle';
import { LicenseManagerState } from '../license-manager-state';
import { accessToGrant, changeableGrant, isGrantee } from '../requests/grant-requests';

type Input = Validated<RejectGrantRequest, 'GrantArn'>;

/** Guess: rejection takes effect at once and makes no new version. */
export class RejectGrant implements Operation<Input, RejectGrantResponse> {
  constructor(private readonly state: LicenseManagerState) {}

  requiredAccess({ GrantArn }: Input): RequiredAccess {
    return accessToGrant(GrantArn, this.state);
  }

  perform({ GrantArn }: Input, context: CallContext): RejectGrantResponse {
    const grant = changeableGrant(GrantArn, this.state, context);
    if (!isGrantee(grant, context) || !canBeRejected(grant.status)) throw mayNotReject(context.caller.accountId);
    grant.settle('REJECTED');
    return grantChangeAnswer(grant);
  }
}
