import { AssumeRoleCommand, AssumeRoleCommandInput, GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { BARE, Credentials, MANAGEMENT, PAYMENTS, SHARED, SimulatedOrganization } from './simulated-organization';
import { TrustStatement } from '../../../simulator/services/iam/roles';

const ROLE = 'arn:aws:iam::222222222222:role/Grantee';

let organization: SimulatedOrganization;

beforeEach(async () => {
  organization = await SimulatedOrganization.start(BARE);
});

afterEach(() => organization.stop());

function roleTrusting(...statements: Partial<TrustStatement>[]): void {
  organization.aws.roles.put({
    accountId: PAYMENTS,
    roleName: 'Grantee',
    trustPolicy: { Version: '2012-10-17', Statement: statements.map((statement) => ({ Effect: 'Allow', Action: 'sts:AssumeRole', ...statement })) },
  });
}

async function assume(caller: string | Credentials, changes: Partial<AssumeRoleCommandInput> = {}): Promise<Credentials> {
  const { Credentials: issued } = await organization.sts(caller).send(
    new AssumeRoleCommand({ RoleArn: ROLE, RoleSessionName: 'session', ...changes }));
  return { accessKeyId: issued!.AccessKeyId!, secretAccessKey: issued!.SecretAccessKey!, sessionToken: issued!.SessionToken! };
}

async function whoIs(caller: string | Credentials) {
  const { $metadata: _metadata, ...identity } = await organization.sts(caller).send(new GetCallerIdentityCommand({}));
  return identity;
}

test('an access key id of 12 digits is the root user of that account', async () => {
  expect(await whoIs(PAYMENTS)).toEqual({ Account: PAYMENTS, Arn: 'arn:aws:iam::222222222222:root', UserId: PAYMENTS });
});

test('AssumeRole gives credentials of the role\'s account', async () => {
  roleTrusting({ Principal: { AWS: `arn:aws:iam::${MANAGEMENT}:root` } });
  expect(await whoIs(await assume(MANAGEMENT))).toMatchObject({ Account: PAYMENTS, Arn: 'arn:aws:sts::222222222222:assumed-role/Grantee/session' });
});

test('a role can be assumed by another role that its policy names', async () => {
  const credentials = organization.aws.identities.issueCredentials({
    accountId: MANAGEMENT, roleArn: 'arn:aws:iam::111111111111:role/Handler', sessionName: 'function',
  });
  roleTrusting({ Principal: { AWS: 'arn:aws:iam::111111111111:role/Handler' } });
  expect(await whoIs(await assume(credentials))).toMatchObject({ Account: PAYMENTS });
});

describe('AssumeRole is denied', () => {
  const denied = {
    name: 'AccessDenied',
    message: `User: arn:aws:iam::${MANAGEMENT}:root is not authorized to perform: sts:AssumeRole on resource: ${ROLE}`,
    $metadata: expect.objectContaining({ httpStatusCode: 403 }),
  };

  test('for a role that is not there', async () => {
    await expect(assume(MANAGEMENT)).rejects.toMatchObject(denied);
  });

  test('for a role that trusts others', async () => {
    roleTrusting({ Principal: { AWS: SHARED } }, { Principal: { Service: 'lambda.amazonaws.com' } });
    await expect(assume(MANAGEMENT)).rejects.toMatchObject(denied);
  });

  test('for a statement that denies', async () => {
    roleTrusting({ Principal: '*' }, { Effect: 'Deny', Principal: { AWS: MANAGEMENT } });
    await expect(assume(MANAGEMENT)).rejects.toMatchObject(denied);
  });

  test('without the external id that the policy asks for', async () => {
    roleTrusting({ Principal: { AWS: MANAGEMENT }, Condition: { StringEquals: { 'sts:ExternalId': 'shared-secret' } } });
    await expect(assume(MANAGEMENT)).rejects.toMatchObject(denied);
    await expect(assume(MANAGEMENT, { ExternalId: 'another' })).rejects.toMatchObject(denied);
    expect(await whoIs(await assume(MANAGEMENT, { ExternalId: 'shared-secret' }))).toMatchObject({ Account: PAYMENTS });
  });

  test('under a condition that the simulator cannot evaluate', async () => {
    roleTrusting({ Principal: { AWS: MANAGEMENT }, Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } });
    await expect(assume(MANAGEMENT)).rejects.toMatchObject(denied);
  });
});

test('a condition on the caller and its organization holds also without an evaluator of policies', async () => {
  const trusting = (principalArn: string, organizationId: string) => roleTrusting({
    Principal: { AWS: MANAGEMENT },
    Condition: { ArnEquals: { 'aws:PrincipalArn': principalArn }, StringEquals: { 'aws:PrincipalOrgID': organizationId } },
  });
  const root = `arn:aws:iam::${MANAGEMENT}:root`;
  trusting(root, 'o-exampleorg1');
  expect(await whoIs(await assume(MANAGEMENT))).toMatchObject({ Account: PAYMENTS });
  for (const [principalArn, organizationId] of [[root, 'o-otherorg0001'], ['arn:aws:iam::111111111111:role/Handler', 'o-exampleorg1']]) {
    trusting(principalArn, organizationId);
    await expect(assume(MANAGEMENT)).rejects.toMatchObject({ name: 'AccessDenied' });
  }
});

test('credentials end with their session', async () => {
  roleTrusting({ Principal: { AWS: MANAGEMENT } });
  const credentials = await assume(MANAGEMENT, { DurationSeconds: 900 });
  await organization.pass(899 * 1000);
  expect(await whoIs(credentials)).toMatchObject({ Account: PAYMENTS });
  await organization.pass(1000);
  await expect(whoIs(credentials)).rejects.toMatchObject({ name: 'ExpiredToken' });
});

test('a session cannot be longer than the role allows', async () => {
  roleTrusting({ Principal: { AWS: MANAGEMENT } });
  await expect(assume(MANAGEMENT, { DurationSeconds: 3601 })).rejects.toMatchObject({
    name: 'ValidationError', message: 'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
  });
});
