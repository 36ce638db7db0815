import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CfnElement, NestedStack, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  GrantAcceptance, GrantCompletion, Grantee, ManagedEntitlementsMemberSetup, ManagedEntitlementsProvider, ManagedEntitlementsSetup,
  ManagedEntitlementsSetupProps, MarketplaceLicense, MarketplaceLicenseGrant, ReceivedGrantRemoval, ReceivedGrantResponse, ReceivedLicenseGrant,
} from '../../../lib';
import { GRANT_TYPE, grantIn, licenseIn, resourceOf, stackIn } from '../synthesis';

const PARTITION = { Ref: 'AWS::Partition' };
const ACCOUNT = { Ref: 'AWS::AccountId' };

const TRUSTED_SERVICES = [
  'license-manager.amazonaws.com',
  'license-manager.member-account.amazonaws.com',
  'license-management.marketplace.amazonaws.com',
];

const CORE = 'license-manager.amazonaws.com/AWSServiceRoleForAWSLicenseManagerRole';
const MANAGEMENT_ACCOUNT = 'license-manager.master-account.amazonaws.com/AWSServiceRoleForAWSLicenseManagerMasterAccountRole';
const MEMBER_ACCOUNT = 'license-manager.member-account.amazonaws.com/AWSServiceRoleForAWSLicenseManagerMemberAccountRole';
const MARKETPLACE = 'license-management.marketplace.amazonaws.com/AWSServiceRoleForMarketplaceLicenseManagement';

const READ_OWN_STACK = { Sid: 'ReadStack', Effect: 'Allow', Action: 'cloudformation:DescribeStacks', Resource: { Ref: 'AWS::StackId' } };

const WRITE_LOGS = {
  Sid: 'WriteLogs',
  Effect: 'Allow',
  Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
  Resource: { 'Fn::GetAtt': [expect.stringMatching(/LogGroup/), 'Arn'] },
};

describe('the function for licenses and grants', () => {
  const statements = [
    {
      Sid: 'FindLicensesAndGrants',
      Effect: 'Allow',
      Action: [
        'license-manager:GetServiceSettings',
        'license-manager:ListDistributedGrants',
        'license-manager:ListReceivedGrantsForOrganization',
        'license-manager:ListReceivedLicenses',
      ],
      Resource: '*',
    },
    {
      Sid: 'ReadOrganization',
      Effect: 'Allow',
      Action: ['organizations:DescribeOrganization', 'organizations:ListAWSServiceAccessForOrganization'],
      Resource: '*',
    },
    {
      Sid: 'CreateGrants',
      Effect: 'Allow',
      Action: 'license-manager:CreateGrant',
      Resource: { 'Fn::Join': ['', ['arn:', PARTITION, ':license-manager::*:license:*']] },
    },
    {
      Sid: 'ManageOwnGrants',
      Effect: 'Allow',
      Action: [
        'license-manager:CreateGrantVersion',
        'license-manager:DeleteGrant',
        'license-manager:GetGrant',
        'license-manager:ListTagsForResource',
        'license-manager:TagResource',
        'license-manager:UntagResource',
      ],
      Resource: { 'Fn::Join': ['', ['arn:', PARTITION, ':license-manager::', ACCOUNT, ':grant:*']] },
    },
    READ_OWN_STACK,
    WRITE_LOGS,
  ];

  test('may do what a grant takes and nothing else', () => {
    const stack = stackIn();
    grantIn(stack);
    expect(statementsOf(stack)).toEqual(statements);
  });

  test.each([Grantee.organization(), Grantee.organizationalUnit('ou-ex01-workload')])('may also read which accounts are active, for more than one account', (grantee) => {
    const stack = stackIn();
    grantIn(stack, { grantee });
    expect(statementsOf(stack)).toEqual([...statements, { Sid: 'ReadAccounts', Effect: 'Allow', Action: 'organizations:ListAccounts', Resource: '*' }]);
  });

  test('may do the same if it looks a license up, and in a stack with an environment', () => {
    const stack = stackIn({ account: '111111111111', region: 'eu-central-1' });
    MarketplaceLicense.fromProductSku(stack, 'Linux', 'sku-1');
    expect(statementsOf(stack)).toEqual(statements);
  });

  test('may assume the roles that accept its grants, and no others', () => {
    const stack = stackIn();
    const license = licenseIn(stack);
    ['222222222222', '333333333333', '222222222222'].forEach((account, index) => new MarketplaceLicenseGrant(stack, `Grant${index}`, {
      license, grantee: Grantee.account(account), acceptance: GrantAcceptance.assumingRole({ roleName: 'EntitlementsMember' }),
    }));
    const roles = ['222222222222', '333333333333'].map((account) => ({ 'Fn::Join': ['', ['arn:', PARTITION, `:iam::${account}:role/EntitlementsMember`]] }));
    expect(statementsOf(stack)).toEqual([...statements, { Sid: 'AssumeMemberRoles', Effect: 'Allow', Action: 'sts:AssumeRole', Resource: roles }]);
  });
});

