import { App, Aspects, CfnResource, IAspect, PropertyInjectors, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { SecurityGroup, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { ManagedPolicy, PermissionsBoundary, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct, IConstruct } from 'constructs';
import {
  Grantee,
  ManagedEntitlementsMemberSetup,
  ManagedEntitlementsProvider,
  ManagedEntitlementsProviderProps,
  ManagedEntitlementsSetup,
  MarketplaceLicense,
  MarketplaceLicenseGrant,
} from '../../../lib';
import { errorsOf, grantIn, LICENSE_ARN, licenseIn, resourceOf, resourceTypesOf, stackIn } from '../synthesis';

const FUNCTION = 'AWS::Lambda::Function';
const LOG_GROUP = 'AWS::Logs::LogGroup';
const ROLE = 'AWS::IAM::Role';
const POLICY = 'AWS::IAM::Policy';

/** A stack with one function, run by a provider with the given properties. */
function stackWith(props: (stack: Stack) => ManagedEntitlementsProviderProps): Stack {
  const stack = stackIn();
  grantIn(stack, { provider: new ManagedEntitlementsProvider(stack, 'Provider', props(stack)) });
  return stack;
}

function count(stack: Stack, type: string): number {
  return resourceTypesOf(stack).filter((each) => each === type).length;
}

describe('by default', () => {
  test('a function runs for fifteen minutes at most, writes to a log group of its own and has no environment', () => {
    const stack = stackWith(() => ({}));
    const properties = resourceOf(stack, FUNCTION).Properties;
    expect(properties).toMatchObject({ Handler: 'index.handler', MemorySize: 256, Timeout: 900 });
    expect(properties.Runtime).toMatch(/^nodejs\d\d\.x$/);
    expect(properties).not.toHaveProperty('Environment');
    expect(properties).not.toHaveProperty('VpcConfig');
    expect(stack.resolve(properties.LoggingConfig.LogGroup.Ref)).toMatch(/LogGroup/);
  });

  test('the logs are kept for three months and go with the stack', () => {
    expect(resourceOf(stackWith(() => ({})), LOG_GROUP)).toMatchObject({
      Properties: { RetentionInDays: 90 },
      DeletionPolicy: 'Delete',
      UpdateReplacePolicy: 'Delete',
    });
  });

  test('a role has its policy within itself and no managed one', () => {
    const stack = stackWith(() => ({}));
    const properties = resourceOf(stack, ROLE).Properties;
    expect(properties.Policies).toHaveLength(1);
    expect(properties).not.toHaveProperty('ManagedPolicyArns');
    expect(properties.AssumeRolePolicyDocument.Statement).toEqual([
      { Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' } },
    ]);
    expect(count(stack, POLICY)).toBe(0);
  });
});

describe('one function', () => {
  test('answers all licenses and grants of a stack', () => {
    const stack = stackIn();
    const license = MarketplaceLicense.fromProductSku(stack, 'Linux', 'sku-1');
    new MarketplaceLicenseGrant(stack, 'One', { license, grantee: Grantee.account('222222222222') });
    new MarketplaceLicenseGrant(new Construct(stack, 'Nested'), 'Two', { license, grantee: Grantee.account('333333333333') });
    expect(resourceTypesOf(stack)).toEqual([
      ROLE, FUNCTION, LOG_GROUP, 'Custom::MarketplaceLicense', 'Custom::MarketplaceLicenseGrant', 'Custom::MarketplaceLicenseGrant',
    ]);
  });

  test('is there for each concern', () => {
    const stack = stackIn();
    new ManagedEntitlementsSetup(stack, 'Setup');
    new ManagedEntitlementsMemberSetup(stack, 'MemberSetup');
    grantIn(stack);
    expect([count(stack, FUNCTION), count(stack, ROLE), count(stack, LOG_GROUP)]).toEqual([3, 3, 3]);
    const descriptions = Object.values(Template.fromStack(stack).findResources(FUNCTION)).map(({ Properties }) => Properties.Description);
    expect(new Set(descriptions).size).toBe(3);
  });

  test('is there for each stack', () => {
    const app = new App();
    const stacks = [new Stack(app, 'One'), new Stack(app, 'Two')];
    stacks.forEach((stack) => grantIn(stack));
    expect(stacks.map((stack) => count(stack, FUNCTION))).toEqual([1, 1]);
  });

  test('can be there for two stacks', () => {
    const app = new App();
    const shared = new Stack(app, 'Shared');
    const stack = new Stack(app, 'Entitlements');
    grantIn(stack, { provider: new ManagedEntitlementsProvider(shared, 'Provider') });
    expect([count(shared, FUNCTION), count(stack, FUNCTION)]).toEqual([1, 0]);
    expect(resourceOf(stack, 'Custom::MarketplaceLicenseGrant').Properties.ServiceToken).toEqual({
      'Fn::ImportValue': expect.stringMatching(/^Shared:.*Function/),
    });
  });

  test('is not made for a provider that nothing uses', () => {
    const stack = stackIn();
    new ManagedEntitlementsProvider(stack, 'Provider');
    expect(resourceTypesOf(stack)).toEqual([]);
  });
});

describe('with a role', () => {
  test('every function has it, and it gets what they need', () => {
    const stack = stackIn();
    const role = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    const provider = new ManagedEntitlementsProvider(stack, 'Provider', { role });
    grantIn(stack, { provider });
    new ManagedEntitlementsMemberSetup(stack, 'Setup', { provider });

    expect(count(stack, ROLE)).toBe(1);
    Template.fromStack(stack).allResourcesProperties(FUNCTION, { Role: stack.resolve(role.roleArn) });
    const statements: { Action: string | string[]; Sid?: string }[] = resourceOf(stack, POLICY).Properties.PolicyDocument.Statement;
    expect(statements.flatMap(({ Action }) => Action)).toEqual(
      expect.arrayContaining(['license-manager:CreateGrant', 'license-manager:DeleteGrant', 'logs:PutLogEvents', 'iam:CreateServiceLinkedRole']),
    );
    // They would have to be unique in the policy.
    expect(statements.filter(({ Sid }) => Sid)).toEqual([]);
  });

  test('its functions wait until it has what they need', () => {
    const stack = stackWith((scope) => ({ role: new Role(scope, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') }) }));
    const [policy] = Object.keys(Template.fromStack(stack).findResources(POLICY));
    expect(resourceOf(stack, FUNCTION).DependsOn).toContain(policy);
  });

  test('that was imported as immutable, nothing is added to it', () => {
    const stack = stackWith((scope) => ({ role: Role.fromRoleArn(scope, 'Role', 'arn:aws:iam::111111111111:role/mine', { mutable: false }) }));
    expect(resourceTypesOf(stack)).toEqual([FUNCTION, LOG_GROUP, 'Custom::MarketplaceLicenseGrant']);
    expect(resourceOf(stack, FUNCTION).Properties.Role).toBe('arn:aws:iam::111111111111:role/mine');
  });
});

describe('with a VPC', () => {
  test('the functions are in its private subnets, with a security group and the permissions that it takes', () => {
    const stack = stackWith((scope) => ({ vpc: new Vpc(scope, 'Vpc') }));
    expect(count(stack, 'AWS::EC2::SecurityGroup')).toBe(1);
    const { SubnetIds, SecurityGroupIds } = resourceOf(stack, FUNCTION).Properties.VpcConfig;
    expect(SubnetIds.map(({ Ref }: { Ref: string }) => Ref)).toEqual([expect.stringMatching(/Private/), expect.stringMatching(/Private/)]);
    expect(SecurityGroupIds).toHaveLength(1);
    Template.fromStack(stack).hasResourceProperties(ROLE, {
      Policies: [{ PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Sid: 'ConnectToVpc' })]) } }],
    });
  });

  test('the functions are in the subnets and security groups that were chosen', () => {
    const stack = stackWith((scope) => {
      const vpc = new Vpc(scope, 'Vpc', { subnetConfiguration: [{ name: 'Isolated', subnetType: SubnetType.PRIVATE_ISOLATED }] });
      return {
        vpc,
        vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED },
        securityGroups: [new SecurityGroup(scope, 'Chosen', { vpc })],
      };
    });
    expect(count(stack, 'AWS::EC2::SecurityGroup')).toBe(1);
    const { SubnetIds, SecurityGroupIds } = resourceOf(stack, FUNCTION).Properties.VpcConfig;
    expect(SubnetIds.map(({ Ref }: { Ref: string }) => Ref)).toEqual([expect.stringMatching(/Isolated/), expect.stringMatching(/Isolated/)]);
    expect(SecurityGroupIds).toEqual([{ 'Fn::GetAtt': [expect.stringMatching(/^Chosen/), 'GroupId'] }]);
  });

  test.each<[string, (stack: Stack) => ManagedEntitlementsProviderProps]>([
    ['subnets', () => ({ vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED } })],
    ['security groups', (stack) => ({ securityGroups: [SecurityGroup.fromSecurityGroupId(stack, 'Chosen', 'sg-1')] })],
  ])('left out, there cannot be %s', (_, props) => {
    expect(() => stackWith(props)).toThrow(
      '`vpcSubnets` and `securityGroups` place the functions in a VPC, got no `vpc`; pass the VPC that they belong to',
    );
  });
});

