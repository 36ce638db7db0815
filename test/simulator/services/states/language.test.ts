import { duration, FUNCTION, WAIT, WORK, Workflows } from './workflows';
import { parseDefinition } from '../../../../simulator/services/states/language/parse-definition';
import { MANAGEMENT } from '../simulated-organization';

let workflows: Workflows;

beforeEach(async () => {
  workflows = await Workflows.start();
});

afterEach(() => workflows.organization.stop());

async function outputOf(states: object, input: unknown = {}): Promise<unknown> {
  const { status, output, cause } = await workflows.run(states, input);
  expect([status, cause]).toEqual(['SUCCEEDED', undefined]);
  return JSON.parse(output!);
}

describe('a task', () => {
  const INVOKE = { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Parameters: { 'FunctionName': FUNCTION, 'Payload.$': '$' }, End: true };

  test('that names a function by its ARN gives it the input, and what it returns to the next state', async () => {
    workflows.plan({ result: { a: 1 } }, { result: { b: 2 } });
    expect(await outputOf({ First: { ...WORK, End: undefined, Next: 'Second' }, Second: WORK }, { input: true })).toEqual({ b: 2 });
    expect(workflows.invocations).toEqual([{ input: true }, { a: 1 }]);
  });

  test('that invokes a function as CDK\'s LambdaInvoke writes it gets Lambda\'s answer', async () => {
    workflows.plan({ result: { done: true } });
    expect(await outputOf({ Work: INVOKE }, { input: true })).toEqual({ ExecutedVersion: '$LATEST', Payload: { done: true }, StatusCode: 200 });
    expect(workflows.invocations).toEqual([{ input: true }]);
  });

  test('with OutputPath gives a part of the answer', async () => {
    workflows.plan({ result: { done: true } });
    expect(await outputOf({ Work: { ...INVOKE, OutputPath: '$.Payload' } })).toEqual({ done: true });
  });

  test('composes parameters of paths into its input and of what is known of the execution', async () => {
    const Payload = { 'constant': 1, 'list': [{ 'name.$': "$.people[1]['first name']" }], 'execution.$': '$$.Execution.Name', 'attempt.$': '$$.State.RetryCount' };
    workflows.plan({ error: 'Error' });
    workflows.put({ Work: { ...INVOKE, Parameters: { FunctionName: FUNCTION, Payload }, Retry: [{ ErrorEquals: ['States.ALL'] }] } });
    await workflows.start({ name: 'first', input: JSON.stringify({ people: [{}, { 'first name': 'Ada' }] }) });
    await workflows.organization.settle();
    expect(workflows.invocations).toEqual([0, 1].map((attempt) => ({ constant: 1, list: [{ name: 'Ada' }], execution: 'first', attempt })));
  });

  test('takes a part of its input, and puts a part of its result into all of it', async () => {
    workflows.plan({ result: { code: 7, noise: true } });
    const selecting = { ...WORK, InputPath: '$.order', ResultSelector: { 'code.$': '$.code' }, ResultPath: '$.order.result' };
    expect(await outputOf({ Work: selecting }, { order: { id: 1 }, other: 2 })).toEqual({ order: { id: 1, result: { code: 7 } }, other: 2 });
    expect(workflows.invocations).toEqual([{ id: 1 }]);
  });

  test('keeps its input alone if its result has no place', async () => {
    expect(await outputOf({ Work: { ...WORK, ResultPath: null } }, { a: 1 })).toEqual({ a: 1 });
  });

  test('fails with a path to nothing, by name', async () => {
    const Parameters = { 'FunctionName': FUNCTION, 'Payload.$': '$.missing' };
    expect(await workflows.run({ Work: { ...INVOKE, Parameters } })).toMatchObject({ status: 'FAILED', error: 'States.ParameterPathFailure' });
    expect(await workflows.run({ Work: { ...WORK, InputPath: '$.missing' } })).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
    expect(await workflows.run({ Work: { ...WORK, ResultPath: '$.text.member' } }, { text: 'x' })).toMatchObject({ error: 'States.ResultPathMatchFailure' });
  });

  test('fails with a function that is not there', async () => {
    expect(await workflows.run({ Work: { ...WORK, Resource: `${FUNCTION}Two` } })).toMatchObject({ status: 'FAILED', error: 'Lambda.ResourceNotFoundException' });
  });
});

