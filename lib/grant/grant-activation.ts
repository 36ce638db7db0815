import { ConflictHandling } from './conflict-handling';
import { ActivationProperties } from './grant-properties';
import { requireAccountSelection } from '../validation/account-selection';
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

  /**
   * What becomes of the deployment if the grant does not become active in single accounts. Only for grants to an organization or an
   * organizational unit.
   *
   * @default ConflictHandling.REPORT
   */
  readonly onConflict?: ConflictHandling;

  /**
   * Ids of accounts that are kept out of the activation of a grant to an organization or an organizational unit. They receive the grant, and it
   * is never active there, not even for a moment. An empty list is as none.
   *
   * The grants of the other accounts are activated one by one, and that of the organization is not. So **accounts that join later stay
   * inactive** until this grant is changed the next time, which a new `reason` does; the reason is recorded with the grants that are activated
   * then. A change of the list activates and deactivates the difference.
   *
   * A grant that was active as a whole before stays so where it is not excepted, and License Manager goes on activating it in accounts that join
   * later, until it is deployed once with `GrantActivation.disabled()`.
   *
   * The deployment fails before any account is activated if the grant does not reach an account of the list. Accounts that are not active in AWS
   * Organizations, those that were in the list before, and the stack's own are passed over instead. It fails as well if the stack's account
   * may not list the grants of the organization.
   *
   * @default - no account is kept out
   */
  readonly except?: string[];

  /**
   * Ids of the only accounts in which a grant to an organization or an organizational unit is activated, one by one. It is deactivated in all
   * others. What is said of `except` about accounts that join later, changes and failures holds here as well.
   *
   * @default - the grant is activated as a whole, in all accounts and in those that join later
   */
  readonly only?: string[];
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
    const { override, reason, onConflict, except, only } = options;
    requireAccountSelection(except, only);
    return new ChosenActivation({ Mode: 'ACTIVE', Override: override, Reason: reason, OnConflict: onConflict, Except: nonEmpty(except), Only: only });
  }

  /**
   * The grant is distributed, or stays so, but cannot be used. What is running already goes on running, and is charged.
   */
  public static disabled(options: DisabledGrantOptions = {}): GrantActivation {
    refuseOverride(options);
    return new ChosenActivation({ Mode: 'DISABLED', Reason: options.reason });
  }

  /**
   * The accounts that receive the grant accept, activate and deactivate it themselves; the deployment leaves that as it finds it. With
   * `GrantAcceptance.automatic()` as `acceptance` they activate what License Manager has accepted, and the deployment waits for that.
   *
   * What they had chosen is not remembered: if an update from this to another activation is rolled back, the grant stays as the update left it.
   */
  public static byGrantee(): GrantActivation {
    return new ChosenActivation({ Mode: 'BY_GRANTEE' });
  }

  /**
   * The activation as the handler is told.
   *
   * @internal
   */
  public abstract _render(): ActivationProperties;
}

class ChosenActivation extends GrantActivation {
  constructor(private readonly properties: ActivationProperties) {
    super();
    requireStatusReason('activation.reason', properties.Reason);
  }

  public _render(): ActivationProperties {
    return this.properties;
  }
}

/** CloudFormation would deliver an empty list as one, and an activation with exceptions is made otherwise than one without. */
function nonEmpty(accountIds: string[] | undefined): string[] | undefined {
  return accountIds?.length === 0 ? undefined : accountIds;
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
