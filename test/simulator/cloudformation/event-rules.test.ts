import { ACCOUNT, CloudFormationFixture, ROLE, stackOf } from './cloudformation-fixture';
import { readEvent } from '../../../simulator/services/events/event';

const EVENT = readEvent({
  'source': 'aws.organizations', 'detail-type': 'AWS Service Event via CloudTrail', 'account': ACCOUNT, 'region': 'eu-west-1', 'detail': { name: 'joined', account: { id: 7 } },
});

const LISTENER = {
  Type: 'AWS::Lambda::Function',
  Properties: {
    Code: { ZipFile: 'exports.handler = async (event) => { console.log(JSON.stringify(event)); if (event === "fail") throw new Error("it broke"); };' },
    Handler: 'index.handler',
    Runtime: 'nodejs22.x',
    Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
  },
};

let fixture: CloudFormationFixture;

beforeEach(() => {
  fixture = new CloudFormationFixture();
});

afterEach(() => fixture.stop());

async function deployRule(
  target: Record<string, unknown> = {}, rule: Record<string, unknown> = {}, permission: Record<string, unknown> = {},
): Promise<void> {
  const { status } = await fixture.cloudFormation.deploy(stackOf({
    Role: ROLE,
    Listener: LISTENER,
    Permission: {
      Type: 'AWS::Lambda::Permission',
      Properties: {
        Action: 'lambda:InvokeFunction',
        FunctionName: { Ref: 'Listener' },
        Principal: 'events.amazonaws.com',
        SourceArn: { 'Fn::GetAtt': ['Rule', 'Arn'] },
        ...permission,
      },
    },
    Rule: {
      Type: 'AWS::Events::Rule',
      Properties: {
        EventPattern: { source: ['aws.organizations'] },
        Targets: [{ Id: 'Target', Arn: { 'Fn::GetAtt': ['Listener', 'Arn'] }, ...target }],
        ...rule,
      },
    },
  }));
  expect(status).toMatch(/COMPLETE$/);
}

function received(): unknown[] {
  return fixture.lambda.logEvents().filter(({ level }) => level === 'INFO').map(({ message }) => JSON.parse(message));
}

test('an event goes to the targets of the rules that match it', async () => {
  await deployRule();
  const deliveries = await fixture.cloudFormation.deliver(EVENT);
  expect(deliveries).toEqual([{
    ruleArn: expect.stringMatching(/^arn:aws:events:eu-west-1:111111111111:rule\/Stack-Rule-/),
    targetArn: expect.stringMatching(/:function:Stack-Listener-/),
    problem: undefined,
  }]);
  expect(received()).toEqual([EVENT]);
});

test.each<[string, Record<string, unknown>]>([
  ['does not match', { EventPattern: { source: ['aws.iam'] } }],
  ['is disabled', { State: 'DISABLED' }],
  ['follows a schedule', { EventPattern: undefined, ScheduleExpression: 'rate(1 day)' }],
  ['listens to another bus', { EventBusName: 'custom' }],
])('an event passes by a rule that %s', async (_case, rule) => {
  await deployRule({}, rule);
  expect(await fixture.cloudFormation.deliver(EVENT)).toEqual([]);
  expect(received()).toEqual([]);
});

test('an event of another account or Region, or after the rule is gone, goes nowhere', async () => {
  await deployRule();
  expect(await fixture.cloudFormation.deliver({ ...EVENT, account: '222222222222' })).toEqual([]);
  expect(await fixture.cloudFormation.deliver({ ...EVENT, region: 'us-east-1' })).toEqual([]);
  await fixture.cloudFormation.destroy('Stack');
  expect(await fixture.cloudFormation.deliver(EVENT)).toEqual([]);
});

test.each<[string, Record<string, unknown>, unknown]>([
  ['a constant', { Input: '{"a":1}' }, { a: 1 }],
  ['a part of the event', { InputPath: '$.detail.name' }, 'joined'],
  ['a transformed event', {
    InputTransformer: {
      InputPathsMap: { name: '$.detail.name', account: '$.detail.account', none: '$.detail.none' },
      InputTemplate: '{"what":<name>,"text":"it <name>: <account>","who":<account>,"none":<none>}',
    },
  }, { what: 'joined', text: 'it joined: {"id":7}', who: { id: 7 }, none: '' }],
])('a target gets %s if its rule says so', async (_case, target, expected) => {
  await deployRule(target);
  await fixture.cloudFormation.deliver(EVENT);
  expect(received()).toEqual([expected]);
});

test('what goes wrong at a target is told', async () => {
  await deployRule({ Input: '"fail"' });
  expect(await fixture.cloudFormation.deliver(EVENT)).toMatchObject([{ problem: 'Error: it broke' }]);
  await deployRule({ Arn: `arn:aws:sqs:eu-west-1:${ACCOUNT}:queue` });
  expect(await fixture.cloudFormation.deliver(EVENT)).toMatchObject([{ problem: 'The simulator delivers events to functions and state machines only.' }]);
});

test.each<[string, Record<string, unknown>]>([
  ['for another service', { Principal: 's3.amazonaws.com' }],
  ['for another rule', { SourceArn: 'arn:aws:events:eu-west-1:111111111111:rule/other' }],
])('a rule that has permission %s only does not reach its function', async (_case, permission) => {
  await deployRule({}, {}, permission);
  expect(await fixture.cloudFormation.deliver(EVENT)).toMatchObject([{ problem: expect.stringContaining('no AWS::Lambda::Permission permits it') }]);
  expect(received()).toEqual([]);
});

test('a document that is no event is refused, naming what it lacks', () => {
  expect(() => readEvent([])).toThrow('An event is a JSON object.');
  expect(() => readEvent({ 'source': 'aws.organizations', 'detail-type': 'x', 'account': ACCOUNT })).toThrow('The event has no region, no detail.');
});
