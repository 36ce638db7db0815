import { App, Environment, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Runtime } from 'aws-cdk-lib/aws-lambda';
import { CfnGrant } from 'aws-cdk-lib/aws-licensemanager';
import { AwsSolutionsChecks } from 'cdk-nag';
import { DEFAULT_RULES_ARE_ERRORS } from './synthesis';
import {
  EntitlementsMemberRole,
  GrantAcceptance,
  GrantActivationMixin,
  GrantCompletion,
  Grantee,
  ManagedEntitlementsMemberSetup,
  ManagedEntitlementsProvider,
  ManagedEntitlementsSetup,
  MarketplaceLicense,
  MarketplaceLicenseGrant,
  ReceivedLicenseGrant,
} from '../../lib';

const ENVIRONMENTS: [string, Environment | undefined][] = [
  ['without an environment', undefined],
  ['with an environment in us-east-1', { account: '111111111111', region: 'us-east-1' }],
  ['with an environment elsewhere', { account: '111111111111', region: 'eu-central-1' }],
];

const FLAGS: [string, Record<string, unknown>][] = [
  ['all recommended feature flags', jest.requireActual('aws-cdk-lib/recommended-feature-flags.json')],
  ['no feature flags', {}],
];

describe.each(ENVIRONMENTS)('a stack %s', (_environment, env) => {
  describe.each(FLAGS)('and %s', (_flags, flags) => {
    function appWithEverything(): App {
      const app = new App({ context: { ...flags, ...DEFAULT_RULES_ARE_ERRORS } });

      const management = new Stack(app, 'Management', { env });
      new ManagedEntitlementsSetup(management, 'Setup', { delegatedAdministrator: '333333333333', removalPolicy: RemovalPolicy.DESTROY });
      const license = MarketplaceLicense.fromProductSku(management, 'Linux', '02e38931-0000-4000-8000-000000000001');
      new MarketplaceLicenseGrant(management, 'Everywhere', { license, grantee: Grantee.organization(), completion: GrantCompletion.background() });
      new CfnGrant(management, 'Formed', { homeRegion: management.region }).with(new GrantActivationMixin());

      new MarketplaceLicenseGrant(management, 'ForMember', {
        license, grantee: Grantee.account('222222222222'), acceptance: GrantAcceptance.assumingRole({ roleName: 'EntitlementsMember' }),
      });

      const member = new Stack(app, 'Member', { env });
      new ManagedEntitlementsMemberSetup(member, 'Setup');
      new ReceivedLicenseGrant(member, 'Linux', { productSku: '02e38931-0000-4000-8000-000000000001' });
      const grantorRole = Role.fromRoleArn(member, 'Grantor', 'arn:aws:iam::444444444444:role/Grantor');
      new EntitlementsMemberRole(member, 'Role', { grantorRole, organizationId: 'o-exampleorg1' });

      const network = new Stack(app, 'Network', { env });
      const provider = new ManagedEntitlementsProvider(network, 'Provider', {
        vpc: new Vpc(network, 'Vpc', { flowLogs: { All: {} } }),
        encryptionKey: new Key(network, 'Key', { enableKeyRotation: true }),
      });
      new ManagedEntitlementsSetup(network, 'Setup', { provider });
      return app;
    }

    test('leaves nothing for cdk-nag to find', () => {
      const app = appWithEverything();
      app.synth();
      expect(findings(app)).toEqual([]);
    });

    test('satisfies the rules that CDK validates templates against', () => {
      expect(() => appWithEverything().synth()).not.toThrow();
    });
  });
});

test('an outdated runtime that the user chose is still found', () => {
  const app = new App();
  const stack = new Stack(app, 'Stack');
  new ManagedEntitlementsSetup(stack, 'Setup', { provider: new ManagedEntitlementsProvider(stack, 'Provider', { runtime: Runtime.NODEJS_22_X }) });
  app.synth();
  expect(findings(app)).toEqual(['AwsSolutions-L1 Stack/Provider/OrganizationSetup/Function/Resource']);
});

test('wildcards of the user are still found', () => {
  const app = new App();
  const stack = new Stack(app, 'Stack');
  new ManagedEntitlementsSetup(stack, 'Setup');
  new Role(stack, 'Role', { assumedBy: new ServicePrincipal('ec2.amazonaws.com') })
    .addToPolicy(new PolicyStatement({ actions: ['license-manager:ListDistributedGrants'], resources: ['*'] }));
  app.synth();
  expect(findings(app)).toEqual(['AwsSolutions-IAM5[Resource::*] Stack/Role/DefaultPolicy/Resource']);
});

function findings(app: App): string[] {
  return new AwsSolutionsChecks(app).validateScope(app).violations.flatMap(({ ruleName, violatingResources }) =>
    violatingResources.map(({ constructPath }) => `${ruleName} ${constructPath}`));
}
