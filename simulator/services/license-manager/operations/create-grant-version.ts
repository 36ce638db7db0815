import type { CreateGrantVersionRequest, CreateGrantVersionResponse } from '@aws-sdk/client-license-manager';
import { CallContext, Operation, RequiredAccess, Validated } from '../../../wire/service';
import { GrantChangeAnswer, grantChangeAnswer } from '../answers';
import {
  activationHasNoEffect, cannotBeRevised, cannotBeSwitched, licenseIsNotAvailable, notAllowed, onlyGrantorMayChange,
  operationsAreNotAllowed, overrideIsChosenByGrantor, overrideNeedsActivation, sourceVersionMismatch, statusCannotBeAskedFor,
} from '../errors';
import { Grant } from '../grants/grant';
import { canBeRevised, canBeSwitched, isLive } from '../grants/grant-lifecycle';
import { Revision } from '../grants/grant-workflows';
import { LicenseManagerState } from '../license-manager-state';
import { statusAt } from '../licenses/license-catalog';
import { accessToGrant, changeableGrant, isGrantee, isGrantor } from '../requests/grant-requests';

type Input = Validated<CreateGrantVersionRequest, 'ClientToken' | 'GrantArn'>;

export class CreateGrantVersion implements Operation<Input, CreateGrantVersionResponse> {
  constructor(private readonly state: LicenseManagerState) {}

  requiredAccess({ GrantArn }: Input): RequiredAccess {
    return accessToGrant(GrantArn, this.state);
  }

  perform(input: Input, context: CallContext): CreateGrantVersionResponse {
    return this.state.clientTokens.once(context.caller.accountId, 'CreateGrantVersion', input, () => this.create(input, context));
  }

  private create(input: Input, context: CallContext): GrantChangeAnswer {
    const grant = changeableGrant(input.GrantArn, this.state, context);
    this.checkCaller(grant, input, context);
    if (input.SourceVersion !== undefined && input.SourceVersion !== grant.version) throw sourceVersionMismatch(grant.version);
    if (!this.canBeRevised(grant)) throw cannotBeRevised(grant.arn, grant.status);
    this.checkOperations(grant, input);
    const requested = input.Options?.ActivationOverrideBehavior;
    const override = requested ?? (this.state.variants.overrideLifetime === 'until-replaced' ? grant.current.override : undefined);
    const switchTo = this.switchOf(grant, input, override, context);
    if (requested !== undefined && switchTo !== 'ACTIVE') throw overrideNeedsActivation();

    const changes: Revision['changes'] = {
      name: input.GrantName ?? grant.current.name,
      operations: input.AllowedOperations ?? grant.current.operations,
      // Guess: why a grant has its status stays with it until somebody asks for another status.
      statusReason: input.StatusReason ?? (switchTo === undefined ? grant.current.statusReason : undefined),
      override: switchTo === undefined ? grant.current.override : override,
    };
    if (requested !== undefined) grant.overrideChosenBy = isGrantor(grant, context) ? 'grantor' : 'grantee';
    this.state.workflows.revise(grant, { changes, switchTo });
    return grantChangeAnswer(grant);
  }

  /** Both sides may activate and deactivate; the rest is the grantor's: AWS's "How to use Managed entitlements". */
  private checkCaller(grant: Grant, input: Input, context: CallContext): void {
    if (isGrantor(grant, context)) return;
    if (!isGrantee(grant, context)) throw notAllowed(context.caller.accountId, 'change this grant');
    const reserved = (['GrantName', 'AllowedOperations'] as const).filter((member) => input[member] !== undefined);
    if (reserved.length > 0) throw onlyGrantorMayChange(reserved);
    // The grantee chooses an override only if the grantor did not: the model's documentation of Options.
    const chosenByGrantor = grant.overrideChosenBy === 'grantor' || this.state.grants.parentOf(grant)?.overrideChosenBy === 'grantor';
    if (input.Options?.ActivationOverrideBehavior !== undefined && chosenByGrantor) throw overrideIsChosenByGrantor();
  }

  private checkOperations(grant: Grant, { AllowedOperations }: Input): void {
    const { allowedOperations } = this.state.licenses.get(grant.identity.licenseArn);
    const excess = (AllowedOperations ?? []).filter((operation) => !allowedOperations.includes(operation));
    if (excess.length > 0) throw operationsAreNotAllowed(excess);
  }

  private canBeRevised(grant: Grant): boolean {
    if (this.state.workflows.isRunningFor(grant)) return this.state.variants.versionDuringWorkflow === 'queued' && isLive(grant.status);
    return canBeRevised(grant.status);
  }

  private switchOf(grant: Grant, { Status }: Input, override: Revision['changes']['override'], context: CallContext): Revision['switchTo'] {
    const { versionWithoutStatus } = this.state.variants;
    if (Status === undefined) return versionWithoutStatus === 'disables' && canBeSwitched(grant.status) ? 'DISABLED' : undefined;
    if (Status !== 'ACTIVE' && Status !== 'DISABLED') throw statusCannotBeAskedFor(Status);
    // What the workflow that runs leaves behind is not known yet.
    if (!canBeSwitched(grant.status) && !this.state.workflows.isRunningFor(grant)) throw cannotBeSwitched(grant.arn, grant.status);
    if (Status === 'ACTIVE') this.checkActivation(grant, override, context);
    return Status;
  }

  private checkActivation(grant: Grant, override: Revision['changes']['override'], { now }: CallContext): void {
    const { accountGrants, licenses, variants } = this.state;
    const licenseStatus = statusAt(licenses.get(grant.identity.licenseArn), now);
    if (licenseStatus !== 'AVAILABLE') throw licenseIsNotAvailable(grant.identity.licenseArn, licenseStatus);
    if (variants.activationWithoutEffect !== 'refused' || grant.isToGroup()) return;
    const outcome = accountGrants.activationOutcome(grant, override);
    if (outcome.status === 'NO_EFFECT') throw activationHasNoEffect(grant.arn, outcome.reason);
  }
}