describe('with a log group', () => {
  test('every function writes to it and none is made', () => {
    const stack = stackIn();
    const logGroup = new LogGroup(stack, 'Logs', { retention: RetentionDays.ONE_WEEK });
    const provider = new ManagedEntitlementsProvider(stack, 'Provider', { logGroup });
    grantIn(stack, { provider });
    new ManagedEntitlementsMemberSetup(stack, 'Setup', { provider });
    expect(count(stack, LOG_GROUP)).toBe(1);
    Template.fromStack(stack).allResourcesProperties(FUNCTION, { LoggingConfig: { LogGroup: stack.resolve(logGroup.logGroupName) } });
    Template.fromStack(stack).allResourcesProperties(ROLE, {
      Policies: [{
        PolicyDocument: {
          Statement: Match.arrayWith([{
            Sid: 'WriteLogs',
            Effect: 'Allow',
            Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
            Resource: stack.resolve(logGroup.logGroupArn),
          }]),
        },
      }],
    });
  });

  test('there cannot be a key for others', () => {
    expect(() => stackWith((scope) => ({ logGroup: new LogGroup(scope, 'Logs'), encryptionKey: new Key(scope, 'Key') }))).toThrow(
      '`encryptionKey` encrypts log groups that the provider makes itself, got `logGroup` as well; encrypt that log group instead',
    );
  });
});