describe('a retrier', () => {
  const attempts = async (Retry: object[], errors: string[], seed?: number) => {
    await workflows.organization.stop();
    workflows = await Workflows.start({ seed });
    workflows.plan(...errors.map((error) => ({ error })));
    const execution = await workflows.run({ Work: { ...WORK, Retry } });
    return { ...execution, seconds: duration(execution), count: workflows.invocations.length };
  };

  test('repeats with growing pauses, up to the longest', async () => {
    const retrier = { ErrorEquals: ['States.ALL'], IntervalSeconds: 2, BackoffRate: 3, MaxAttempts: 4, MaxDelaySeconds: 20 };
    expect(await attempts([retrier], ['A', 'B', 'C', 'D'])).toMatchObject({ status: 'SUCCEEDED', count: 5, seconds: 2 + 6 + 18 + 20 });
  });

  test('that says nothing repeats three times, from one second on, twice as long each time', async () => {
    expect(await attempts([{ ErrorEquals: ['States.TaskFailed'] }], ['A', 'B', 'C', 'D'])).toMatchObject({ error: 'D', count: 4, seconds: 1 + 2 + 4 });
  });

  test('counts its own attempts, and is there for its own errors', async () => {
    const retriers = [{ ErrorEquals: ['A'], MaxAttempts: 1, IntervalSeconds: 10 }, { ErrorEquals: ['B'], MaxAttempts: 1, IntervalSeconds: 20 }];
    expect(await attempts(retriers, ['A', 'B', 'C'])).toMatchObject({ error: 'C', count: 3, seconds: 30 });
    expect(await attempts(retriers, ['A', 'A'])).toMatchObject({ error: 'A', count: 2, seconds: 10 });
  });

  test('with no attempts takes an error from the ones after it', async () => {
    const retriers = [{ ErrorEquals: ['A'], MaxAttempts: 0 }, { ErrorEquals: ['States.ALL'] }];
    expect(await attempts(retriers, ['A'])).toMatchObject({ error: 'A', count: 1 });
    expect(await attempts(retriers, ['B'])).toMatchObject({ status: 'SUCCEEDED', count: 2 });
  });

  test('with jitter pauses for a part of the time, the same part for the same seed', async () => {
    const retrier = { ErrorEquals: ['States.ALL'], IntervalSeconds: 60, BackoffRate: 1, JitterStrategy: 'FULL' };
    const first = await attempts([retrier], ['A', 'B'], 7);
    expect(first.seconds).toBeGreaterThan(0);
    expect(first.seconds).toBeLessThan(120);
    expect((await attempts([retrier], ['A', 'B'], 7)).seconds).toBe(first.seconds);
    expect((await attempts([retrier], ['A', 'B'], 8)).seconds).not.toBe(first.seconds);
  });
});

describe('a catcher', () => {
  test('goes on elsewhere with the error and its cause', async () => {
    workflows.plan({ error: 'Error' });
    const Catch = [{ ErrorEquals: ['Other'], Next: 'Work' }, { ErrorEquals: ['States.ALL'], Next: 'Done' }];
    expect(await outputOf({ Work: { ...WORK, Catch }, Done: { Type: 'Succeed' } }, { a: 1 }))
      .toEqual({ Error: 'Error', Cause: '{"errorType":"Error","errorMessage":"it broke","trace":[]}' });
  });

  test('puts the error where it is told, and comes after the retriers', async () => {
    workflows.plan({ error: 'Error' }, { error: 'Error' });
    const Catch = [{ ErrorEquals: ['States.ALL'], ResultPath: '$.failure', Next: 'Done' }];
    const Retry = [{ ErrorEquals: ['States.ALL'], MaxAttempts: 1 }];
    expect(await outputOf({ Work: { ...WORK, Retry, Catch }, Done: { Type: 'Pass', OutputPath: '$.failure.Error', End: true } }, { a: 1 })).toBe('Error');
    expect(workflows.invocations).toHaveLength(2);
  });
});

