import { ReceivedGrantRemovalKind, ReceivedGrantRemovalProperties } from './received-grant-properties';
import { requireStatusReason } from '../validation/status-reason';

/**
 * Options of the deactivation of a received grant.
 */
export interface DeactivateReceivedGrantOptions {
  /**
   * Why the grant is disabled, recorded with the grant. 1 to 400 characters.
   *
   * @default - no reason is recorded
   */
  readonly reason?: string;
}

/**
 * What becomes of a received grant when it is removed from the stack, or when another grant takes its place there.
 *
 * When a deployment fails and is rolled back, what it made active becomes inactive, and what was active before stays so, whatever is chosen here.
 *
 * @see https://docs.aws.amazon.com/license-manager/latest/userguide/grant-statuses.html
 */
export abstract class ReceivedGrantRemoval {
  /**
   * The grant is deactivated, whoever activated it, and can be activated again at any time. What is running goes on running, nothing new
   * can be started.
   */
  public static deactivate(options: DeactivateReceivedGrantOptions = {}): ReceivedGrantRemoval {
    return new ChosenRemoval('DEACTIVATE', options.reason);
  }

  /**
   * The grant is rejected; an active one is deactivated before.
   *
   * **This is final**: the grantor has to make a new grant.
   */
  public static reject(): ReceivedGrantRemoval {
    return new ChosenRemoval('REJECT');
  }

  /**
   * The grant stays as it is.
   */
  public static leave(): ReceivedGrantRemoval {
    return new ChosenRemoval('LEAVE');
  }

  /**
   * The removal as the handler is told.
   *
   * @internal
   */
  public abstract _render(): ReceivedGrantRemovalProperties;
}

class ChosenRemoval extends ReceivedGrantRemoval {
  constructor(private readonly kind: ReceivedGrantRemovalKind, private readonly reason?: string) {
    super();
    requireStatusReason('removal.reason', reason);
  }

  public _render(): ReceivedGrantRemovalProperties {
    return { Kind: this.kind, Reason: this.reason };
  }
}
