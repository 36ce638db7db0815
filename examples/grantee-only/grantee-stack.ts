import { CfnOutput, Stack, StackProps } from 'aws-cdk-lib';
import { ManagedEntitlementsMemberSetup, ReceivedGrantRemoval, ReceivedGrantResponse, ReceivedLicenseGrant } from 'cdk-managed-entitlements';
import { Construct } from 'constructs';

export interface GranteeStackProps extends StackProps {
  /** The account that bought the product and grants it. */
  readonly grantorAccount: string;
  readonly response: ReceivedGrantResponse;
}

/** Takes up a product that another account bought in AWS Marketplace, with the rights of the receiving account alone. */
export class GranteeStack extends Stack {
  constructor(scope: Construct, id: string, props: GranteeStackProps) {
    super(scope, id, props);

    const setup = new ManagedEntitlementsMemberSetup(this, 'Setup');
    const linux = new ReceivedLicenseGrant(this, 'Linux', {
      productSku: '02e38931-0000-4000-8000-000000000001',
      grantorAccount: props.grantorAccount,
      response: props.response,
      removal: ReceivedGrantRemoval.deactivate({ reason: 'the stack is gone' }),
    });
    linux.node.addDependency(setup);

    new CfnOutput(this, 'GrantArn', { value: linux.grantArn });
    new CfnOutput(this, 'Product', { value: linux.productName });
  }
}
