import { ExistingGrantMode } from './grant-properties';

/**
 * What happens if the grantee has a grant of the license already that no stack of this library manages, for example one that was made in
 * the console.
 */
export abstract class ExistingGrant {
  /**
   * The deployment fails and names the grant.
   */
  public static fail(): ExistingGrant {
    return new ChosenExistingGrant();
  }

  /**
   * The stack takes the grant over: it tags it as its own and brings it to what is declared. A name and allowed operations that are not
   * declared stay as they are. When the resource goes, an adopted grant stays as it is by then, unless `removal` says otherwise.
   *
   * If the deployment that adopts it fails and is rolled back, the grant gets back the name, the allowed operations and the status that it
   * was found with. Three things do not come back: other grants that an override has deactivated, a name that no tag can hold, and anything
   * in a nested stack, which AWS CloudFormation deletes instead of rolling it back.
   *
   * The deployment fails if there is more than one such grant, or if the grant belongs to another resource of this library.
   */
  public static adopt(): ExistingGrant {
    return new ChosenExistingGrant('ADOPT');
  }

  /**
   * The choice as the handler is told.
   *
   * @internal
   */
  public abstract _render(): ExistingGrantMode | undefined;
}

class ChosenExistingGrant extends ExistingGrant {
  constructor(private readonly mode?: ExistingGrantMode) {
    super();
  }

  public _render(): ExistingGrantMode | undefined {
    return this.mode;
  }
}
