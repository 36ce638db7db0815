import type { CreateGrantVersionRequest, CreateGrantVersionResponse } from '@aws-sdk/client-license-manager';
import { CallContext, Operation, RequiredAccess, Validated } from '../../../wire/service';
import { GrantChangeAnswer, grantChangeAnswer } from '../answers';
import {
  cannotBeRevised, cannotBeSwitched, licenseIsNotAvailable, notAllowed, onlyGrantorMayChange, operationsAreNotAllowed, overrideIsChosenByGrantor,
  overrideNeedsActivation, sourceVersionMismatch, statusCannotBeAskedFor,
} from '../errors';
import { Grant } from '../grants/grant';
import { canBeRevised, canBeSwitched } from '../grants/grant-lifecycle';
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
    if (!canBeRevised(grant.status)) throw cannotBeRevised(grant.arn, grant.status);
    this.checkOperations(grant, input);
    const switchTo = this.requestedSwitch(grant, input, context);
    const override = input.Options?.ActivationOverrideBehavior;
    if (override !== undefined && switchTo !== 'ACTIVE') throw overrideNeedsActivation();

    const changes: Revision['changes'] = {
      name: input.GrantName ?? grant.current.name,
      operations: input.AllowedOperations ?? grant.current.operations,
      // Guess: why a grant has its status stays with it until somebody asks for another status.
      statusReason: input.StatusReason ?? (switchTo === undefined ? grant.current.statusReason : undefined),
      // Guess: an override belongs to the activation that asked for it, not to the grant.
      override: switchTo === undefined ? grant.current.override : override,
    };
    if (override !== undefined) grant.overrideChosenBy = isGrantor(grant, context) ? 'grantor' : 'grantee';
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

  private requestedSwitch(grant: Grant, { Status }: Input, { now }: CallContext): Revision['switchTo'] {
    if (Status === undefined) return undefined;
    if (Status !== 'ACTIVE' && Status !== 'DISABLED') throw statusCannotBeAskedFor(Status);
    if (!canBeSwitched(grant.status)) throw cannotBeSwitched(grant.arn, grant.status);
    const licenseStatus = statusAt(this.state.licenses.get(grant.identity.licenseArn), now);
    if (Status === 'ACTIVE' && licenseStatus !== 'AVAILABLE') throw licenseIsNotAvailable(grant.identity.licenseArn, licenseStatus);
    return Status;
  }
}
