import { CloudFormationFixture, customResource, provider, stackOf } from './cloudformation-fixture';

let fixture: CloudFormationFixture;

beforeEach(() => {
  fixture = new CloudFormationFixture();
});

afterEach(() => fixture.stop());

/** Creates a stack with the resource Thing and tells how that ended. */
async function create(decide: string, properties: Record<string, unknown> = {}) {
  const result = await fixture.cloudFormation.deploy(stackOf({ Thing: customResource(properties), ...provider(decide) }, {
    Outputs: { Greeting: { Value: { 'Fn::GetAtt': ['Thing', 'Greeting'] } } },
  }));
  const failure = fixture.takeEvents().find((event) => event.startsWith('Thing CREATE_FAILED: '));
  return { result, reason: failure?.replace('Thing CREATE_FAILED: ', '') };
}

describe('the request to a custom resource', () => {
  test('has the fields that CloudFormation documents, with every scalar a string', async () => {
    await create('async () => ({ PhysicalResourceId: "x", Data: { Greeting: 1 } })', {
      ServiceTimeout: 60, Number: 1.5, Flag: true, List: [1, { Deep: false }], Nothing: { Ref: 'AWS::NoValue' },
    });
    const [request] = fixture.takeRequests();
    expect(request).toEqual({
      RequestType: 'Create',
      ServiceToken: expect.stringMatching(/^arn:aws:lambda:eu-west-1:111111111111:function:Stack-Function-/),
      ResponseURL: expect.stringMatching(/^https:\/\/cloudformation-custom-resource-response-euwest1\.s3\.eu-west-1\.amazonaws\.com\/arn%3A.*\?X-Amz-/),
      StackId: expect.stringMatching(/^arn:aws:cloudformation:eu-west-1:111111111111:stack\/Stack\//),
      RequestId: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/),
      LogicalResourceId: 'Thing',
      ResourceType: 'Custom::Thing',
      ResourceProperties: { ServiceToken: request.ServiceToken, ServiceTimeout: '60', Number: '1.5', Flag: 'true', List: ['1', { Deep: 'false' }] },
    });
  });

  test('finds the function\'s process free after the request before it', async () => {
    const result = await fixture.cloudFormation.deploy(stackOf({
      First: customResource(),
      Second: customResource({}, { DependsOn: 'First' }),
      ...provider('async () => ({ PhysicalResourceId: String(globalThis.count = (globalThis.count ?? 0) + 1) })'),
    }));
    expect(result.resources.map(({ physicalId }) => physicalId).slice(2)).toEqual(['1', '2']);
  });

  test('goes to a Lambda function that exists', async () => {
    const deploy = (ServiceToken: string) => fixture.cloudFormation.deploy(stackOf({ Thing: { Type: 'Custom::Thing', Properties: { ServiceToken } } }));
    await deploy('arn:aws:sns:eu-west-1:111111111111:topic');
    expect(fixture.takeEvents()).toContain(
      "Thing CREATE_FAILED: Invalid service token: 'arn:aws:sns:eu-west-1:111111111111:topic'. The simulator sends requests to Lambda functions only.",
    );
    await fixture.cloudFormation.destroy('Stack');
    await deploy('arn:aws:lambda:eu-west-1:111111111111:function:nobody');
    expect(fixture.takeEvents()).toContain('Thing CREATE_FAILED: Function not found: arn:aws:lambda:eu-west-1:111111111111:function:nobody');
  });
});

