import { CreateServiceLinkedRoleCommand } from '@aws-sdk/client-iam';
import { CreateGrantCommand, DeleteGrantCommand, GetServiceSettingsCommand, ListReceivedLicensesCommand } from '@aws-sdk/client-license-manager';
import { DescribeOrganizationCommand } from '@aws-sdk/client-organizations';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { AuthorizationRequest, Authorizer } from '../../../simulator/wire/authorizer';
import { account, createGrant, grantInput } from '../services/license-manager/granting';
import { LINUX, MANAGEMENT, PAYMENTS, READY, SimulatedOrganization } from '../services/simulated-organization';

let organization: SimulatedOrganization;

async function start(options: { authorizer?: Authorizer } = {}): Promise<void> {
  organization = await SimulatedOrganization.start(READY, options);
}

afterEach(() => organization.stop());

function signed(accessKeyId: string, service: string): string {
  return `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20260701/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=00`;
}

async function post(headers: Record<string, string>, body: string) {
  const response = await fetch(organization.aws.endpoint, { method: 'POST', headers, body });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

test('answers carry the simulated time, by which clients tell their clocks', async () => {
  await start();
  await organization.pass(3_600_000);
  const { headers } = await post({ 'authorization': signed(MANAGEMENT, 'license-manager'), 'x-amz-target': 'AWSLicenseManager.GetServiceSettings' }, '{}');
  expect(headers.get('date')).toBe('Wed, 01 Jul 2026 01:00:00 GMT');
});

describe('who is asking', () => {
  test('an unknown access key is refused in the words of each protocol, and not in the log of any account', async () => {
    await start();
    const unknown = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'x' };
    await expect(organization.licenseManager(unknown).send(new GetServiceSettingsCommand({})))
      .rejects.toMatchObject({ name: 'UnrecognizedClientException', message: 'The security token included in the request is invalid.' });
    await expect(organization.sts(unknown).send(new GetCallerIdentityCommand({})))
      .rejects.toMatchObject({ name: 'InvalidClientTokenId', message: 'The security token included in the request is invalid.' });
    expect(organization.aws.calls).toEqual([]);
  });

  test('session credentials without their token are refused', async () => {
    await start();
    const { accessKeyId, secretAccessKey } = organization.aws.identities.issueCredentials({
      accountId: MANAGEMENT, roleArn: 'arn:aws:iam::111111111111:role/path/Handler', sessionName: 'function',
    });
    await expect(organization.sts({ accessKeyId, secretAccessKey }).send(new GetCallerIdentityCommand({})))
      .rejects.toMatchObject({ name: 'InvalidClientTokenId' });
  });

  test('credentials that were issued for a role speak as its session', async () => {
    await start();
    const credentials = organization.aws.identities.issueCredentials({
      accountId: MANAGEMENT, roleArn: 'arn:aws:iam::111111111111:role/path/Handler', sessionName: 'function',
    });
    expect(await organization.sts(credentials).send(new GetCallerIdentityCommand({})))
      .toMatchObject({ Account: MANAGEMENT, Arn: 'arn:aws:sts::111111111111:assumed-role/Handler/function' });
  });

  test('a request without a signature is refused', async () => {
    await start();
    expect(await post({ 'x-amz-target': 'AWSLicenseManager.GetServiceSettings' }, '{}'))
      .toMatchObject({ status: 400, text: expect.stringContaining('MissingAuthenticationTokenException') });
    expect(await post({}, 'Action=GetCallerIdentity&Version=2011-06-15'))
      .toMatchObject({ status: 403, text: expect.stringContaining('<Code>MissingAuthenticationToken</Code>') });
  });
});

