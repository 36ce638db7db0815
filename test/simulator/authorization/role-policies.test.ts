import { GetRoleCommand } from '@aws-sdk/client-iam';
import { CreateGrantCommand, DeleteGrantCommand, GetServiceSettingsCommand, ListDistributedGrantsCommand } from '@aws-sdk/client-license-manager';
import { DescribeOrganizationCommand, RegisterDelegatedAdministratorCommand } from '@aws-sdk/client-organizations';
import { AssumeRoleCommand, AssumeRoleCommandInput, GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { loadPolicyEvaluator } from '../../../simulator/authorization/load-policy-evaluator';
import { PolicyDocument, PolicyStatement } from '../../../simulator/authorization/policy-document';
import { OrganizationDefinition } from '../../../simulator/organization/organization-definition';
import { RoleDefinition, TrustStatement } from '../../../simulator/services/iam/roles';
import { account, grantInput } from '../services/license-manager/granting';
import { Credentials, LINUX, MANAGEMENT, PAYMENTS, READY, SCANNER, SHARED, SimulatedOrganization } from '../services/simulated-organization';

const SETTINGS = 'license-manager:GetServiceSettings';
const ROLE = `arn:aws:iam::${MANAGEMENT}:role/Handler`;
const EVERYTHING: PolicyStatement = { Effect: 'Allow', Action: '*', Resource: '*' };

let organization: SimulatedOrganization;

async function start(changes: Partial<OrganizationDefinition> = {}): Promise<void> {
  organization = await SimulatedOrganization.start({ ...READY, ...changes }, { policyEvaluator: loadPolicyEvaluator() });
}

afterEach(() => organization.stop());

/** Makes a role, and gives credentials of its session. */
function sessionOf(definition: Partial<RoleDefinition>, accountId = MANAGEMENT): Credentials {
  const { arn } = organization.aws.roles.put({ accountId, roleName: 'Handler', trustPolicy: { Version: '2012-10-17', Statement: [] }, ...definition });
  return organization.aws.identities.issueCredentials({ accountId, roleArn: arn, sessionName: 'function' });
}

function withPolicy(...statements: object[]): Partial<RoleDefinition> {
  return { inlinePolicies: [{ name: 'Permissions', document: document(...statements) }] };
}

function document(...statements: object[]): PolicyDocument {
  return { Version: '2012-10-17', Statement: statements as PolicyStatement[] };
}

function allow(Action: string | string[], Resource = '*', more: object = {}): object {
  return { Effect: 'Allow', Action, Resource, ...more };
}

async function readSettings(caller: string | Credentials): Promise<void> {
  await organization.licenseManager(caller).send(new GetServiceSettingsCommand({}));
}

function refusedBecause(clause: string): object {
  return { name: 'AccessDeniedException', message: expect.stringContaining(clause) };
}

describe('the policies of a role', () => {
  test('allow what they name, and nothing else', async () => {
    await start();
    const session = sessionOf(withPolicy(allow(SETTINGS)));
    await readSettings(session);
    await expect(organization.licenseManager(session).send(new ListDistributedGrantsCommand({}))).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: 'User: arn:aws:sts::111111111111:assumed-role/Handler/function is not authorized to perform: license-manager:ListDistributedGrants on resource: * '
        + 'because no identity-based policy allows the license-manager:ListDistributedGrants action',
    });
    expect(organization.aws.permissions!.denied).toEqual([{
      caller: 'function',
      roleArn: ROLE,
      action: 'license-manager:ListDistributedGrants',
      resource: '*',
      reason: 'because no identity-based policy allows the license-manager:ListDistributedGrants action',
      times: 1,
    }]);
  });

  test('deny before they allow', async () => {
    await start();
    const session = sessionOf(withPolicy(EVERYTHING, { Effect: 'Deny', Action: SETTINGS, Resource: '*' }));
    await expect(readSettings(session)).rejects.toMatchObject(refusedBecause('on resource: * with an explicit deny in an identity-based policy'));
  });

  test('do not matter for the question who one is', async () => {
    await start();
    const session = sessionOf(withPolicy({ Effect: 'Deny', Action: '*', Resource: '*' }));
    expect(await organization.sts(session).send(new GetCallerIdentityCommand({}))).toMatchObject({ Account: MANAGEMENT });
  });

  test('name resources: a license by its ARN, an account by its ARN in the organization, a role by its ARN', async () => {
    await start();
    const session = sessionOf(withPolicy(
      allow('license-manager:CreateGrant', LINUX),
      allow('organizations:RegisterDelegatedAdministrator', `arn:aws:organizations::${MANAGEMENT}:account/o-exampleorg1/${SHARED}`),
      allow('iam:GetRole', ROLE),
    ));
    await organization.licenseManager(session).send(new CreateGrantCommand(grantInput(account(PAYMENTS))));
    await expect(organization.licenseManager(session).send(new CreateGrantCommand({ ...grantInput(account(PAYMENTS)), LicenseArn: SCANNER })))
      .rejects.toMatchObject(refusedBecause(`on resource: ${SCANNER}`));

    const register = (AccountId: string) => organization.organizations(session).send(
      new RegisterDelegatedAdministratorCommand({ AccountId, ServicePrincipal: 'license-manager.amazonaws.com' }));
    await expect(register(PAYMENTS)).rejects.toMatchObject(refusedBecause(`account/o-exampleorg1/${PAYMENTS}`));
    await register(SHARED);

    await organization.iam(session).send(new GetRoleCommand({ RoleName: 'Handler' }));
    await expect(organization.iam(session).send(new GetRoleCommand({ RoleName: 'Other' }))).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  test('have conditions on the request, on the resource and on the caller', async () => {
    await start();
    const session = sessionOf({
      ...withPolicy(
        allow('license-manager:CreateGrant', '*', {
          Condition: { 'StringEquals': { 'aws:RequestTag/owner': 'platform' }, 'ForAllValues:StringEquals': { 'aws:TagKeys': ['owner'] } },
        }),
        allow('license-manager:DeleteGrant', '*', { Condition: { StringEquals: { 'aws:ResourceTag/owner': '${aws:PrincipalTag/team}' } } }),
        allow(SETTINGS, '*', { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorg1', 'aws:RequestedRegion': 'us-east-1' } } }),
      ),
      tags: { team: 'platform' },
    });
    const create = (grantee: string, ...tags: [string, string][]) => organization.licenseManager(session).send(
      new CreateGrantCommand(grantInput(account(grantee), { Tags: tags.map(([Key, Value]) => ({ Key, Value })) })));
    await expect(create(PAYMENTS)).rejects.toMatchObject({ name: 'AccessDeniedException' });
    await expect(create(PAYMENTS, ['owner', 'platform'], ['cost', '1'])).rejects.toMatchObject({ name: 'AccessDeniedException' });
    const { GrantArn } = await create(PAYMENTS, ['owner', 'platform']);
    const foreign = await organization.licenseManager(MANAGEMENT).send(new CreateGrantCommand(grantInput(account(SHARED), { ClientToken: 'other' })));

    await organization.licenseManager(session).send(new DeleteGrantCommand({ GrantArn, Version: '1' }));
    await expect(organization.licenseManager(session).send(new DeleteGrantCommand({ GrantArn: foreign.GrantArn, Version: '1' })))
      .rejects.toMatchObject({ name: 'AccessDeniedException' });
    await readSettings(session);
    await expect(organization.licenseManager(session, 'eu-west-1').send(new GetServiceSettingsCommand({}))).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  test('may stand by themselves and be attached to the role, and go when they are removed', async () => {
    await start();
    const session = sessionOf({});
    const attached = { name: 'Attached', accountId: MANAGEMENT, roleNames: ['Handler'] };
    organization.aws.roles.putPolicy('one', { ...attached, document: document(allow(SETTINGS)) });
    await readSettings(session);
    organization.aws.roles.removePolicy('one');
    await expect(readSettings(session)).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  test('are limited by the permissions boundary', async () => {
    const boundary = `arn:aws:iam::${MANAGEMENT}:policy/Boundary`;
    await start({ managedPolicies: { [boundary]: document(allow('organizations:*')) } });
    const session = sessionOf({ ...withPolicy(EVERYTHING), permissionsBoundaryArn: boundary });
    await organization.organizations(session).send(new DescribeOrganizationCommand({}));
    await expect(readSettings(session)).rejects.toMatchObject(
      refusedBecause('because no permissions boundary allows the license-manager:GetServiceSettings action'));
    expect(organization.aws.permissions!.unchecked).toEqual([]);
  });
});

describe('what is not known', () => {
  const READ_ONLY = 'arn:aws:iam::aws:policy/ReadOnlyAccess';

  test('a role with a managed policy that nobody has told goes unchecked, and is reported', async () => {
    await start();
    const session = sessionOf({ managedPolicyArns: [READ_ONLY] });
    await readSettings(session);
    expect(organization.aws.permissions).toMatchObject({
      denied: [], unchecked: [{ principalArn: ROLE, why: `the simulator does not know ${READ_ONLY}` }],
    });
  });

  test('what is known of it holds nevertheless', async () => {
    await start();
    const session = sessionOf({ ...withPolicy({ Effect: 'Deny', Action: SETTINGS, Resource: '*' }), managedPolicyArns: [READ_ONLY] });
    await expect(readSettings(session)).rejects.toMatchObject(refusedBecause('with an explicit deny in an identity-based policy'));
  });

  test('a boundary that nobody has told limits nothing, and is reported', async () => {
    await start();
    const boundary = `arn:aws:iam::${MANAGEMENT}:policy/Boundary`;
    const session = sessionOf({ ...withPolicy(allow(SETTINGS)), permissionsBoundaryArn: boundary });
    await readSettings(session);
    await expect(organization.organizations(session).send(new DescribeOrganizationCommand({}))).rejects.toMatchObject({ name: 'AccessDeniedException' });
    expect(organization.aws.permissions!.unchecked).toEqual([{ principalArn: ROLE, why: `the simulator does not know ${boundary}` }]);
  });

  test('a role that no stack has made goes unchecked', async () => {
    await start();
    await readSettings(organization.aws.identities.issueCredentials({ accountId: MANAGEMENT, roleArn: ROLE, sessionName: 'function' }));
    expect(organization.aws.permissions!.unchecked).toMatchObject([{ principalArn: ROLE }]);
  });

  test('a policy that is not valid is told with what is wrong, and allows nothing in silence', async () => {
    await start();
    await readSettings(sessionOf(withPolicy({ ...allow(SETTINGS), Effect: 'Permit' })));
    expect(organization.aws.permissions!.unchecked).toMatchObject([{ principalArn: ROLE, why: expect.stringMatching(/not valid.*Effect/) }]);
  });

  test('the policies that the CDK attaches to every function are known', async () => {
    await start();
    const session = sessionOf({ managedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'] });
    await expect(readSettings(session)).rejects.toMatchObject({ name: 'AccessDeniedException' });
    expect(organization.aws.permissions!.unchecked).toEqual([]);
  });
});

describe('service control policies', () => {
  const DENY_OUTSIDE = document(EVERYTHING, {
    Effect: 'Deny', NotAction: ['iam:*', 'organizations:*'], Resource: '*', Condition: { StringNotEquals: { 'aws:RequestedRegion': 'eu-central-1' } },
  });

  test('limit root users and roles of member accounts below them', async () => {
    await start({ serviceControlPolicies: { 'ou-ex01-workload': [DENY_OUTSIDE] } });
    const denied = refusedBecause('with an explicit deny in a service control policy');
    await expect(readSettings(PAYMENTS)).rejects.toMatchObject(denied);
    await expect(readSettings(sessionOf(withPolicy(EVERYTHING), PAYMENTS))).rejects.toMatchObject(denied);
    await organization.licenseManager(PAYMENTS, 'eu-central-1').send(new GetServiceSettingsCommand({}));
    await readSettings('444444444444');
    expect(organization.aws.permissions!.denied.map(({ caller }) => caller)).toEqual([PAYMENTS, 'function']);
  });

  test('do not affect the management account', async () => {
    await start({ serviceControlPolicies: { 'r-ex01': [document({ ...EVERYTHING, Action: 'sts:*' })] } });
    await readSettings(MANAGEMENT);
    await expect(readSettings(PAYMENTS)).rejects.toMatchObject(
      refusedBecause('because no service control policy allows the license-manager:GetServiceSettings action'));
  });

  test('have to allow on every level', async () => {
    await start({ serviceControlPolicies: { [PAYMENTS]: [document({ ...EVERYTHING, Action: 'license-manager:*' })] } });
    await readSettings(PAYMENTS);
    await expect(organization.organizations(PAYMENTS).send(new DescribeOrganizationCommand({}))).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  test('allow what no role needs to be allowed again, but give nothing', async () => {
    await start({ serviceControlPolicies: { 'r-ex01': [document(EVERYTHING)] } });
    await expect(readSettings(sessionOf({}, PAYMENTS))).rejects.toMatchObject(refusedBecause('because no identity-based policy allows'));
  });
});

describe('AssumeRole', () => {
  const TARGET = `arn:aws:iam::${PAYMENTS}:role/Grantee`;

  function targetTrusting(statement: Partial<TrustStatement>): void {
    organization.aws.roles.put({
      accountId: PAYMENTS, roleName: 'Grantee', trustPolicy: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', ...statement }] },
    });
  }

  async function assume(caller: Credentials | string, changes: Partial<AssumeRoleCommandInput> = {}): Promise<void> {
    await organization.sts(caller).send(new AssumeRoleCommand({ RoleArn: TARGET, RoleSessionName: 'session', ...changes }));
  }

  test('needs the trust of the role and the permission of the caller', async () => {
    await start();
    targetTrusting({ Principal: { AWS: ROLE } });
    await assume(sessionOf(withPolicy(allow('sts:AssumeRole', TARGET))));
    await expect(assume(sessionOf(withPolicy(allow(SETTINGS))))).rejects.toMatchObject({
      name: 'AccessDenied', message: expect.stringContaining('because no identity-based policy allows the sts:AssumeRole action'),
    });
    targetTrusting({ Principal: { AWS: `arn:aws:iam::${SHARED}:root` } });
    await expect(assume(sessionOf(withPolicy(EVERYTHING)))).rejects.toMatchObject({
      message: `User: arn:aws:sts::111111111111:assumed-role/Handler/function is not authorized to perform: sts:AssumeRole on resource: ${TARGET}`,
    });
    expect(organization.aws.permissions!.denied.at(-1)).toMatchObject({ reason: 'because no role trust policy allows the sts:AssumeRole action' });
  });

  test('needs the external id that the role asks for, and every other condition', async () => {
    await start();
    targetTrusting({
      Principal: { AWS: '*' }, Condition: { StringEquals: { 'sts:ExternalId': 'shared-secret', 'aws:PrincipalOrgID': 'o-exampleorg1' } },
    });
    const session = sessionOf(withPolicy(EVERYTHING));
    await assume(session, { ExternalId: 'shared-secret' });
    await expect(assume(session)).rejects.toMatchObject({ name: 'AccessDenied' });
    await expect(assume(session, { ExternalId: 'another' })).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  test('gives a session that has the permissions of the new role, not those of the old one', async () => {
    await start();
    organization.aws.roles.put({
      accountId: PAYMENTS,
      roleName: 'Grantee',
      trustPolicy: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: ROLE } }] },
      ...withPolicy(allow(SETTINGS)),
    });
    const { Credentials: issued } = await organization.sts(sessionOf(withPolicy(EVERYTHING))).send(
      new AssumeRoleCommand({ RoleArn: TARGET, RoleSessionName: 'session' }));
    const session = { accessKeyId: issued!.AccessKeyId!, secretAccessKey: issued!.SecretAccessKey!, sessionToken: issued!.SessionToken! };
    await readSettings(session);
    await expect(organization.licenseManager(session).send(new ListDistributedGrantsCommand({}))).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });
});

describe('the report', () => {
  test('names what roles were permitted and never used, also after they are gone', async () => {
    await start();
    await readSettings(sessionOf(withPolicy(allow([SETTINGS, 'license-manager:ListDistributedGrants']))));
    organization.aws.roles.remove(MANAGEMENT, 'Handler');
    expect(await organization.aws.permissions!.unused()).toEqual([{ roleArn: ROLE, action: 'license-manager:ListDistributedGrants' }]);
  });

  test('counts a denied call not as a use', async () => {
    await start();
    const session = sessionOf(withPolicy(allow(SETTINGS, '*', { Condition: { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } } })));
    await expect(readSettings(session)).rejects.toThrow();
    expect(await organization.aws.permissions!.unused()).toEqual([{ roleArn: ROLE, action: SETTINGS }]);
  });

  test('counts a denied call that is repeated once', async () => {
    await start();
    const session = sessionOf({});
    for (let attempt = 0; attempt < 3; attempt += 1) await expect(readSettings(session)).rejects.toThrow();
    expect(organization.aws.permissions!.denied).toMatchObject([{ action: SETTINGS, times: 3 }]);
  });
});
