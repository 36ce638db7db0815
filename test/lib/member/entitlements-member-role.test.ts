import { App, Aspects, BootstraplessSynthesizer, CfnResource, PropertyInjectors, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ManagedPolicy, PermissionsBoundary, Role } from 'aws-cdk-lib/aws-iam';
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
