import { App, Aspects, BootstraplessSynthesizer, CfnParameter, CfnResource, Environment, PropertyInjectors, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ManagedPolicy, PermissionsBoundary, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  EntitlementsMemberRole, EntitlementsMemberRoleProps, GrantAcceptance, Grantee, ManagedEntitlementsProvider, MarketplaceLicenseGrant,
} from '../../../lib';
import { GRANT_TYPE, licenseIn, resourceOf, stackIn } from '../synthesis';

const ROLE = 'AWS::IAM::Role';
const GRANTOR_ROLE = 'arn:aws:iam::111111111111:role/Grantor';
const PARTITION = { Ref: 'AWS::Partition' };

function roleIn(stack: Stack, props: Partial<EntitlementsMemberRoleProps> = {}): EntitlementsMemberRole {
  const grantorRole = Role.fromRoleArn(stack, 'Grantor', GRANTOR_ROLE);
  return new EntitlementsMemberRole(stack, 'Role', { grantorRole, organizationId: 'o-exampleorg1', ...props });
}

function propertiesOfRole(props: Partial<EntitlementsMemberRoleProps> = {}): any {
  const stack = stackIn();
  roleIn(stack, props);
  return resourceOf(stack, ROLE).Properties;
}

test('the role trusts the grantor\'s role, from the organization, and nobody else', () => {
  expect(propertiesOfRole().AssumeRolePolicyDocument.Statement).toEqual([{
    Effect: 'Allow',
    Action: 'sts:AssumeRole',
    Principal: { AWS: { 'Fn::Join': ['', ['arn:', PARTITION, ':iam::111111111111:root']] } },
    Condition: { ArnEquals: { 'aws:PrincipalArn': GRANTOR_ROLE }, StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorg1' } },
  }]);
});

test('the role asks for an external id if there is one', () => {
  expect(propertiesOfRole({ externalId: 'licenses' }).AssumeRolePolicyDocument.Statement[0].Condition.StringEquals)
    .toEqual({ 'aws:PrincipalOrgID': 'o-exampleorg1', 'sts:ExternalId': 'licenses' });
});

test('the role may find grants, and accept and activate those of the grantor, and nothing else', () => {
  const { Policies, ManagedPolicyArns } = propertiesOfRole();
  expect(ManagedPolicyArns).toBeUndefined();
  expect(Policies.map(({ PolicyDocument }: any) => PolicyDocument.Statement)).toEqual([[
    { Sid: 'FindGrants', Effect: 'Allow', Action: 'license-manager:ListReceivedGrants', Resource: '*' },
    {
      Sid: 'AcceptAndActivateGrants',
      Effect: 'Allow',
      Action: ['license-manager:AcceptGrant', 'license-manager:CreateGrantVersion', 'license-manager:GetGrant'],
      Resource: { 'Fn::Join': ['', ['arn:', PARTITION, ':license-manager::111111111111:grant:*']] },
    },
  ]]);
});

test('the role has the same name everywhere unless another is chosen', () => {
  expect(propertiesOfRole().RoleName).toBe('EntitlementsMember');
  expect(EntitlementsMemberRole.DEFAULT_ROLE_NAME).toBe('EntitlementsMember');
  expect(propertiesOfRole({ roleName: 'Licenses' }).RoleName).toBe('Licenses');
});

test.each([
  [{ roleName: 'aws-controltower-Licenses' }, /`roleName` must not be one that AWS Control Tower reserves .*got 'aws-controltower-Licenses'/],
  [{ roleName: 'MyAWSControlTowerRole' }, /AWS Control Tower reserves/],
  [{ roleName: 'stacksets-exec-licenses' }, /AWS Control Tower reserves/],
  [{ roleName: 'a/path' }, /`roleName` must have 1 to 64 letters, .*got 'a\/path'/],
  [{ externalId: '?' }, /`externalId` must have 2 to 1224 letters, /],
  [{ organizationId: 'r-ex01' }, /`organizationId` must be the id of an organization like o-exampleorgid, got 'r-ex01'/],
])('the role cannot be made with %j', (props, message) => {
  expect(() => propertiesOfRole(props)).toThrow(message);
});

describe('the account of the grantor', () => {
  const GRANTOR = { account: '111111111111', region: 'us-east-1' };
  const MEMBER = { account: '222222222222', region: 'eu-central-1' };

  function memberOf(grantorEnv?: Environment, memberEnv?: Environment, grantorRole = ownRole): Stack {
    const app = new App();
    const member = new Stack(app, 'Member', { env: memberEnv });
    new EntitlementsMemberRole(member, 'Role', {
      grantorRole: grantorRole(new Stack(app, 'Grantor', { env: grantorEnv }), member), organizationId: 'o-exampleorg1',
    });
    return member;
  }
  const ownRole = (grantor: Stack, _member: Stack) =>
    new ManagedEntitlementsProvider(grantor, 'Provider', {
      role: new Role(grantor, 'Named', { roleName: 'license-grantor', assumedBy: new ServicePrincipal('lambda.amazonaws.com') }),
    }).grantorRole;
  const namedInMember = (_grantor: Stack, member: Stack) => Role.fromRoleName(member, 'Named', 'license-grantor');

  test.each([
    ['of a grantor in an account that shows at deployment', () => memberOf(undefined, MEMBER), 'one whose account is not known'],
    ['of both in accounts that show at deployment', () => memberOf(), 'one whose account is not known'],
    ['of a role that is known by name, in an account that shows at deployment', () => memberOf(GRANTOR, undefined, namedInMember), 'one whose account is not known'],
    ['of a role that is known by name', () => memberOf(GRANTOR, MEMBER, namedInMember), 'one in that of the member, 222222222222'],
  ])('is not that %s', (_, member, got) => {
    expect(member).toThrow(`\`grantorRole\` must be in the account of the grantor, got ${got}; pass it with Role.fromRoleArn(), or give the grantor's stack`);
  });

  test('is that of the grantor\'s stack, wherever the member is', () => {
    expect(accountIn(memberOf(GRANTOR, undefined, ownRole))).toBe('111111111111');
  });

  test('may show at deployment, in an ARN', () => {
    const byParameter = (_: Stack, member: Stack) => Role.fromRoleArn(member, 'Imported', new CfnParameter(member, 'Arn').valueAsString);
    expect(accountIn(memberOf(undefined, undefined, byParameter))).toEqual({ 'Fn::Select': [4, { 'Fn::Split': [':', { Ref: 'Arn' }] }] });
  });

  /** Between 'arn:', the partition, and ':root'. */
  function accountIn(member: Stack): unknown {
    const [statement] = resourceOf(member, ROLE).Properties.AssumeRolePolicyDocument.Statement;
    const [, , ...account] = statement.Principal.AWS['Fn::Join'][1];
    return account.length === 1 ? account[0].split(':')[3] : account[1];
  }
});

test('the template has the role and nothing else, without a bootstrapped account', () => {
  const stack = new Stack(new App({ analyticsReporting: false }), 'Member', { synthesizer: new BootstraplessSynthesizer() });
  roleIn(stack);
  const template = Template.fromStack(stack).toJSON();
  expect(Object.keys(template)).toEqual(['Resources']);
  expect(Object.values<any>(template.Resources).map(({ Type }) => Type)).toEqual([ROLE]);
});

test('the role and the grantor of another account of the same app know each other by name', () => {
  const app = new App();
  const member = new Stack(app, 'Member', { env: { account: '222222222222', region: 'eu-central-1' } });
  const grantor = new Stack(app, 'Grantor', { env: { account: '111111111111', region: 'us-east-1' } });
  const provider = new ManagedEntitlementsProvider(grantor, 'Provider');
  const role = new EntitlementsMemberRole(member, 'Role', { grantorRole: provider.grantorRole, organizationId: 'o-exampleorg1' });
  new MarketplaceLicenseGrant(grantor, 'Grant', {
    license: licenseIn(grantor), grantee: Grantee.account('222222222222'), provider, acceptance: GrantAcceptance.assumingRole({ role }),
  });

  const { RoleName } = resourceOf(grantor, ROLE).Properties;
  expect(resourceOf(member, ROLE).Properties.AssumeRolePolicyDocument.Statement[0].Condition.ArnEquals['aws:PrincipalArn'])
    .toEqual({ 'Fn::Join': ['', ['arn:', PARTITION, `:iam::111111111111:role/${RoleName}`]] });
  expect(resourceOf(grantor, GRANT_TYPE).Properties.Acceptance.RoleArn)
    .toEqual({ 'Fn::Join': ['', ['arn:', PARTITION, ':iam::222222222222:role/EntitlementsMember']] });
});

test('attributes are those of the role', () => {
  const stack = stackIn();
  const role = roleIn(stack);
  expect(stack.resolve([role.roleArn, role.roleName, role.roleRef.roleArn])).toEqual([
    { 'Fn::GetAtt': [expect.stringMatching(/^Role/), 'Arn'] }, { Ref: expect.stringMatching(/^Role/) }, { 'Fn::GetAtt': [expect.stringMatching(/^Role/), 'Arn'] },
  ]);
});

test('permissions boundaries, aspects and property injectors reach the role', () => {
  const app = new App();
  PropertyInjectors.of(app).add({
    constructUniqueId: EntitlementsMemberRole.PROPERTY_INJECTION_ID, inject: (props) => ({ ...props, roleName: 'Injected' }),
  });
  const stack = new Stack(app, 'Member');
  PermissionsBoundary.of(stack).apply(ManagedPolicy.fromManagedPolicyArn(stack, 'Boundary', 'arn:aws:iam::222222222222:policy/boundary'));
  const seen: string[] = [];
  Aspects.of(stack).add({ visit: (node) => { if (CfnResource.isCfnResource(node)) seen.push(node.cfnResourceType); } });
  roleIn(stack);
  expect(resourceOf(stack, ROLE).Properties).toMatchObject({ RoleName: 'Injected', PermissionsBoundary: 'arn:aws:iam::222222222222:policy/boundary' });
  expect(seen).toEqual([ROLE]);
});
