import { CfnOutput, Stack, StackProps } from 'aws-cdk-lib';
import {
  ActivationOverride, GrantActivation, Grantee, ManagedEntitlementsSetup, MarketplaceLicense, MarketplaceLicenseGrant,
} from 'cdk-managed-entitlements';
import { Construct } from 'constructs';

export interface OrganizationWithExceptionsStackProps extends StackProps {
  /** Accounts that keep the license of the product that they have. */
  readonly except: string[];
  /** Recorded with the grants of the accounts; a new one includes the accounts that have joined. */
  readonly reason: string;
}

/** Gives a product to every account of the organization, also instead of a license that an account has, except where that has to stay. */
export class OrganizationWithExceptionsStack extends Stack {
  constructor(scope: Construct, id: string, props: OrganizationWithExceptionsStackProps) {
    super(scope, id, props);

    const setup = new ManagedEntitlementsSetup(this, 'Setup');
    const grant = new MarketplaceLicenseGrant(this, 'LinuxForEveryone', {
      license: MarketplaceLicense.fromProductSku(this, 'Linux', '02e38931-0000-4000-8000-000000000001'),
      grantee: Grantee.organization(),
      grantName: 'Linux for everyone',
      activation: GrantActivation.active({
        override: ActivationOverride.ALL_GRANTS_PERMITTED_BY_ISSUER,
        except: props.except,
        reason: props.reason,
      }),
    });
    grant.node.addDependency(setup);

    new CfnOutput(this, 'ConflictingAccountCount', { value: grant.conflictingAccountCount });
  }
}
