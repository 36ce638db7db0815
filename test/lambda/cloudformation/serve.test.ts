import type { CustomResource, Invocation } from '../../../lambda/cloudformation/custom-resource';
import { serve } from '../../../lambda/cloudformation/serve';
import type { Clock } from '../../../lambda/domain/clock';
import { Failure } from '../../../lambda/domain/failure';
import { ServiceError } from '../../../lambda/domain/service-error';
import { NotedClock } from '../support/noted-clock';
import { ResponseBucket } from '../support/response-bucket';

const STACK_ID = 'arn:aws-us-gov:cloudformation:us-gov-west-1:111111111111:stack/example/00000000-0000-4000-8000-000000000001';

let bucket: ResponseBucket;
let log: jest.SpyInstance;

beforeEach(async () => {
  log = jest.spyOn(console, 'log').mockImplementation();
  bucket = await ResponseBucket.start();
});

afterEach(async () => {
  log.mockRestore();
  await bucket.stop();
});

type Behavior = Partial<CustomResource<object, object>>;

async function answerTo(behavior: (invocation: Invocation) => Behavior, changes: object = {}, options: { remaining?: number; clock?: Clock } = {}) {
  const handler = serve({
    'Custom::Example': (invocation) => ({
      create: async () => ({ physicalId: 'made', attributes: { Name: 'example' } }),
      update: async (_, { physicalId }) => ({ physicalId, attributes: {} }),
      delete: async () => undefined,
      ...behavior(invocation),
    }),
  }, options.clock ?? new NotedClock());
  await handler({
    RequestType: 'Create',
    RequestId: 'request-1',
    ResponseURL: bucket.url('answer'),
    StackId: STACK_ID,
    ResourceType: 'Custom::Example',
    LogicalResourceId: 'Example',
    ResourceProperties: { ServiceToken: 'arn:aws:lambda:us-gov-west-1:111111111111:function:example', Secret: 'no-echo-value' },
    ...changes,
  }, { getRemainingTimeInMillis: () => options.remaining ?? 900_000 });
  return JSON.parse(bucket.puts.at(-1)!.body);
}

describe('the answer to CloudFormation', () => {
  test('is one PUT with an empty content type and the length in bytes', async () => {
    const answer = await answerTo(() => ({ create: async () => ({ physicalId: 'made', attributes: { Name: 'Größe' } }) }));
    expect(answer).toEqual({
      Status: 'SUCCESS',
      PhysicalResourceId: 'made',
      StackId: STACK_ID,
      RequestId: 'request-1',
      LogicalResourceId: 'Example',
      Data: { Name: 'Größe' },
    });
    expect(bucket.puts).toHaveLength(1);
    const [{ method, headers, body }] = bucket.puts;
    expect(method).toBe('PUT');
    expect(headers['content-type']).toBe('');
    expect(headers['content-length']).toBe(String(Buffer.byteLength(body)));
  });

  test('is delivered again, unchanged and after growing pauses, while it is refused', async () => {
    bucket.refusals = 3;
    const clock = new NotedClock();
    await answerTo(() => ({}), {}, { clock });
    expect(bucket.puts).toHaveLength(4);
    expect(new Set(bucket.puts.map(({ body }) => body)).size).toBe(1);
    expect(clock.pauses).toHaveLength(3);
    expect(clock.pauses[2]).toBeGreaterThan(clock.pauses[0]);
  });

  test('that cannot be delivered at all is an error, so that Lambda tries the request again', async () => {
    bucket.refusals = 100;
    await expect(answerTo(() => ({}))).rejects.toThrow('HTTP status 503');
    expect(bucket.puts).toHaveLength(6);
  });

  test('has at most 4,096 bytes: the reason is shortened, never the id or the attributes', async () => {
    const physicalId = `made-${'x'.repeat(1_000)}`;
    const answer = await answerTo(({ exists }) => ({
      create: async () => {
        exists(physicalId);
        throw new Failure('Something', 'ä"'.repeat(4_000), 'shorten it');
      },
    }));
    expect(Buffer.byteLength(bucket.puts[0].body)).toBeLessThanOrEqual(4_096);
    expect(Buffer.byteLength(bucket.puts[0].body)).toBeGreaterThan(4_000);
    expect(answer).toMatchObject({ Status: 'FAILED', PhysicalResourceId: physicalId, Reason: expect.stringMatching(/^Something failed: ä.* …$/) });
  });
});