describe('what is asked', () => {
  test('a service or operation that is not simulated is named', async () => {
    await start();
    expect((await post({ 'authorization': signed(MANAGEMENT, 's3'), 'x-amz-target': 'S3.ListBuckets' }, '{}')).text)
      .toContain('The simulator does not play the service s3');
    expect((await post({ 'authorization': signed(MANAGEMENT, 'license-manager'), 'x-amz-target': 'AWSLicenseManager.CreateLicense' }, '{}')).text)
      .toContain('The simulator does not know the operation CreateLicense of license-manager');
    expect((await post({ authorization: signed(MANAGEMENT, 'iam') }, 'Action=CreateUser&Version=2010-05-08')).text)
      .toContain('<Code>InvalidAction</Code><Message>Could not find operation CreateUser for version 2010-05-08</Message>');
  });

  test('what is not JSON is refused', async () => {
    await start();
    expect(await post({ 'authorization': signed(MANAGEMENT, 'license-manager'), 'x-amz-target': 'AWSLicenseManager.GetGrant' }, '{'))
      .toMatchObject({ status: 400, text: expect.stringContaining('SerializationException') });
  });

  test('errors and answers carry the headers that clients look at', async () => {
    await start();
    const headers = { 'authorization': signed(MANAGEMENT, 'license-manager'), 'x-amz-target': 'AWSLicenseManager.GetGrant' };
    const refused = await post(headers, '{}');
    expect(JSON.parse(refused.text)).toEqual({
      __type: 'ValidationException',
      Message: "1 validation error detected: Value null at 'grantArn' failed to satisfy constraint: Member must not be null",
    });
    expect(refused.headers.get('x-amzn-errortype')).toBe('ValidationException');
    expect(refused.headers.get('content-type')).toBe('application/x-amz-json-1.1');
    expect(refused.headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  });

  test('many clients are answered at once', async () => {
    await start();
    const answers = await Promise.all(Array.from({ length: 20 }, async () =>
      organization.organizations(PAYMENTS).send(new DescribeOrganizationCommand({}))));
    expect(answers.map(({ Organization }) => Organization!.Id)).toEqual(Array(20).fill('o-exampleorg1'));
  });
});

describe('the log of calls', () => {
  test('has every call with its caller, request and error', async () => {
    await start();
    await organization.licenseManager(PAYMENTS, 'eu-west-1').send(new ListReceivedLicensesCommand({ MaxResults: 5 }));
    await expect(organization.licenseManager(MANAGEMENT).send(new DeleteGrantCommand({ GrantArn: LINUX, Version: '1' }))).rejects.toThrow();
    expect(organization.aws.calls).toEqual([
      {
        time: new Date('2026-07-01T00:00:00Z'),
        accountId: PAYMENTS,
        region: 'eu-west-1',
        principalArn: 'arn:aws:iam::222222222222:root',
        service: 'license-manager',
        operation: 'ListReceivedLicenses',
        request: { MaxResults: 5 },
        error: undefined,
      },
      {
        time: new Date('2026-07-01T00:00:00Z'),
        accountId: MANAGEMENT,
        region: 'us-east-1',
        principalArn: 'arn:aws:iam::111111111111:root',
        service: 'license-manager',
        operation: 'DeleteGrant',
        request: { GrantArn: LINUX, Version: '1' },
        error: `ValidationException: Grant ${LINUX} does not exist.`,
      },
    ]);
  });
});

describe('authorization', () => {
  test('hears action, resources and condition keys', async () => {
    const asked: AuthorizationRequest[] = [];
    await start({ authorizer: { authorize: async (request) => { asked.push(request); return { allowed: true }; } } });
    const credentials = organization.aws.identities.issueCredentials({
      accountId: MANAGEMENT, roleArn: 'arn:aws:iam::111111111111:role/Handler', sessionName: 'function',
    });
    const { GrantArn } = await organization.licenseManager(credentials).send(
      new CreateGrantCommand(grantInput(account(PAYMENTS), { Tags: [{ Key: 'owner', Value: 'platform' }] })));
    await organization.licenseManager(credentials).send(new DeleteGrantCommand({ GrantArn, Version: '1' }));
    await organization.iam(credentials).send(new CreateServiceLinkedRoleCommand({ AWSServiceName: 'license-management.marketplace.amazonaws.com' }));
    expect(asked.map(({ action, resourceArns }) => [action, ...resourceArns])).toEqual([
      ['license-manager:CreateGrant', LINUX],
      ['license-manager:DeleteGrant', GrantArn],
      [
        'iam:CreateServiceLinkedRole',
        'arn:aws:iam::111111111111:role/aws-service-role/license-management.marketplace.amazonaws.com/AWSServiceRoleForMarketplaceLicenseManagement',
      ],
    ]);
    expect(asked[0].context).toEqual({
      'aws:TagKeys': ['owner'],
      'aws:RequestTag/owner': 'platform',
    });
    expect(asked[1].context).toMatchObject({ 'aws:ResourceTag/owner': 'platform' });
    expect(asked[2].context).toMatchObject({ 'iam:AWSServiceName': 'license-management.marketplace.amazonaws.com' });
  });

  test('denies in the words of AWS, and nothing happens', async () => {
    await start({ authorizer: { authorize: async ({ action }) => ({ allowed: false, reason: `because no identity-based policy allows the ${action} action` }) } });
    const before = organization.aws.grants();
    await expect(createGrant(organization, account(PAYMENTS))).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: `User: arn:aws:iam::111111111111:root is not authorized to perform: license-manager:CreateGrant on resource: ${LINUX} `
        + 'because no identity-based policy allows the license-manager:CreateGrant action',
    });
    await expect(organization.iam(MANAGEMENT).send(new CreateServiceLinkedRoleCommand({ AWSServiceName: 'license-manager.amazonaws.com' })))
      .rejects.toMatchObject({ name: 'AccessDenied', $metadata: expect.objectContaining({ httpStatusCode: 403 }) });
    expect(organization.aws.grants()).toEqual(before);
  });
});
