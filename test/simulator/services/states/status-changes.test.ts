import { StopExecutionCommand } from '@aws-sdk/client-sfn';
import { LISTENER, STATE_MACHINE, WAIT, WORK, Workflows } from './workflows';
import { EventPattern } from '../../../../simulator/services/events/event-pattern';
import { MANAGEMENT } from '../simulated-organization';

const EXECUTION = `${STATE_MACHINE.replace('stateMachine', 'execution')}:first`;
const RULE = `arn:aws:events:us-east-1:${MANAGEMENT}:rule/Rule`;
const START = Date.parse('2026-07-01T00:00:00Z');

let workflows: Workflows;

beforeEach(async () => {
  workflows = await Workflows.start();
  workflows.organization.aws.functions.permissions.put('listener', { functionArn: LISTENER, principal: 'events.amazonaws.com' });
});

afterEach(() => workflows.organization.stop());

function listen(pattern: EventPattern = { source: ['aws.states'] }, place: { accountId?: string; region?: string } = {}, targetArn = LISTENER): void {
  workflows.organization.aws.eventRules.put({
    ruleArn: RULE, accountId: MANAGEMENT, region: 'us-east-1', pattern, targets: [{ Id: 'Target', Arn: targetArn }], ...place,
  });
}

async function play(states: object, others: object = {}): Promise<void> {
  workflows.put(states, others);
  await workflows.start({ name: 'first', input: '{"a":1}' });
  await workflows.organization.settle();
}

function details(): object[] {
  return workflows.events.map(({ detail }) => detail);
}

test('an execution that starts and succeeds is told to the default bus', async () => {
  listen();
  await play({ Wait: WAIT });
  const identity = { executionArn: EXECUTION, stateMachineArn: STATE_MACHINE, name: 'first', startDate: START, input: '{"a":1}', inputDetails: { included: true } };
  expect(workflows.events[0]).toEqual({
    'version': '0',
    'id': expect.any(String),
    'detail-type': 'Step Functions Execution Status Change',
    'source': 'aws.states',
    'account': MANAGEMENT,
    'time': '2026-07-01T00:00:00Z',
    'region': 'us-east-1',
    'resources': [EXECUTION],
    'detail': { ...identity, status: 'RUNNING', stopDate: null, output: null, outputDetails: null, error: null, cause: null },
  });
  expect(details().slice(1)).toEqual([
    { ...identity, status: 'SUCCEEDED', stopDate: START + 60_000, output: '{"a":1}', outputDetails: { included: true }, error: null, cause: null },
  ]);
});

test('so is one that fails', async () => {
  listen();
  await play({ Fail: { Type: 'Fail', Error: 'NotSettled', Cause: 'it took too long' } });
  expect(details()[1]).toMatchObject({ status: 'FAILED', error: 'NotSettled', cause: 'it took too long', stopDate: START, output: null });
});

test('so is one that runs out of time', async () => {
  listen();
  await play({ Wait: WAIT }, { TimeoutSeconds: 30 });
  expect(details()[1]).toMatchObject({ status: 'TIMED_OUT', error: null, cause: null, stopDate: START + 30_000 });
});

test('so is one that is stopped', async () => {
  listen();
  workflows.put({ Wait: WAIT });
  const executionArn = await workflows.start({ name: 'first' });
  await workflows.client.send(new StopExecutionCommand({ executionArn, error: 'Superseded' }));
  await workflows.organization.settle();
  expect(details().slice(1)).toMatchObject([{ status: 'ABORTED', error: 'Superseded', cause: null }]);
});

test.each<[string, EventPattern, string[]]>([
  ['the status', { detail: { status: ['FAILED', 'TIMED_OUT', 'ABORTED'] } }, []],
  ['the state machine', { source: ['aws.states'], detail: { stateMachineArn: [STATE_MACHINE], status: [{ 'anything-but': 'RUNNING' }] } }, ['SUCCEEDED']],
  ['the beginning of its name', { detail: { name: [{ prefix: 'fir' }] } }, ['RUNNING', 'SUCCEEDED']],
])('a rule hears what its pattern says of %s', async (_what, pattern, statuses) => {
  listen(pattern);
  await play({ Wait: WAIT });
  expect(details().map((detail) => (detail as { status: string }).status)).toEqual(statuses);
});

test.each([['another account', { accountId: '222222222222' }], ['another Region', { region: 'eu-west-1' }]])('a rule in %s hears nothing', async (_where, place) => {
  listen(undefined, place);
  await play({ Wait: WAIT });
  expect(workflows.events).toEqual([]);
});

test('a state machine can be what hears of another one', async () => {
  const second = `${STATE_MACHINE}Two`;
  listen({ detail: { stateMachineArn: [STATE_MACHINE], status: ['SUCCEEDED'] } }, {}, second);
  workflows.put({ Work: { ...WORK, InputPath: '$.detail.name' } }, {}, second);
  await play({ Wait: WAIT });
  expect(workflows.invocations).toEqual(['first']);
});

test('what goes wrong on the way is noted, and stops nothing', async () => {
  listen(undefined, {}, `arn:aws:sns:us-east-1:${MANAGEMENT}:Topic`);
  await play({ Wait: WAIT });
  expect(await workflows.describe(EXECUTION)).toMatchObject({ status: 'SUCCEEDED' });
  expect(workflows.organization.aws.eventRules.problems[0]).toBe(
    `arn:aws:sns:us-east-1:${MANAGEMENT}:Topic: The simulator delivers events to functions and state machines only.`);
});

test('a pattern that the simulator does not know is noted', async () => {
  listen({ source: [{ cidr: '10.0.0.0/8' }] });
  await play({ Wait: WAIT });
  expect(workflows.organization.aws.eventRules.problems[0]).toMatch(/rule\/Rule: The simulator does not know cidr/);
});