describe('a function that serves other stacks', () => {
  const ofStack = (name: string) => ({
    'Fn::Join': ['', ['arn:', PARTITION, ':cloudformation:', { Ref: 'AWS::Region' }, ':', ACCOUNT, `:stack/${name}/*`]],
  });

  test.each<[string, (stack: Stack, provider: ManagedEntitlementsProvider) => unknown]>([
    ['grants', (stack, provider) => grantIn(stack, { provider })],
    ['received grants', (stack, provider) => new ReceivedLicenseGrant(stack, 'Received', { productSku: 'sku-1', provider })],
  ])('with %s may read the status of those as well, nested ones by the beginning of their names', (_, resourceIn) => {
    const shared = stackIn();
    const provider = new ManagedEntitlementsProvider(shared, 'Provider');
    const other = new Stack(shared.node.root, 'Other');
    [shared, other, new NestedStack(new NestedStack(other, 'Nested'), 'Below')].forEach((stack) => resourceIn(stack, provider));
    expect(statementsOf(shared)).toContainEqual(expect.objectContaining({
      Sid: 'ReadStack', Resource: [{ Ref: 'AWS::StackId' }, ofStack('Other'), ofStack('Other-*')],
    }));
  });
});

describe('a grant that a workflow goes on with', () => {
  const stateMachine = { Ref: expect.stringMatching(/SettlementStateMachine/) };
  const executions = [
    'arn:', PARTITION, ':states:', { Ref: 'AWS::Region' }, ':', ACCOUNT, ':execution:', { 'Fn::GetAtt': [stateMachine.Ref, 'Name'] }, ':*',
  ];

  test('lets the function use the workflow, by a policy that the grant waits for', () => {
    const stack = stackIn();
    grantIn(stack, { completion: GrantCompletion.background() });
    const [[id, { Properties }]] = Object.entries(Template.fromStack(stack).findResources('AWS::IAM::Policy'));
    expect(Properties.PolicyDocument.Statement).toEqual([
      { Sid: 'HandOverToWorkflow', Effect: 'Allow', Action: ['states:ListExecutions', 'states:StartExecution'], Resource: stateMachine },
      {
        Sid: 'SupersedeWorkflow',
        Effect: 'Allow',
        Action: ['states:DescribeExecution', 'states:StopExecution'],
        Resource: { 'Fn::Join': ['', executions] },
      },
    ]);
    expect(resourceOf(stack, GRANT_TYPE).DependsOn).toContain(id);
  });

  test('lets the workflow call the function, deliver logs and trace, and nothing else', () => {
    const stack = stackIn();
    grantIn(stack, { completion: GrantCompletion.background() });
    const trust = { AssumeRolePolicyDocument: trustOf('states.amazonaws.com') };
    const [role] = Object.values(Template.fromStack(stack).findResources('AWS::IAM::Role', { Properties: trust }));
    expect(role.Properties.Policies[0].PolicyDocument.Statement).toEqual([
      { Sid: 'InvokeFunction', Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: { 'Fn::GetAtt': [expect.stringMatching(/Function/), 'Arn'] } },
      { Sid: 'DeliverLogs', Effect: 'Allow', Action: expect.arrayContaining(['logs:CreateLogDelivery']), Resource: '*' },
      { Sid: 'Trace', Effect: 'Allow', Action: expect.arrayContaining(['xray:PutTraceSegments']), Resource: '*' },
    ]);
  });

  test('adds to a role of the user as well by a policy of its own', () => {
    const stack = stackIn();
    const role = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    const provider = new ManagedEntitlementsProvider(stack, 'Provider', { role });
    grantIn(stack, { provider, completion: GrantCompletion.background() });
    const policies = Object.values(Template.fromStack(stack).findResources('AWS::IAM::Policy'));
    const users = policies.map(({ Properties }) => [Properties.Roles, Properties.PolicyDocument.Statement[0].Sid]);
    expect(users).toContainEqual([[{ Ref: stack.getLogicalId(role.node.defaultChild as CfnElement) }], 'HandOverToWorkflow']);
  });

  test('expects the permissions to be there on a role that cannot be changed', () => {
    const stack = stackIn();
    const role = Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::111111111111:role/functions', { mutable: false });
    grantIn(stack, { provider: new ManagedEntitlementsProvider(stack, 'Provider', { role }), completion: GrantCompletion.background() });
    expect(Template.fromStack(stack).findResources('AWS::IAM::Policy')).toEqual({});
    expect(resourceOf(stack, GRANT_TYPE).DependsOn).toBeUndefined();
  });
});

