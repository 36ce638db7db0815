import { parseFault } from '../../../../simulator/faults/parse-fault';
import { BARE, MANAGEMENT, PAYMENTS, SimulatedOrganization } from '../simulated-organization';

let organization: SimulatedOrganization;

beforeEach(async () => {
  organization = await SimulatedOrganization.start(BARE);
});

afterEach(() => organization.stop());

interface Where {
  readonly account?: string;
  readonly region?: string;
}

/** As a client of the AWS JSON 1.1 protocol writes it; the JavaScript client of this service is not among our dependencies. */
async function call(operation: string, input: object, { account = MANAGEMENT, region = 'us-east-1' }: Where = {}): Promise<any> {
  const response = await fetch(organization.aws.endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `AmazonSSM.${operation}`,
      'authorization': `AWS4-HMAC-SHA256 Credential=${account}/20260701/${region}/ssm/aws4_request, SignedHeaders=host, Signature=0`,
    },
    body: JSON.stringify(input),
  });
  return response.json();
}

function put(name: string, value: string, others: object = {}, where?: Where): Promise<any> {
  return call('PutParameter', { Name: name, Value: value, Type: 'String', ...others }, where);
}

describe('PutParameter', () => {
  test('makes a parameter, and its versions', async () => {
    expect(await put('/app/size', 'small')).toEqual({ Version: 1, Tier: 'Standard' });
    expect(await put('/app/size', 'large', { Overwrite: true, Type: undefined })).toEqual({ Version: 2, Tier: 'Standard' });
    expect((await call('GetParameter', { Name: '/app/size' })).Parameter).toEqual({
      Name: '/app/size',
      Type: 'String',
      Value: 'large',
      Version: 2,
      DataType: 'text',
      ARN: 'arn:aws:ssm:us-east-1:111111111111:parameter/app/size',
      LastModifiedDate: Date.parse('2026-07-01T00:00:00Z') / 1000,
    });
    expect((await call('GetParameter', { Name: '/app/size:1' })).Parameter.Value).toBe('small');
  });

  test.each([
    ['a second one of the name', {}, 'ParameterAlreadyExists', /To overwrite this value/],
    ['another type', { Overwrite: true, Type: 'StringList' }, 'HierarchyTypeMismatchException', /The type of \/app\/size is String/],
    ['tags of one that may be there', { Overwrite: true, Tags: [{ Key: 'owner', Value: 'me' }] }, 'ValidationException', /tags and overwrite can't be used together/],
    ['no type', { Name: '/app/new', Type: undefined }, 'ValidationException', /type is required/],
    ['no value', { Name: '/app/new', Value: '' }, 'ValidationException', /length greater than or equal to 1/],
    ['a long value', { Name: '/app/new', Value: 'x'.repeat(4097) }, 'ValidationException', /longer than 4096/],
    ['a value that does not match', { Name: '/app/new', AllowedPattern: '^y' }, 'ParameterPatternMismatchException', /\^y/],
    ['a name of AWS', { Name: '/aws/size' }, 'AccessDeniedException', /reserved/],
    ['a name of Systems Manager', { Name: 'ssmSize' }, 'ValidationException', /can't be prefixed with "ssm"/],
    ['a path without its slash', { Name: 'app/size' }, 'ValidationException', /fully qualified/],
  ])('refuses %s', async (_, others, code, message) => {
    await put('/app/size', 'small');
    expect(await put('/app/size', 'x', others)).toEqual({ __type: code, message: expect.stringMatching(message) });
    expect((await call('GetParameter', { Name: '/app/size' })).Parameter.Value).toBe('small');
  });
});

test('parameters are those of the account and Region', async () => {
  await put('size', 'small');
  await put('size', 'large', {}, { region: 'eu-west-1' });
  expect((await call('GetParameter', { Name: 'size' })).Parameter.Value).toBe('small');
  expect((await call('GetParameter', { Name: 'size' }, { region: 'eu-west-1' })).Parameter.Value).toBe('large');
  expect(await call('GetParameter', { Name: 'size' }, { account: PAYMENTS })).toMatchObject({ __type: 'ParameterNotFound' });
});

test('a parameter can be asked for by its ARN', async () => {
  await put('/app/size', 'small');
  expect((await call('GetParameter', { Name: 'arn:aws:ssm:us-east-1:111111111111:parameter/app/size:1' })).Parameter.Value).toBe('small');
});

test('a version that is not there is not found', async () => {
  await put('/app/size', 'small');
  expect(await call('GetParameter', { Name: '/app/size:7' })).toMatchObject({ __type: 'ParameterVersionNotFound', message: expect.stringContaining('version 7 of /app/size') });
});

test('GetParameters names what is not there', async () => {
  await put('/app/size', 'small');
  const { Parameters, InvalidParameters } = await call('GetParameters', { Names: ['/app/size', '/app/size:2', '/app/color'] });
  expect(Parameters.map(({ Name }: { Name: string }) => Name)).toEqual(['/app/size']);
  expect(InvalidParameters).toEqual(['/app/size:2', '/app/color']);
});

test('a SecureString is readable for who asks for its decryption', async () => {
  await put('/app/password', 'psst', { Type: 'SecureString' });
  expect((await call('GetParameter', { Name: '/app/password' })).Parameter.Value).not.toContain('psst');
  expect((await call('GetParameter', { Name: '/app/password', WithDecryption: true })).Parameter.Value).toBe('psst');
});

describe('GetParametersByPath', () => {
  const namesBelow = async (input: object) => (await call('GetParametersByPath', input)).Parameters.map(({ Name }: { Name: string }) => Name);

  test('gives one level, or all below', async () => {
    for (const name of ['/app/size', '/app/colors/sky', '/application']) await put(name, 'x');
    expect(await namesBelow({ Path: '/app' })).toEqual(['/app/size']);
    expect(await namesBelow({ Path: '/app/', Recursive: true })).toEqual(['/app/colors/sky', '/app/size']);
    expect(await namesBelow({ Path: '/', Recursive: true })).toHaveLength(3);
  });

  test('gives ten a page', async () => {
    for (let index = 10; index < 22; index += 1) await put(`/app/${index}`, 'x');
    const first = await call('GetParametersByPath', { Path: '/app' });
    expect(first.Parameters).toHaveLength(10);
    const second = await call('GetParametersByPath', { Path: '/app', NextToken: first.NextToken });
    expect(second.Parameters.map(({ Name }: { Name: string }) => Name)).toEqual(['/app/20', '/app/21']);
    expect(second.NextToken).toBeUndefined();
    expect(await call('GetParametersByPath', { Path: '/app', NextToken: 'none' })).toMatchObject({ __type: 'InvalidNextToken' });
  });

  test('refuses paths without a slash, and filters', async () => {
    expect(await call('GetParametersByPath', { Path: 'app' })).toMatchObject({ __type: 'ValidationException' });
    expect(await call('GetParametersByPath', { Path: '/app', ParameterFilters: [{ Key: 'Label', Values: ['new'] }] })).toMatchObject({ __type: 'InvalidFilterKey' });
  });
});

test('parameters are deleted one by one, or several at once', async () => {
  for (const name of ['/one', '/two', '/three']) await put(name, 'x');
  expect(await call('DeleteParameter', { Name: '/one' })).toEqual({});
  expect(await call('DeleteParameter', { Name: '/one' })).toMatchObject({ __type: 'ParameterNotFound' });
  expect(await call('DeleteParameters', { Names: ['/two', '/one'] })).toEqual({ DeletedParameters: ['/two'], InvalidParameters: ['/one'] });
  expect(await call('DeleteParameters', { Names: ['/two'] })).toEqual({ DeletedParameters: [], InvalidParameters: ['/two'] });
  expect(await call('GetParameters', { Names: ['/three'] })).toMatchObject({ Parameters: [{ Name: '/three' }], InvalidParameters: [] });
  expect((await call('GetParametersByPath', { Path: '/' })).Parameters).toMatchObject([{ Name: '/three' }]);
});

describe('tags', () => {
  const resource = { ResourceType: 'Parameter', ResourceId: '/app/size' };

  test('are given with the parameter, added, removed and kept by new versions', async () => {
    await put('/app/size', 'small', { Tags: [{ Key: 'owner', Value: 'me' }] });
    await call('AddTagsToResource', { ...resource, Tags: [{ Key: 'owner', Value: 'you' }, { Key: 'cost', Value: '1' }] });
    await put('/app/size', 'large', { Overwrite: true });
    expect(await call('ListTagsForResource', resource)).toEqual({ TagList: [{ Key: 'owner', Value: 'you' }, { Key: 'cost', Value: '1' }] });
    await call('RemoveTagsFromResource', { ...resource, TagKeys: ['owner', 'none'] });
    expect(await call('ListTagsForResource', resource)).toEqual({ TagList: [{ Key: 'cost', Value: '1' }] });
  });

  test('are refused without their parameter, and if there are too many', async () => {
    expect(await call('ListTagsForResource', resource)).toMatchObject({ __type: 'InvalidResourceId' });
    await put('/app/size', 'small');
    expect(await call('ListTagsForResource', { ...resource, ResourceType: 'Document' })).toMatchObject({ __type: 'InvalidResourceId' });
    const tags = Array.from({ length: 51 }, (_, index) => ({ Key: `key${index}`, Value: '' }));
    expect(await call('AddTagsToResource', { ...resource, Tags: tags })).toMatchObject({ __type: 'TooManyTagsError' });
    expect(await call('ListTagsForResource', resource)).toEqual({ TagList: [] });
  });
});

test('reads that lag show parameters and their tags late', async () => {
  await organization.stop();
  organization = await SimulatedOrganization.start(BARE, { faults: [parseFault('stale-reads@ssm,10s')] });
  await put('/app/size', 'small', { Tags: [{ Key: 'team', Value: 'blue' }] });
  const shown = async () => ({
    one: (await call('GetParameter', { Name: '/app/size' })).Parameter?.Value,
    several: (await call('GetParameters', { Names: ['/app/size'] })).Parameters.length,
    path: (await call('GetParametersByPath', { Path: '/app' })).Parameters.length,
    tags: (await call('ListTagsForResource', { ResourceType: 'Parameter', ResourceId: '/app/size' })).TagList?.length,
  });
  expect(await shown()).toEqual({ one: undefined, several: 0, path: 0, tags: undefined });
  await organization.pass(10_000);
  expect(await shown()).toEqual({ one: 'small', several: 1, path: 1, tags: 1 });
});