describe('with an encryption key', () => {
  test('the logs are encrypted with it, and CloudWatch Logs may use it for log groups of the account and nothing else', () => {
    const stack = stackWith((scope) => ({ encryptionKey: new Key(scope, 'Key') }));
    const key = resourceOf(stack, 'AWS::KMS::Key');
    expect(resourceOf(stack, LOG_GROUP).Properties.KmsKeyId).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^Key/), 'Arn'] });
    expect(key.Properties.KeyPolicy.Statement).toContainEqual({
      Effect: 'Allow',
      Principal: { Service: { 'Fn::Join': ['', ['logs.', { Ref: 'AWS::Region' }, '.amazonaws.com']] } },
      Action: ['kms:Decrypt*', 'kms:Describe*', 'kms:Encrypt*', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
      Resource: '*',
      Condition: {
        ArnLike: {
          'kms:EncryptionContext:aws:logs:arn': {
            'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':logs:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':log-group:*']],
          },
        },
      },
    });
  });
});

test('runtime and memory can be chosen', () => {
  const stack = stackWith(() => ({ runtime: Runtime.NODEJS_22_X, memorySize: 1024 }));
  expect(resourceOf(stack, FUNCTION).Properties).toMatchObject({ Runtime: 'nodejs22.x', MemorySize: 1024 });
});