describe('time', () => {
  test('that a task takes too long fails it, and its function works on', async () => {
    workflows.plan({ seconds: 100 });
    const execution = await workflows.run({ Work: { ...WORK, TimeoutSeconds: 30 } });
    expect(execution).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
    expect(execution).not.toHaveProperty('cause');
    expect([duration(execution), workflows.finished]).toEqual([30, 1]);
  });

  test('is counted for each attempt by itself', async () => {
    workflows.plan({ seconds: 100 }, { seconds: 20, result: 'in time' });
    const Retry = [{ ErrorEquals: ['States.Timeout'], IntervalSeconds: 10 }];
    expect(await outputOf({ Work: { ...WORK, TimeoutSeconds: 30, Retry } })).toBe('in time');
  });

  test.each([['States.Timeout', 2], ['States.ALL', 2], ['States.TaskFailed', 1]])('out of which a task runs is repeated by %s', async (error, count) => {
    workflows.plan({ seconds: 100 });
    await workflows.run({ Work: { ...WORK, TimeoutSeconds: 30, Retry: [{ ErrorEquals: [error] }] } });
    expect(workflows.invocations).toHaveLength(count);
  });

  test('without a heartbeat fails a task', async () => {
    workflows.plan({ seconds: 100 });
    expect(await workflows.run({ Work: { ...WORK, TimeoutSeconds: 60, HeartbeatSeconds: 30 } })).toMatchObject({ error: 'States.HeartbeatTimeout' });
  });

  test('that the state machine has ends the execution in the middle of a state, without an error', async () => {
    const execution = await workflows.run({ Wait: WAIT }, {}, { TimeoutSeconds: 25 });
    expect([execution.status, duration(execution)]).toEqual(['TIMED_OUT', 25]);
    expect(execution).not.toHaveProperty('error');
    expect(execution).not.toHaveProperty('cause');
  });

  test('of a pause may come from the input', async () => {
    const pause = { Type: 'Wait', SecondsPath: '$.pause', End: true } as const;
    expect(duration(await workflows.run({ Pause: pause }, { pause: 40 }))).toBe(40);
    expect(await workflows.run({ Pause: pause }, { pause: 'long' })).toMatchObject({ error: 'States.Runtime', cause: expect.stringContaining('$.pause') });
  });

  test('that the state machine has does not touch an execution that is done before', async () => {
    expect(await workflows.run({ Wait: WAIT }, {}, { TimeoutSeconds: 100 })).toMatchObject({ status: 'SUCCEEDED' });
  });
});