describe('the answer of a custom resource', () => {
  test('gives the attributes', async () => {
    const { result } = await create('async () => ({ PhysicalResourceId: "x", NoEcho: true, Data: { Greeting: "hello" } })');
    expect(result.outputs).toEqual({ Greeting: 'hello' });
  });

  test.each([
    ['is no JSON', 'async () => "done"', 'Response is not valid JSON'],
    ['has no physical id', 'async () => ({})', 'Invalid PhysicalResourceId'],
    ['has no physical id, though it reports a failure', 'async () => ({ Status: "FAILED", Reason: "no" })', 'Invalid PhysicalResourceId'],
    ['has a physical id that is too long', 'async () => ({ PhysicalResourceId: "x".repeat(1025) })', 'Invalid PhysicalResourceId'],
    ['has an unknown status', 'async () => ({ PhysicalResourceId: "x", Status: "DONE" })', 'Invalid Status'],
    ['has a reason that is no text', 'async () => ({ PhysicalResourceId: "x", Reason: null })', 'Invalid Reason'],
    ['is for another request', 'async () => ({ PhysicalResourceId: "x", RequestId: "another" })', 'Invalid RequestId'],
    ['is larger than 4,096 bytes', 'async () => ({ PhysicalResourceId: "x", Data: { Text: "ü".repeat(2000) } })', 'Response object is too long.'],
  ])('fails the resource when it %s', async (_case, decide, reason) => {
    expect(await create(`async (event) => event.RequestType === 'Delete' ? { PhysicalResourceId: 'x' } : (${decide})()`)).toMatchObject({ reason });
  });

  test('may have 4,096 bytes', async () => {
    const { result } = await create(`async (event) => {
      const { StackId, RequestId, LogicalResourceId } = event;
      const answer = (text) => JSON.stringify({ Status: 'SUCCESS', PhysicalResourceId: 'x', StackId, RequestId, LogicalResourceId, Data: { Greeting: text } });
      return answer('a'.repeat(4096 - answer('').length));
    }`);
    expect(result.status).toBe('CREATE_COMPLETE');
  });

  test('counts once: a second one is ignored', async () => {
    const { result } = await create(`async (event, { put }) => {
      const { StackId, RequestId, LogicalResourceId } = event;
      await put(event.ResponseURL, JSON.stringify({ Status: 'SUCCESS', PhysicalResourceId: 'first', StackId, RequestId, LogicalResourceId, Data: { Greeting: 'hello' } }));
      return { Status: 'FAILED', Reason: 'second', PhysicalResourceId: 'second' };
    }`);
    expect(result.status).toBe('CREATE_COMPLETE');
    expect(result.resources.find(({ logicalId }) => logicalId === 'Thing')!.physicalId).toBe('first');
  });

  test('is waited for as long as ServiceTimeout says, in simulated time', async () => {
    const { reason } = await create('async () => undefined', { ServiceTimeout: 60 });
    const [{ RequestId }] = fixture.takeRequests();
    expect(reason).toBe(
      `CloudFormation did not receive a response from your Custom Resource. Please check your logs for requestId [${RequestId}]. ` +
      'If you are using the Python cfn-response module, you may need to update your Lambda function code so that CloudFormation can attach the updated version.',
    );
    expect(fixture.secondsPassed).toBe(2 * 60);
  });

  test('is waited for an hour otherwise', async () => {
    await create('async (event) => event.RequestType === "Delete" ? { PhysicalResourceId: "x" } : undefined');
    expect(fixture.secondsPassed).toBe(3600);
  });

  test('may come from a later attempt of a function that failed', async () => {
    const { result } = await create(`async () => {
      globalThis.attempts = (globalThis.attempts ?? 0) + 1;
      if (globalThis.attempts === 1) throw new Error('first attempt');
      return { PhysicalResourceId: 'x', Data: { Greeting: 'hello' } };
    }`);
    expect(result.status).toBe('CREATE_COMPLETE');
    const requests = fixture.takeRequests();
    expect(requests).toHaveLength(2);
    expect(requests[1]).toEqual(requests[0]);
    expect(fixture.secondsPassed).toBe(60);
  });

  test('to a Delete may name another id: it is not looked at', async () => {
    await create('async (event) => ({ PhysicalResourceId: event.RequestType, Data: { Greeting: "hello" } })');
    expect((await fixture.cloudFormation.destroy('Stack')).status).toBe('DELETE_COMPLETE');
  });
});
