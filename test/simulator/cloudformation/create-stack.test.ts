import { CloudFormationFixture, customResource, provider, stackOf } from './cloudformation-fixture';

let fixture: CloudFormationFixture;

beforeEach(() => {
  fixture = new CloudFormationFixture();
});

afterEach(() => fixture.stop());

const ANSWERS_WITH_ITS_NAME = 'async (event) => ({ PhysicalResourceId: \'id of \' + event.ResourceProperties.Name, Data: { Greeting: \'hello \' + event.ResourceProperties.Name } })';

describe('creating a stack', () => {
  test('creates resources in the order of their dependencies and gives the outputs', async () => {
    const result = await fixture.cloudFormation.deploy(stackOf({
      Second: customResource({ Name: { 'Fn::GetAtt': ['First', 'Greeting'] } }),
      First: customResource({ Name: 'one' }),
      ...provider(ANSWERS_WITH_ITS_NAME),
    }, { Outputs: { Out: { Value: { 'Fn::Sub': '${Second}: ${Second.Greeting}' } } } }));

    expect(result).toMatchObject({
      stackName: 'Stack',
      operation: 'CREATE',
      status: 'CREATE_COMPLETE',
      outputs: { Out: 'id of hello one: hello hello one' },
    });
    expect(result.stackId).toMatch(/^arn:aws:cloudformation:eu-west-1:111111111111:stack\/Stack\/[-0-9a-f]{36}$/);
    expect(fixture.takeEvents()).toEqual([
      'Stack CREATE_IN_PROGRESS: User Initiated',
      'Role CREATE_IN_PROGRESS',
      'Role CREATE_COMPLETE',
      'Function CREATE_IN_PROGRESS',
      'Function CREATE_COMPLETE',
      'First CREATE_IN_PROGRESS',
      'First CREATE_COMPLETE',
      'Second CREATE_IN_PROGRESS',
      'Second CREATE_COMPLETE',
      'Stack CREATE_COMPLETE',
    ]);
    expect(result.resources.map(({ logicalId, physicalId, status }) => [logicalId, physicalId, status])).toEqual([
      ['Role', expect.stringMatching(/^Stack-Role-[0-9A-F]{12}$/), 'CREATE_COMPLETE'],
      ['Function', expect.stringMatching(/^Stack-Function-[0-9A-F]{12}$/), 'CREATE_COMPLETE'],
      ['First', 'id of one', 'CREATE_COMPLETE'],
      ['Second', 'id of hello one', 'CREATE_COMPLETE'],
    ]);
  });

  test('creates what does not depend on each other in parallel', async () => {
    await fixture.cloudFormation.deploy(stackOf({
      Slow: customResource({ Seconds: 60 }),
      Quick: customResource({ Seconds: 30 }),
      ...provider('async (event, { sleep }) => { await sleep(event.ResourceProperties.Seconds); return { PhysicalResourceId: "x" }; }'),
    }));
    expect(fixture.takeEvents().slice(5)).toEqual([
      'Slow CREATE_IN_PROGRESS',
      'Quick CREATE_IN_PROGRESS',
      'Quick CREATE_COMPLETE',
      'Slow CREATE_COMPLETE',
      'Stack CREATE_COMPLETE',
    ]);
    expect(fixture.secondsPassed).toBe(60);
  });

  test('makes the roles known to IAM, in the stack\'s account', async () => {
    await fixture.cloudFormation.deploy(stackOf(provider(ANSWERS_WITH_ITS_NAME)));
    expect(fixture.roles.list('111111111111').map(({ roleName }) => roleName)).toEqual([expect.stringMatching(/^Stack-Role-/)]);
  });

  test('gives the same ids in every run', async () => {
    const template = stackOf({ Thing: customResource({ Name: 'one' }), ...provider(ANSWERS_WITH_ITS_NAME) });
    const first = await fixture.cloudFormation.deploy(template);
    const other = new CloudFormationFixture();
    try {
      expect(await other.cloudFormation.deploy(template)).toEqual(first);
      expect(other.takeRequests().map(({ RequestId }) => RequestId)).toEqual(fixture.takeRequests().map(({ RequestId }) => RequestId));
    } finally {
      await other.stop();
    }
  });
});
