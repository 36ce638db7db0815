import type { DeleteGrantRequest, DeleteGrantResponse } from '@aws-sdk/client-license-manager';
import { CallContext, Operation, RequiredAccess, Validated } from '../../../wire/service';
import { grantChangeAnswer } from '../answers';
import { cannotBeDeleted, deletedVersionMismatch, notAllowed, organizationGrantIsActive } from '../errors';
import { Grant } from '../grants/grant';
import { canBeDeleted } from '../grants/grant-lifecycle';
import { LicenseManagerState } from '../license-manager-state';
import { accessToGrant, changeableGrant, isGrantor } from '../requests/grant-requests';

type Input = Validated<DeleteGrantRequest, 'GrantArn' | 'Version'>;

/** The deleted grant stays readable, as every tool that filters DELETED shows. */
export class DeleteGrant implements Operation<Input, DeleteGrantResponse> {
  constructor(private readonly state: LicenseManagerState) {}

  requiredAccess({ GrantArn }: Input): RequiredAccess {
    return accessToGrant(GrantArn, this.state);
  }

  perform({ GrantArn, Version, StatusReason }: Input, context: CallContext): DeleteGrantResponse {
    const grant = changeableGrant(GrantArn, this.state, context);
    if (!isGrantor(grant, context)) throw notAllowed(context.caller.accountId, 'delete this grant');
    this.checkState(grant);
    if (Version !== grant.version) throw deletedVersionMismatch(grant.version);
    this.state.workflows.delete(grant, StatusReason);
    return grantChangeAnswer(grant);
  }

  private checkState(grant: Grant): void {
    const { grants, variants, workflows } = this.state;
    const mustWait = variants.deletionDuringWorkflow === 'refused' && workflows.isRunningFor(grant);
    if (mustWait || !canBeDeleted(grant.status)) throw cannotBeDeleted(grant.arn, grant.status);
    const activeChildren = grants.liveChildrenOf(grant).filter((child) => child.isActive());
    if (variants.deletionOfActiveOrganizationGrant === 'refused' && activeChildren.length > 0) throw organizationGrantIsActive(grant.arn);
  }
}
