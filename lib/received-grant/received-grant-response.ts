import { ReceivedGrantResponseKind, ReceivedGrantResponseProperties } from './received-grant-properties';
import { DeactivateReceivedGrantOptions } from './received-grant-removal';
import { ActivationOverride } from '../grant/grant-activation';
import { requireStatusReason } from '../validation/status-reason';

/**
 * Options of the activation of a grant by the account that received it.
 */
export interface ActivateReceivedGrantOptions {
  /**
   * What becomes of other active grants of the same product in the account.
   *
   * License Manager lets only one side choose: if the grantor has chosen, its choice holds. A grant is then not activated under a choice
   * that may replace others when `DISTRIBUTED_GRANTS_ONLY` is asked for here. The override counts when a grant is activated; one that is
   * active already is left as it is.
   *
   * @default - what the grantor has chosen; if nothing, License Manager decides, and does not document how
   */
  readonly override?: ActivationOverride;

  /**
   * Why the grant is active, recorded with the grant when it is activated. 1 to 400 characters.
   *
   * @default - no reason is recorded
   */
  readonly reason?: string;
}

/**
 * How an account answers a grant that it has received. A change is made in place.
 *
 * What is done already is not done again: a grant that License Manager accepted by itself is not accepted, one that the grantor
 * activated is not activated.
 *
 * @see https://docs.aws.amazon.com/license-manager/latest/userguide/grant-acceptance.html
 */
export abstract class ReceivedGrantResponse {
  /**
   * The grant is accepted. Whether it is active is left to others: an active one stays so, also if an earlier deployment of the stack activated
   * it, or one that is rolled back to this. To have it inactive for certain, use `deactivate()`.
   */
  public static acceptOnly(): ReceivedGrantResponse {
    return new ChosenResponse('ACCEPT');
  }

  /**
   * The grant is accepted and activated, and the account can use the product.
   *
   * An account can have one active grant of a product. If there is another one that is not replaced, the deployment fails and names it.
   */
  public static activate(options: ActivateReceivedGrantOptions = {}): ReceivedGrantResponse {
    return new ChosenResponse('ACTIVATE', options);
  }

  /**
   * The grant is accepted and not active, whoever activated it. What is running goes on running, nothing new can be started.
   */
  public static deactivate(options: DeactivateReceivedGrantOptions = {}): ReceivedGrantResponse {
    return new ChosenResponse('DEACTIVATE', options);
  }

  /**
   * The grant is rejected; an active one is deactivated before.
   *
   * **This is final.** No deployment and no rollback brings a rejected grant back: the grantor has to make a new one. Select the grant by
   * its ARN, so that it is this one and no other.
   */
  public static reject(): ReceivedGrantResponse {
    return new ChosenResponse('REJECT');
  }

  /**
   * The response as the handler is told.
   *
   * @internal
   */
  public abstract _render(): ReceivedGrantResponseProperties;
}

class ChosenResponse extends ReceivedGrantResponse {
  constructor(private readonly kind: ReceivedGrantResponseKind, private readonly options: ActivateReceivedGrantOptions = {}) {
    super();
    requireStatusReason('response.reason', options.reason);
  }

  public _render(): ReceivedGrantResponseProperties {
    return { Kind: this.kind, Override: this.options.override, Reason: this.options.reason };
  }
}
