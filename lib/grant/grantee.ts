import { GranteeKind, GranteeProperties } from './grant-properties';
import { requireAccount, requireOrganization, requireOrganizationalUnit } from '../validation/identifiers';

/**
 * Who receives a grant.
 *
 * @see https://docs.aws.amazon.com/license-manager/latest/userguide/distribute-entitlement.html
 */
export abstract class Grantee {
  /**
   * One account.
   *
   * In an organization with all features that is linked in License Manager, it accepts a grant of the management account by itself;
   * otherwise the grantee has to accept it.
   *
   * @param account its id of 12 digits, or its ARN as a principal, `arn:aws:iam::111122223333:root`
   */
  public static account(account: string): Grantee {
    requireAccount(account);
    return new NamedGrantee('ACCOUNT', account);
  }

  /**
   * Every account of the organization, including those that join later. Needs an organization with all features.
   *
   * @param organization its id or ARN. Without it, it is the organization that the stack's account is in
   */
  public static organization(organization?: string): Grantee {
    requireOrganization(organization);
    return new NamedGrantee('ORGANIZATION', organization);
  }

  /**
   * Every account in an organizational unit and in those below it. Needs an organization with all features.
   *
   * License Manager documents this for a unit that is not itself nested in another one.
   *
   * @param organizationalUnit its id or ARN. The ARN is built at deployment from an id and the organization that the stack's account is in
   */
  public static organizationalUnit(organizationalUnit: string): Grantee {
    requireOrganizationalUnit(organizationalUnit);
    return new NamedGrantee('ORGANIZATIONAL_UNIT', organizationalUnit);
  }

  /**
   * The grantee as the handler is told.
   *
   * @internal
   */
  public abstract _render(): GranteeProperties;
}

class NamedGrantee extends Grantee {
  constructor(private readonly kind: GranteeKind, private readonly identifier?: string) {
    super();
  }

  public _render(): GranteeProperties {
    return { Kind: this.kind, Identifier: this.identifier };
  }
}
