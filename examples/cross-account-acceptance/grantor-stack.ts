import { Stack, StackProps } from 'aws-cdk-lib';
import { IRoleRef } from 'aws-cdk-lib/aws-iam';
import {
  EntitlementsMemberRole, GrantAcceptance, GrantActivation, Grantee, ManagedEntitlementsMemberSetup, ManagedEntitlementsProvider, MarketplaceLicense,
  MarketplaceLicenseGrant,
} from 'cdk-managed-entitlements';
import { Construct } from 'constructs';

export interface GrantorStackProps extends StackProps {
  /** The account that may use the product. */
  readonly memberAccount: string;
  readonly externalId: string;
  readonly activation: GrantActivation;
}

/** Grants a license to an account that License Manager does not accept for, and accepts it with a role there. */
export class GrantorStack extends Stack {
  /** The role of the function that makes the grant. */
  public readonly grantorRole: IRoleRef;

  constructor(scope: Construct, id: string, props: GrantorStackProps) {
    super(scope, id, props);

    // In an organization with consolidated billing, or in an account that does not manage it: there is no organization to set up from here.
    const setup = new ManagedEntitlementsMemberSetup(this, 'Setup');
    const provider = new ManagedEntitlementsProvider(this, 'Provider');
    const grant = new MarketplaceLicenseGrant(this, 'Linux', {
      license: MarketplaceLicense.fromProductSku(this, 'License', '02e38931-0000-4000-8000-000000000001'),
      grantee: Grantee.account(props.memberAccount),
      acceptance: GrantAcceptance.assumingRole({ roleName: EntitlementsMemberRole.DEFAULT_ROLE_NAME, externalId: props.externalId }),
      activation: props.activation,
      provider,
    });
    grant.node.addDependency(setup);
    this.grantorRole = provider.grantorRole;
  }
}