describe('the other states', () => {
  test('Fail ends the execution with its error and cause', async () => {
    expect(await workflows.run({ Fail: { Type: 'Fail', Error: 'NotSettled', Cause: 'it took too long' } }))
      .toMatchObject({ status: 'FAILED', error: 'NotSettled', cause: 'it took too long' });
    expect(await workflows.run({ Fail: { Type: 'Fail', ErrorPath: '$.e', CausePath: '$.c' } }, { e: 'FromInput', c: 'because' }))
      .toMatchObject({ status: 'FAILED', error: 'FromInput', cause: 'because' });
    expect(await workflows.run({ Fail: { Type: 'Fail', CausePath: '$.c' } }, { c: 1 })).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
  });

  test('Pass gives its result, its parameters, or its input', async () => {
    expect(await outputOf({ Pass: { Type: 'Pass', Result: { b: 2 }, ResultPath: '$.result', End: true } }, { a: 1 })).toEqual({ a: 1, result: { b: 2 } });
    expect(await outputOf({ Pass: { Type: 'Pass', Parameters: { 'c.$': '$.a' }, End: true } }, { a: 1 })).toEqual({ c: 1 });
    expect(await outputOf({ Pass: { Type: 'Pass', End: true } }, { a: 1 })).toEqual({ a: 1 });
  });

  test('Succeed selects of its input', async () => {
    expect(await outputOf({ Done: { Type: 'Succeed', OutputPath: '$.a' } }, { a: 1 })).toBe(1);
  });

  test.each<[object, unknown, boolean]>([
    [{ Variable: '$.x', StringEquals: 'a' }, { x: 'a' }, true],
    [{ Variable: '$.x', StringEquals: 'a' }, { x: 'b' }, false],
    [{ Variable: '$.x', StringEquals: '1' }, { x: 1 }, false],
    [{ Variable: '$.x', StringEqualsPath: '$.y' }, { x: 'a', y: 'a' }, true],
    [{ Variable: '$.x', StringMatches: 'a*c.\\*' }, { x: 'abbc.*' }, true],
    [{ Variable: '$.x', StringMatches: 'a*c.\\*' }, { x: 'abbc.d' }, false],
    [{ Variable: '$.x', NumericGreaterThanEquals: 3 }, { x: 3 }, true],
    [{ Variable: '$.x', NumericLessThan: 3 }, { x: 3 }, false],
    [{ Variable: '$.x', BooleanEquals: true }, { x: true }, true],
    [{ Variable: '$.x', TimestampLessThan: '2026-07-01T00:00:00Z' }, { x: '2026-06-30T23:59:59.5Z' }, true],
    [{ Variable: '$.x', IsPresent: false }, {}, true],
    [{ Variable: '$.x', IsPresent: true }, { x: null }, true],
    [{ Variable: '$.x', IsNull: true }, { x: null }, true],
    [{ Variable: '$.x', IsNumeric: true }, { x: '1' }, false],
    [{ And: [{ Variable: '$.x', IsPresent: true }, { Variable: '$.x', NumericEquals: 1 }] }, {}, false],
    [{ Or: [{ Variable: '$.x', IsPresent: false }, { Variable: '$.x', NumericEquals: 1 }] }, {}, true],
    [{ Not: { Variable: '$.x', NumericEquals: 1 } }, { x: 2 }, true],
  ])('Choice follows %j for %j: %s', async (rule, input, follows) => {
    const result = (Result: boolean) => ({ Type: 'Pass', Result, End: true });
    expect(await outputOf({ Choice: { Type: 'Choice', Choices: [{ ...rule, Next: 'Yes' }], Default: 'No' }, Yes: result(true), No: result(false) }, input)).toBe(follows);
  });

  test('Choice without a rule that holds fails', async () => {
    const choice = { Type: 'Choice', Choices: [{ Variable: '$.x', IsPresent: true, Next: 'Done' }] };
    expect(await workflows.run({ Choice: choice, Done: { Type: 'Succeed' } })).toMatchObject({ status: 'FAILED', error: 'States.NoChoiceMatched' });
  });

  test('that go round in circles end with the longest history', async () => {
    expect(await workflows.run({ One: { Type: 'Pass', Next: 'Two' }, Two: { Type: 'Pass', Next: 'One' } }))
      .toMatchObject({ status: 'FAILED', error: 'States.Runtime', cause: 'The execution reached the maximum number of history events (25000).' });
  });
});

