import type { AcceptGrantRequest, AcceptGrantResponse } from '@aws-sdk/client-license-manager';
import { CallContext, Operation, RequiredAccess, Validated } from '../../../wire/service';
import { grantChangeAnswer } from '../answers';
import { mayNotAccept } from '../errors';
import { canBeAccepted } from '../grants/grant-lifecycle';
import { LicenseManagerState } from '../license-manager-state';
import { accessToGrant, changeableGrant, isGrantee } from '../requests/grant-requests';

type Input = Validated<AcceptGrantRequest, 'GrantArn'>;

/** Guess: acceptance takes effect at once and makes no new version. */
export class AcceptGrant implements Operation<Input, AcceptGrantResponse> {
  constructor(private readonly state: LicenseManagerState) {}

  requiredAccess({ GrantArn }: Input): RequiredAccess {
    return accessToGrant(GrantArn, this.state);
  }

  perform({ GrantArn }: Input, context: CallContext): AcceptGrantResponse {
    const grant = changeableGrant(GrantArn, this.state, context);
    if (!isGrantee(grant, context) || !canBeAccepted(grant.status)) throw mayNotAccept(context.caller.accountId);
    grant.settle('DISABLED');
    return grantChangeAnswer(grant);
  }
}
