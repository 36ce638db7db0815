import { CfnOutput, Stack, StackProps } from 'aws-cdk-lib';
import { GrantActivation, Grantee, ManagedEntitlementsSetup, MarketplaceLicense, MarketplaceLicenseGrant } from 'cdk-managed-entitlements';
import { Construct } from 'constructs';

export interface QuickStartStackProps extends StackProps {
  /** The account that may use the product. */
  readonly granteeAccount: string;
  readonly grantName: string;
  readonly activation: GrantActivation;
}

/** Makes the organization ready for managed entitlements and gives one account a product that was bought in AWS Marketplace. */
export class QuickStartStack extends Stack {
  constructor(scope: Construct, id: string, props: QuickStartStackProps) {
    super(scope, id, props);

    const setup = new ManagedEntitlementsSetup(this, 'Setup');
    const linux = MarketplaceLicense.fromProductSku(this, 'Linux', '02e38931-0000-4000-8000-000000000001');
    const grant = new MarketplaceLicenseGrant(this, 'LinuxForPayments', {
      license: linux,
      grantee: Grantee.account(props.granteeAccount),
      grantName: props.grantName,
      activation: props.activation,
    });
    grant.node.addDependency(setup);

    new CfnOutput(this, 'GrantArn', { value: grant.grantArn });
  }
}