describe('the function for the organization', () => {
  const statements = [
    {
      Sid: 'ReadOrganization',
      Effect: 'Allow',
      Action: ['organizations:DescribeOrganization', 'organizations:ListAWSServiceAccessForOrganization'],
      Resource: '*',
    },
    {
      Sid: 'EnableTrustedAccess',
      Effect: 'Allow',
      Action: 'organizations:EnableAWSServiceAccess',
      Resource: '*',
      Condition: { StringEquals: { 'organizations:ServicePrincipal': TRUSTED_SERVICES } },
    },
    {
      Sid: 'LinkOrganization',
      Effect: 'Allow',
      Action: ['license-manager:GetServiceSettings', 'license-manager:UpdateServiceSettings'],
      Resource: '*',
    },
    ...serviceLinkedRoles([CORE, MANAGEMENT_ACCOUNT, MEMBER_ACCOUNT, MARKETPLACE]),
    READ_OWN_STACK,
    WRITE_LOGS,
  ];

  const findDelegatedAdministrator = {
    Sid: 'FindDelegatedAdministrator',
    Effect: 'Allow',
    Action: 'organizations:ListDelegatedAdministrators',
    Resource: '*',
    Condition: { StringEquals: { 'organizations:ServicePrincipal': 'license-manager.amazonaws.com' } },
  };

  const delegate = {
    Sid: 'RegisterDelegatedAdministrator',
    Effect: 'Allow',
    Action: ['organizations:DeregisterDelegatedAdministrator', 'organizations:RegisterDelegatedAdministrator'],
    Resource: { 'Fn::Join': ['', ['arn:', PARTITION, ':organizations::', ACCOUNT, ':account/o-*/*']] },
    Condition: { StringEquals: { 'organizations:ServicePrincipal': 'license-manager.amazonaws.com' } },
  };

  const undo = [
    { Sid: 'FindGrants', Effect: 'Allow', Action: 'license-manager:ListDistributedGrants', Resource: '*' },
    {
      Sid: 'DisableTrustedAccess',
      Effect: 'Allow',
      Action: 'organizations:DisableAWSServiceAccess',
      Resource: '*',
      Condition: { StringEquals: { 'organizations:ServicePrincipal': TRUSTED_SERVICES } },
    },
    {
      Sid: 'DeleteServiceLinkedRoles',
      Effect: 'Allow',
      Action: ['iam:DeleteServiceLinkedRole', 'iam:GetServiceLinkedRoleDeletionStatus'],
      Resource: [CORE, MANAGEMENT_ACCOUNT, MEMBER_ACCOUNT, MARKETPLACE].map((role) => roleArn(`aws-service-role/${role}`)),
    },
  ];

  test.each<[string, ManagedEntitlementsSetupProps, object[]]>([
    ['what a setup takes and nothing else', {}, statements],
    ['what a delegated administrator takes, if there is one', { delegatedAdministrator: '333333333333' }, [...statements, findDelegatedAdministrator, delegate]],
    ['undo the setup, if it is deleted with the stack', { removalPolicy: RemovalPolicy.DESTROY }, [...statements, findDelegatedAdministrator, ...undo]],
    ['undo the setup, if it is deleted when its creation fails', { removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE }, [...statements, findDelegatedAdministrator, ...undo]],
    [
      'do all of that',
      { delegatedAdministrator: '333333333333', removalPolicy: RemovalPolicy.DESTROY },
      [...statements, findDelegatedAdministrator, delegate, ...undo],
    ],
  ])('may %s', (_, props, expected) => {
    const stack = stackIn();
    new ManagedEntitlementsSetup(stack, 'Setup', props);
    expect(statementsOf(stack)).toEqual(expected);
  });
});

test('the function for a member account may create the roles of a member and nothing else', () => {
  const stack = stackIn();
  new ManagedEntitlementsMemberSetup(stack, 'Setup');
  expect(statementsOf(stack)).toEqual([...serviceLinkedRoles([CORE, MEMBER_ACCOUNT, MARKETPLACE]), WRITE_LOGS]);
});

