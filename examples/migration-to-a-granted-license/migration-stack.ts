import { Stack, StackProps } from 'aws-cdk-lib';
import { ActivationOverride, GrantActivation, Grantee, ManagedEntitlementsSetup, MarketplaceLicense, MarketplaceLicenseGrant } from 'cdk-managed-entitlements';
import { Construct } from 'constructs';

export interface MigrationStackProps extends StackProps {
  /** The account that has a subscription of its own. */
  readonly account: string;
  /** Whether the granted license takes the place of the account's own. */
  readonly switched: boolean;
}

/** Moves an account from a subscription of its own to the license that the management account bought for everyone. */
export class MigrationStack extends Stack {
  constructor(scope: Construct, id: string, props: MigrationStackProps) {
    super(scope, id, props);

    const setup = new ManagedEntitlementsSetup(this, 'Setup');
    const grant = new MarketplaceLicenseGrant(this, 'Linux', {
      license: MarketplaceLicense.fromProductSku(this, 'License', '02e38931-0000-4000-8000-000000000001'),
      grantee: Grantee.account(props.account),
      grantName: 'Linux for everyone',
      activation: props.switched
        ? GrantActivation.active({ override: ActivationOverride.ALL_GRANTS_PERMITTED_BY_ISSUER, reason: 'replaces the subscription of the account' })
        : GrantActivation.disabled({ reason: 'the account still uses its own subscription' }),
    });
    grant.node.addDependency(setup);
  }
}
