import type { AcceptGrantRequest, AcceptGrantResponse } from '@aws-sdk/client-license-manager';
import { CallContext, Operation, RequiredAccess, Validated } from '../../../wire/service';
import { grantChangeAnswer } from '../answers';
import { mayNotAccept } from '../errors';
import { Grant } from '../grants/grant';
import { canBeAccepted } from '../grants/grant-lifecycle';
import { LicenseManagerState } from '../license-manager-state';
import { accessToGrant, changeableGrant, isGrantee } from '../requests/grant-requests';

type Input = Validated<AcceptGrantRequest, 'GrantArn'>;

export class AcceptGrant implements Operation<Input, AcceptGrantResponse> {
  constructor(private readonly state: LicenseManagerState) {}

  requiredAccess({ GrantArn }: Input): RequiredAccess {
    return accessToGrant(GrantArn, this.state);
  }

  perform({ GrantArn }: Input, context: CallContext): AcceptGrantResponse {
    const grant = changeableGrant(GrantArn, this.state, context);
    if (!isGrantee(grant, context) || !(canBeAccepted(grant.status) || this.maySayYesAgain(grant))) throw mayNotAccept(context.caller.accountId);
    if (canBeAccepted(grant.status)) this.state.workflows.accept(grant);
    return grantChangeAnswer(grant);
  }

  private maySayYesAgain({ status }: Grant): boolean {
    return this.state.variants.acceptanceOfAcceptedGrant === 'no-change' && (status === 'DISABLED' || status === 'ACTIVE');
  }
}