// A role changes before CloudFormation removes what was replaced or taken out of the app: what removes it has to be permitted still.
test.each([
  ['what any answer takes and nothing else', {}],
  ['the same whatever the answer is', { response: ReceivedGrantResponse.acceptOnly(), removal: ReceivedGrantRemoval.leave(), grantorAccount: '111111111111' }],
])('the function for received grants may do %s', (_, props) => {
  const stack = stackIn();
  new ReceivedLicenseGrant(stack, 'Received', { productSku: 'sku-1', ...props });
  expect(statementsOf(stack)).toEqual([
    {
      Sid: 'FindReceivedGrants',
      Effect: 'Allow',
      Action: ['license-manager:ListReceivedGrants', 'license-manager:ListReceivedLicenses'],
      Resource: '*',
    },
    {
      Sid: 'AnswerReceivedGrants',
      Effect: 'Allow',
      Action: ['license-manager:AcceptGrant', 'license-manager:CreateGrantVersion', 'license-manager:GetGrant', 'license-manager:RejectGrant'],
      Resource: { 'Fn::Join': ['', ['arn:', PARTITION, ':license-manager::*:grant:*']] },
    },
    READ_OWN_STACK,
    WRITE_LOGS,
  ]);
});

test('all functions together may call what the handlers call, and nothing else', () => {
  const stack = stackIn();
  new ManagedEntitlementsSetup(stack, 'Setup', { delegatedAdministrator: '333333333333', removalPolicy: RemovalPolicy.DESTROY });
  new ManagedEntitlementsMemberSetup(stack, 'MemberSetup');
  new ReceivedLicenseGrant(stack, 'Received', { productSku: 'sku-1' });
  const license = licenseIn(stack);
  const acceptance = GrantAcceptance.assumingRole({ roleName: 'EntitlementsMember' });
  grantIn(stack, { license, acceptance, completion: GrantCompletion.background() });
  new MarketplaceLicenseGrant(stack, 'Everywhere', { license, grantee: Grantee.organization() });
  const template = Template.fromStack(stack);
  const roles = Object.values(template.findResources('AWS::IAM::Role', { Properties: { AssumeRolePolicyDocument: trustOf('lambda.amazonaws.com') } }));
  const policies = Object.values(template.findResources('AWS::IAM::Policy'));
  const statements: { Action: string | string[] }[] = [
    ...roles.flatMap(({ Properties }) => Properties.Policies[0].PolicyDocument.Statement),
    ...policies.flatMap(({ Properties }) => Properties.PolicyDocument.Statement),
  ];
  const permitted = statements.flatMap(({ Action }) => Action).filter((action) => !action.startsWith('logs:'));
  expect([...new Set(permitted)].sort()).toEqual([...new Set(calledActions())].sort());
});

/** Every command of the AWS SDK that stands in the handlers' gateways, as the action that IAM knows it by. */
function calledActions(): string[] {
  const gateways = join(__dirname, '../../../lambda/aws');
  return readdirSync(gateways).flatMap((file) => {
    const source = readFileSync(join(gateways, file), 'utf8');
    const client = /from '@aws-sdk\/client-([a-z-]+)'/.exec(source)?.[1];
    const service = client === 'sfn' ? 'states' : client;
    return [...source.matchAll(/new (\w+)Command\(/g)].map(([, operation]) => `${service}:${operation}`);
  });
}

function trustOf(service: string): object {
  return { Statement: [{ Principal: { Service: service } }] };
}

function statementsOf(stack: Stack): object[] {
  return resourceOf(stack, 'AWS::IAM::Role').Properties.Policies[0].PolicyDocument.Statement;
}

function serviceLinkedRoles(roles: string[]): object[] {
  return [
    {
      Sid: 'ReadServiceLinkedRoles',
      Effect: 'Allow',
      Action: 'iam:GetRole',
      Resource: roles.flatMap((role) => [roleArn(`aws-service-role/${role}`), roleArn(role.split('/')[1])]),
    },
    {
      Sid: 'CreateServiceLinkedRoles',
      Effect: 'Allow',
      Action: 'iam:CreateServiceLinkedRole',
      Resource: roles.map((role) => roleArn(`aws-service-role/${role}`)),
      Condition: { StringEquals: { 'iam:AWSServiceName': roles.map((role) => role.split('/')[0]) } },
    },
  ];
}

function roleArn(role: string): object {
  return { 'Fn::Join': ['', ['arn:', PARTITION, ':iam::', ACCOUNT, `:role/${role}`]] };
}
