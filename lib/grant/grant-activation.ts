import { ActivationMode, ActivationProperties } from './grant-properties';
import { requireStatusReason } from '../validation/status-reason';

/**
 * What activation does to other active grants of the same product in the grantee's accounts: an account can have only one.
 *
 * @see https://docs.aws.amazon.com/license-manager/latest/APIReference/API_Options.html
 */
export enum ActivationOverride {
  /**
   * They stay active. The grant does not become active in an account that has one.
   */
  DISTRIBUTED_GRANTS_ONLY = 'DISTRIBUTED_GRANTS_ONLY',

  /**
   * They are disabled and this grant replaces them, also where the account has subscribed to the product itself. Its own subscription is
   * not cancelled by that and goes on being charged.
   */
  ALL_GRANTS_PERMITTED_BY_ISSUER = 'ALL_GRANTS_PERMITTED_BY_ISSUER',
}

/**
 * Options of an active grant.
 */
export interface ActiveGrantOptions {
  /**
   * What becomes of other active grants of the same product.
   *
   * @default - License Manager decides; it does not document how
   */
  readonly override?: ActivationOverride;

  /**
   * Why the grant is active, recorded with the grant. 1 to 400 characters.
   *
   * @default - no reason is recorded
   */
  readonly reason?: string;
}

/**
 * Options of a disabled grant.
 */
export interface DisabledGrantOptions {
  /**
   * Why the grant is disabled, recorded with the grant. 1 to 400 characters.
   *
   * @default - no reason is recorded
   */
  readonly reason?: string;
}

/**
 * Whether a grant can be used. A change is made in place.
 *
 * @see https://docs.aws.amazon.com/license-manager/latest/userguide/grant-acceptance.html
 */
export abstract class GrantActivation {
  /**
   * The grant is activated as soon as it is accepted, and its accounts can use the product.
   */
  public static active(options: ActiveGrantOptions = {}): GrantActivation {
    return new ChosenActivation('ACTIVE', options.reason, options.override);
  }

  /**
   * The grant is distributed, or stays so, but cannot be used. What is running already goes on running, and is charged.
   */
  public static disabled(options: DisabledGrantOptions = {}): GrantActivation {
    refuseOverride(options);
    return new ChosenActivation('DISABLED', options.reason);
  }

  /**
   * The accounts that receive the grant accept, activate and deactivate it themselves; the deployment leaves that as it finds it.
   */
  public static byGrantee(): GrantActivation {
    return new ChosenActivation('BY_GRANTEE');
  }

  /**
   * The activation as the handler is told.
   *
   * @internal
   */
  public abstract _render(): ActivationProperties;
}

class ChosenActivation extends GrantActivation {
  constructor(private readonly mode: ActivationMode, private readonly reason?: string, private readonly override?: ActivationOverride) {
    super();
    requireStatusReason('activation.reason', reason);
  }

  public _render(): ActivationProperties {
    return { Mode: this.mode, Override: this.override, Reason: this.reason };
  }
}

/** License Manager takes an override with the status ACTIVE only. JavaScript and casts get past the type. */
function refuseOverride(options: DisabledGrantOptions): void {
  if ('override' in options) {
    throw new Error(
      `\`override\` says what the activation of a grant does to others, got '${options.override}' for a grant that is not activated; `
      + 'pass it to GrantActivation.active()',
    );
  }
}
