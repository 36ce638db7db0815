import { RemovalMode } from './grant-properties';

/**
 * What a stack does with a grant when its resource is removed or replaced.
 *
 * The choice holds from the first deployment on that succeeded with the grant. With `GrantCompletion.background()` that may be before the grant
 * is settled: then it holds for whatever the workflow has reached by the end.
 *
 * Whatever was chosen, a rollback takes back what its deployment did: it deletes a grant that was made and leaves one that was adopted. A
 * nested stack that is created with the deployment is deleted in its rollback, not rolled back itself: there the choice holds.
 */
export abstract class GrantRemoval {
  /**
   * The grant is deleted, also if it was adopted. What is running goes on running, nothing new can be started.
   */
  public static delete(): GrantRemoval {
    return new ChosenRemoval('DELETE');
  }

  /**
   * The grant is deactivated, stays and is released: it loses the tags by which the stack recognizes it, and can be adopted again. The
   * deactivation of a grant to an organization or organizational unit is waited for in all accounts.
   */
  public static deactivate(): GrantRemoval {
    return new ChosenRemoval('DEACTIVATE');
  }

  /**
   * The grant stays as it is and is released: it loses the tags by which the stack recognizes it, and can be adopted again.
   */
  public static leave(): GrantRemoval {
    return new ChosenRemoval('LEAVE');
  }

  /**
   * The choice as the handler is told.
   *
   * @internal
   */
  public abstract _render(): RemovalMode;
}

class ChosenRemoval extends GrantRemoval {
  constructor(private readonly mode: RemovalMode) {
    super();
  }

  public _render(): RemovalMode {
    return this.mode;
  }
}