test.each<[object, string]>([
  [{ Type: 'Map', End: true }, 'the state First is of the type Map'],
  [{ ...WORK, Resource: 'arn:aws:states:::sqs:sendMessage' }, 'the resource of the state First is arn:aws:states:::sqs:sendMessage'],
  [{ ...WORK, Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken' }, 'is arn:aws:states:::lambda:invoke.waitForTaskToken'],
  [{ ...WORK, Resource: 'arn:aws:states:::lambda:invoke', Parameters: { FunctionName: FUNCTION, InvocationType: 'Event' } }, 'does not know the parameter InvocationType'],
  [{ ...WORK, Resource: 'arn:aws:states:::lambda:invoke' }, 'The parameter FunctionName is missing'],
  [{ ...WORK, Assign: {} }, 'does not know the field Assign in the state First'],
  [{ ...WORK, QueryLanguage: 'JSONata' }, 'The state First has the query language JSONata'],
  [{ ...WORK, InputPath: '$..a' }, 'The simulator knows paths like'],
  [{ ...WORK, Parameters: { 'a.$': "States.Format('{}', $.a)" } }, 'does not play intrinsic functions'],
  [{ ...WORK, Retry: [{ ErrorEquals: ['A'], BackoffRate: 0.5 }] }, 'BackoffRate is a number from 1 on in Retry of the state First'],
  [{ ...WORK, Retry: [{ ErrorEquals: ['A'], IntervalSeconds: 10, MaxDelaySeconds: 10 }] }, 'MaxDelaySeconds has to be more than IntervalSeconds'],
  [{ ...WORK, Retry: [{ ErrorEquals: ['States.ALL', 'A'] }] }, 'States.ALL has to stand alone and last'],
  [{ ...WORK, TimeoutSeconds: 10, HeartbeatSeconds: 10 }, 'HeartbeatSeconds has to be less than TimeoutSeconds'],
  [{ ...WORK, Catch: [{ ErrorEquals: ['A'], Next: 'Nowhere' }] }, 'There is no state Nowhere, which Catch of the state First names'],
  [{ ...WORK, End: undefined }, 'It takes either Next or End in the state First'],
  [{ Type: 'Wait', End: true }, 'One of Seconds and SecondsPath has to be in the state First'],
  [{ Type: 'Wait', Timestamp: '2026-07-01T00:00:00Z', End: true }, 'does not know the field Timestamp'],
  [{ Type: 'Choice', Choices: [{ Variable: '$.x', Equals: 1, Next: 'First' }] }, 'The simulator knows no comparison in'],
])('what the simulator does not play is named: %j', (state, message) => {
  expect(() => parseDefinition(JSON.stringify({ StartAt: 'First', States: { First: state } }))).toThrow(message);
});

test.each<[string, string]>([
  ['{', 'The definition is not JSON'],
  ['{"StartAt":"First"}', 'The definition has no States'],
  ['{"StartAt":"First","States":{}}', 'There is no state First, which StartAt names'],
  ['{"StartAt":"First","States":{},"QueryLanguage":"JSONata"}', 'The state machine has the query language JSONata'],
])('what is no definition is named: %s', (text, message) => {
  expect(() => parseDefinition(text)).toThrow(message);
});

test('a task is authorized with the role of its state machine', async () => {
  await workflows.organization.stop();
  const asked: string[] = [];
  workflows = await Workflows.start({
    authorizer: {
      authorize: async ({ principal, action, resourceArns }) => {
        asked.push(`${principal.arn} ${action} ${resourceArns.join()}`);
        return { allowed: action !== 'lambda:InvokeFunction', reason: 'because' };
      },
    },
  });
  workflows.put({ Work: WORK });
  const executionArn = await workflows.start({ name: 'first' });
  await workflows.organization.pass(1000);
  expect(await workflows.describe(executionArn)).toMatchObject({ status: 'FAILED', error: 'Lambda.AWSLambdaException', cause: expect.stringContaining('because') });
  expect(asked).toContain(`arn:aws:sts::${MANAGEMENT}:assumed-role/Workflow/first lambda:InvokeFunction ${FUNCTION}`);
  expect(workflows.invocations).toEqual([]);
});
