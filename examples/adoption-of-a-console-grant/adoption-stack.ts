import { CfnOutput, Stack, StackProps } from 'aws-cdk-lib';
import { ExistingGrant, Grantee, MarketplaceLicense, MarketplaceLicenseGrant } from 'cdk-managed-entitlements';
import { Construct } from 'constructs';

export interface AdoptionStackProps extends StackProps {
  /** The account that has the grant. */
  readonly granteeAccount: string;
  readonly grantName: string;
  /** Another text has the grant looked at, although nothing else has changed. */
  readonly lookAgain: string;
}

/** Takes a grant over that was made in the console, and lets go of it when the stack goes. */
export class AdoptionStack extends Stack {
  constructor(scope: Construct, id: string, props: AdoptionStackProps) {
    super(scope, id, props);

    const grant = new MarketplaceLicenseGrant(this, 'LinuxForPayments', {
      license: MarketplaceLicense.fromProductSku(this, 'Linux', '02e38931-0000-4000-8000-000000000001'),
      grantee: Grantee.account(props.granteeAccount),
      grantName: props.grantName,
      existingGrant: ExistingGrant.adopt(),
      repairTrigger: props.lookAgain,
    });

    new CfnOutput(this, 'GrantArn', { value: grant.grantArn });
  }
}