describe('what an organization asks of all resources reaches those behind the constructs', () => {
  test('permissions boundaries', () => {
    const stack = stackIn();
    PermissionsBoundary.of(stack).apply(ManagedPolicy.fromManagedPolicyArn(stack, 'Boundary', 'arn:aws:iam::111111111111:policy/boundary'));
    grantIn(stack);
    expect(resourceOf(stack, ROLE).Properties.PermissionsBoundary).toBe('arn:aws:iam::111111111111:policy/boundary');
  });

  test('aspects', () => {
    const seen: string[] = [];
    const aspect: IAspect = {
      visit(node: IConstruct) {
        if (CfnResource.isCfnResource(node)) {
          seen.push(node.cfnResourceType);
        }
      },
    };
    const stack = stackIn();
    grantIn(stack);
    Aspects.of(stack).add(aspect);
    Template.fromStack(stack);
    expect(seen.sort()).toEqual([ROLE, FUNCTION, LOG_GROUP, 'Custom::MarketplaceLicenseGrant']);
  });

  test('property injectors, of the resources and of the constructs of this library', () => {
    const app = new App();
    PropertyInjectors.of(app).add(
      {
        constructUniqueId: LogGroup.PROPERTY_INJECTION_ID,
        inject: (props) => ({ ...props, retention: RetentionDays.TEN_YEARS }),
      },
      {
        constructUniqueId: ManagedEntitlementsProvider.PROPERTY_INJECTION_ID,
        inject: (props) => ({ memorySize: 2048, ...props }),
      },
      {
        constructUniqueId: MarketplaceLicenseGrant.PROPERTY_INJECTION_ID,
        inject: (props) => ({ deletionReason: 'the stack is gone', ...props }),
      },
    );
    const stack = new Stack(app, 'Entitlements');
    new MarketplaceLicenseGrant(stack, 'Grant', { license: licenseIn(stack), grantee: Grantee.organization() });
    expect(resourceOf(stack, LOG_GROUP).Properties.RetentionInDays).toBe(3653);
    expect(resourceOf(stack, FUNCTION).Properties.MemorySize).toBe(2048);
    expect(resourceOf(stack, 'Custom::MarketplaceLicenseGrant').Properties.DeletionReason).toBe('the stack is gone');
  });
});

describe('a stack in a Region without managed entitlements', () => {
  const id = '(annotation::cdk-managed-entitlements:unsupported-partition)';

  test.each(['us-gov-west-1', 'us-gov-east-1'])('%s says where those of GovCloud are managed', (region) => {
    const stack = stackIn({ account: '111111111111', region });
    grantIn(stack);
    expect(errorsOf(stack)).toEqual([
      `managed entitlements of AWS GovCloud (US) are managed in the linked commercial account, got a stack in ${region}; `
      + `deploy the stack to the commercial account, the GovCloud account follows its license ${id}`,
    ].map((message) => expect.stringMatching(new RegExp(`^${escaped(message)}$`, 'i'))));
  });

  test.each(['cn-north-1', 'us-iso-east-1'])('%s says that it is not documented', (region) => {
    const stack = stackIn({ account: '111111111111', region });
    new ManagedEntitlementsSetup(stack, 'Setup');
    expect(errorsOf(stack)).toEqual([
      `managed entitlements of AWS Marketplace licenses are documented for commercial Regions only, got a stack in ${region}; `
      + `deploy the stack to a commercial Region, for example us-east-1 ${id}`,
    ].map((message) => expect.stringMatching(new RegExp(`^${escaped(message)}$`, 'i'))));
  });

  test('says so once, however many resources it has', () => {
    const stack = stackIn({ account: '111111111111', region: 'us-gov-west-1' });
    new ManagedEntitlementsMemberSetup(stack, 'Setup');
    MarketplaceLicense.fromProductSku(stack, 'Linux', 'sku-1');
    grantIn(stack);
    expect(errorsOf(stack)).toHaveLength(1);
  });

  test.each([undefined, { account: '111111111111', region: 'eu-central-1' }])('is none of %j', (env) => {
    const stack = stackIn(env);
    grantIn(stack, { license: MarketplaceLicense.fromLicenseArn(stack, 'License', LICENSE_ARN) });
    expect(errorsOf(stack)).toEqual([]);
  });
});

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