describe('a request that fails', () => {
  test('before anything was made carries the id of nothing', async () => {
    const answer = await answerTo(() => ({ create: async () => { throw new Failure('Something', 'it is not there', 'make it'); } }));
    expect(answer).toEqual(expect.objectContaining({
      Status: 'FAILED',
      PhysicalResourceId: 'cdk-managed-entitlements:nothing-made',
      Reason: 'Something failed: it is not there. Next: make it.',
    }));
  });

  test('after something was made carries its id', async () => {
    const answer = await answerTo(({ exists }) => ({ create: async () => { exists('made'); throw new Failure('Something', 'late', 'wait'); } }));
    expect(answer).toMatchObject({ Status: 'FAILED', PhysicalResourceId: 'made' });
  });

  test('on Delete keeps the id that it was asked about', async () => {
    const answer = await answerTo(({ exists }) => ({ delete: async () => { exists('other'); throw new Error('no'); } }),
      { RequestType: 'Delete', PhysicalResourceId: 'made' });
    expect(answer).toMatchObject({ Status: 'FAILED', PhysicalResourceId: 'made' });
  });

  test('for lack of a permission names the action and the resource', async () => {
    const answer = await answerTo(() => ({
      create: async () => { throw new ServiceError('license-manager:CreateGrant', 'arn:license', 'AccessDeniedException', 'no'); },
    }));
    expect(answer.Reason).toBe('license-manager:CreateGrant on arn:license failed: AccessDeniedException: no. Next: allow license-manager:CreateGrant on arn:license'
      + ' to the role of this function (a service control policy or a permissions boundary may take it away as well), then deploy again.');
  });

  test('with an unexpected error shows its message and no stack trace', async () => {
    const answer = await answerTo(() => ({ create: async () => { throw new TypeError('x is undefined'); } }));
    expect(answer.Reason).toMatch(/^x is undefined\. Next: /);
    expect(answer.Reason).not.toMatch(/\bat .*\.ts/);
  });

  test('because a call hangs is answered before Lambda stops the function, and known to be from then on', async () => {
    let isAnswered = () => true;
    const answer = await answerTo((invocation) => ({
      create: async () => {
        invocation.exists('made');
        isAnswered = invocation.isAnswered;
        expect(isAnswered()).toBe(false);
        return new Promise(() => undefined);
      },
    }), {}, { remaining: 20_001 });
    expect(isAnswered()).toBe(true);
    expect(answer).toMatchObject({ Status: 'FAILED', PhysicalResourceId: 'made', Reason: expect.stringContaining('did not answer') });
  });
});

describe('a request', () => {
  test.each([
    ['of an unknown resource type', { ResourceType: 'Custom::Other' }, /'Custom::Other'.*Custom::Example/],
    ['of an unknown kind', { RequestType: 'Import' }, /'Import'/],
  ])('%s is refused in words', async (_, changes, reason) => {
    expect(await answerTo(() => ({}), changes)).toMatchObject({ Status: 'FAILED', Reason: expect.stringMatching(reason) });
  });

  test('to update hands over the properties of before, as they were', async () => {
    let seen: unknown;
    const answer = await answerTo(() => ({
      update: async (properties, before) => {
        seen = { properties, before };
        return { physicalId: before.physicalId, attributes: {} };
      },
    }), { RequestType: 'Update', PhysicalResourceId: 'made', ResourceProperties: { A: 'new' }, OldResourceProperties: { A: 'old' } });
    expect(seen).toEqual({ properties: { A: 'new' }, before: { physicalId: 'made', properties: { A: 'old' } } });
    expect(answer).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'made' });
  });

  test('to delete says what was kept', async () => {
    expect(await answerTo(() => ({ delete: async () => 'Kept: the roles' }), { RequestType: 'Delete', PhysicalResourceId: 'made' }))
      .toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'made', Reason: 'Kept: the roles' });
  });

  test('tells the partition, Region, account and name of its stack', async () => {
    let seen: unknown;
    await answerTo(({ stack }) => { seen = stack; return {}; });
    expect(seen).toEqual({ partition: 'aws-us-gov', region: 'us-gov-west-1', accountId: '111111111111', name: 'example' });
  });

  test('has the same client token for the same step, and another for each other step and request', async () => {
    const tokens: string[] = [];
    const collect = ({ clientToken }: Invocation): Behavior => {
      tokens.push(clientToken('create 1'), clientToken('create 2'));
      return {};
    };
    await answerTo(collect);
    await answerTo(collect);
    await answerTo(collect, { RequestId: 'request-2' });
    expect(tokens[0]).toMatch(/^[0-9a-f]{64}$/);
    expect(tokens.slice(2, 4)).toEqual(tokens.slice(0, 2));
    expect(new Set(tokens).size).toBe(4);
  });

  test('leaves neither its response URL nor its properties in the log', async () => {
    bucket.refusals = 1;
    await answerTo(() => ({ create: async () => { throw new Failure('Something', 'no', 'yes'); } }));
    const lines = log.mock.calls.flat() as string[];
    expect(lines.length).toBeGreaterThan(2);
    expect(lines.map((line) => JSON.parse(line).notice)).toEqual(['Request', 'Answer', 'The answer could not be delivered']);
    expect(lines.join()).not.toMatch(/secret-signature|no-echo-value/);
  });
});
