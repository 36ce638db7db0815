import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Grantee, ManagedEntitlementsSetup, MarketplaceLicense, MarketplaceLicenseGrant } from '../../lib';

/*
 * The first example of the README, as a whole: logical ids, properties and policies are what an update of the library must not change
 * unasked, or users' resources would be updated or replaced.
 */
class QuickStart extends Stack {
  constructor(scope: App, id: string) {
    super(scope, id);

    const setup = new ManagedEntitlementsSetup(this, 'Setup');
    const linux = MarketplaceLicense.fromProductSku(this, 'Linux', '02e38931-0000-4000-8000-000000000001');
    const grant = new MarketplaceLicenseGrant(this, 'LinuxForPayments', {
      license: linux,
      grantee: Grantee.account('222222222222'),
    });
    grant.node.addDependency(setup);
    new CfnOutput(this, 'GrantArn', { value: grant.grantArn });
  }
}

test('the quick start is deployed as it always was', () => {
  const { Resources, Outputs } = Template.fromStack(new QuickStart(new App(), 'QuickStart')).toJSON();
  expect({ Resources: withoutVersions(Resources), Outputs }).toMatchSnapshot();
});

/** The handlers and the latest runtime change with the library and with CDK. */
function withoutVersions(resources: Record<string, any>): Record<string, any> {
  for (const { Type, Properties } of Object.values(resources)) {
    if (Type === 'AWS::Lambda::Function') {
      Properties.Code.S3Key = 'the handler';
      Properties.Runtime = 'the latest';
    }
  }
  return resources;
}
