import { ListExecutionsCommand, ListExecutionsInput, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { duration, STATE_MACHINE, WAIT, WORK, Workflows } from './workflows';
import { MANAGEMENT } from '../simulated-organization';

const EXECUTION = STATE_MACHINE.replace('stateMachine', 'execution');

let workflows: Workflows;

beforeEach(async () => {
  workflows = await Workflows.start();
});

afterEach(() => workflows.organization.stop());

async function list(request: Partial<ListExecutionsInput> = {}) {
  return workflows.client.send(new ListExecutionsCommand({ stateMachineArn: STATE_MACHINE, ...request }));
}

describe('an execution', () => {
  test('is described while it runs, and when it has succeeded', async () => {
    workflows.put({ Wait: WAIT });
    const executionArn = await workflows.start({ name: 'first', input: '{"a":1}' });
    const identity = { executionArn: `${EXECUTION}:first`, stateMachineArn: STATE_MACHINE, name: 'first', input: '{"a":1}', inputDetails: { included: true } };
    const running = await workflows.describe(executionArn);
    expect(running).toMatchObject({ ...identity, status: 'RUNNING', startDate: new Date('2026-07-01T00:00:00Z') });
    expect(running).not.toHaveProperty('stopDate');

    await workflows.organization.settle();
    expect(await workflows.describe(executionArn)).toMatchObject({
      ...identity, status: 'SUCCEEDED', stopDate: new Date('2026-07-01T00:01:00Z'), output: '{"a":1}', outputDetails: { included: true },
    });
  });

  test('that failed tells its error and its cause, and nobody its data who asks for none', async () => {
    workflows.plan({ error: 'TypeError' });
    const failed = await workflows.run({ Work: WORK });
    expect(failed).toMatchObject({ status: 'FAILED', error: 'TypeError', cause: '{"errorType":"TypeError","errorMessage":"it broke","trace":[]}' });
    expect(failed).not.toHaveProperty('output');
  });

  test('has a name of its own if it is given none', async () => {
    workflows.put({ Wait: WAIT });
    expect(new Set([await workflows.start(), await workflows.start()]).size).toBe(2);
  });
});

describe('the name of an execution', () => {
  beforeEach(() => workflows.put({ Wait: WAIT }));

  test('leads to the same answer again while it runs with the same input', async () => {
    const first = await workflows.start({ name: 'first', input: '{"a":1}' });
    await workflows.organization.pass(30_000);
    expect(await workflows.start({ name: 'first', input: '{"a":1}' })).toBe(first);
    expect((await list()).executions).toHaveLength(1);
  });

  test('is refused with another input', async () => {
    await workflows.start({ name: 'first', input: '{"a":1}' });
    await expect(workflows.start({ name: 'first', input: '{"a":2}' })).rejects.toMatchObject({
      name: 'ExecutionAlreadyExists', message: `Execution Already Exists: '${EXECUTION}:first'`,
    });
  });

  test('is refused when the execution has ended', async () => {
    await workflows.start({ name: 'first' });
    await workflows.organization.settle();
    await expect(workflows.start({ name: 'first' })).rejects.toMatchObject({ name: 'ExecutionAlreadyExists' });
  });

  test.each([
    ['a space', 'a b'], ['a bracket', 'a[b'], ['a wildcard', 'a*'], ['a slash', 'a/b'], ['a colon', 'a:b'], ['a control character', 'a\u0007'], ['an emoji', 'a\u{1f600}'],
  ])('may not contain %s', async (_what, name) => {
    await expect(workflows.start({ name })).rejects.toMatchObject({ name: 'InvalidName' });
  });

  test('has at most 80 characters', async () => {
    await workflows.start({ name: 'a'.repeat(80) });
    await expect(workflows.start({ name: 'a'.repeat(81) })).rejects.toMatchObject({ name: 'ValidationException' });
  });
});

describe('StopExecution', () => {
  const stop = (executionArn: string, reason = {}) => workflows.client.send(new StopExecutionCommand({ executionArn, ...reason }));

  test('ends an execution at once, with what it is told', async () => {
    workflows.put({ Wait: WAIT });
    const executionArn = await workflows.start();
    await workflows.organization.pass(10_000);
    const { stopDate } = await stop(executionArn, { error: 'Superseded', cause: 'another one took over' });
    await workflows.organization.settle();
    expect(stopDate).toEqual(new Date('2026-07-01T00:00:10Z'));
    expect(await workflows.describe(executionArn)).toMatchObject({ status: 'ABORTED', stopDate, error: 'Superseded', cause: 'another one took over' });
  });

  test('lets the function work on to its end, drops what it gives, and invokes nothing more', async () => {
    workflows.plan({ seconds: 60, result: { done: true } });
    workflows.put({ Work: { ...WORK, End: undefined, Next: 'Again' }, Again: WORK });
    const executionArn = await workflows.start();
    await workflows.organization.pass(10_000);
    await stop(executionArn);
    await workflows.organization.settle();
    expect(workflows.finished).toBe(1);
    expect(workflows.invocations).toHaveLength(1);
    expect(await workflows.describe(executionArn)).toMatchObject({ status: 'ABORTED' });
  });

  test('ends a pause before another attempt', async () => {
    workflows.plan({ error: 'Error' });
    workflows.put({ Work: { ...WORK, Retry: [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 60 }] } });
    const executionArn = await workflows.start();
    await workflows.organization.pass(10_000);
    await stop(executionArn);
    await workflows.organization.settle();
    expect(workflows.invocations).toHaveLength(1);
  });

  test('leaves an execution as it is that has ended', async () => {
    const ended = await workflows.run({ Wait: WAIT });
    expect(await stop(ended.executionArn!)).toMatchObject({ stopDate: ended.stopDate });
    expect(await workflows.describe(ended.executionArn!)).toMatchObject({ status: 'SUCCEEDED' });
  });
});

describe('ListExecutions', () => {
  beforeEach(async () => {
    workflows.put({ Wait: WAIT });
    workflows.put({ Wait: WAIT }, {}, `${STATE_MACHINE}Two`);
    for (const name of ['first', 'second', 'third']) await workflows.start({ name });
    await workflows.start({ name: 'other', stateMachineArn: `${STATE_MACHINE}Two` });
  });

  const names = async (request: Partial<ListExecutionsInput> = {}) => (await list(request)).executions!.map(({ name }) => name);

  test('shows the executions of one state machine, the newest first', async () => {
    expect(await names()).toEqual(['third', 'second', 'first']);
    expect((await list()).executions![2]).toEqual({
      executionArn: `${EXECUTION}:first`, stateMachineArn: STATE_MACHINE, name: 'first', status: 'RUNNING', startDate: new Date('2026-07-01T00:00:00Z'),
    });
  });

  test('shows those of a status', async () => {
    await workflows.client.send(new StopExecutionCommand({ executionArn: `${EXECUTION}:second` }));
    expect(await names({ statusFilter: 'RUNNING' })).toEqual(['third', 'first']);
    expect(await names({ statusFilter: 'ABORTED' })).toEqual(['second']);
  });

  test('gives pages, and a token for the next one', async () => {
    const { executions, nextToken } = await list({ maxResults: 2 });
    expect(executions).toHaveLength(2);
    const next = await list({ maxResults: 2, nextToken });
    expect(next.executions!.map(({ name }) => name)).toEqual(['first']);
    expect(next).not.toHaveProperty('nextToken');
  });

  test.each<[string, ListExecutionsInput, string]>([
    ['a token that it has not given', { stateMachineArn: STATE_MACHINE, nextToken: 'x' }, 'InvalidToken'],
    ['no state machine', {}, 'ValidationException'],
    ['a Map Run', { mapRunArn: `arn:aws:states:us-east-1:${MANAGEMENT}:mapRun:Workflow/Map:1` }, 'ResourceNotFound'],
    ['a filter for a Map Run', { stateMachineArn: STATE_MACHINE, statusFilter: 'PENDING_REDRIVE' }, 'ValidationException'],
    ['a state machine that is not there', { stateMachineArn: `${STATE_MACHINE}Three` }, 'StateMachineDoesNotExist'],
  ])('refuses %s', async (_what, request, name) => {
    await expect(workflows.client.send(new ListExecutionsCommand(request))).rejects.toMatchObject({ name });
  });
});

test.each<[string, () => Promise<unknown>, string]>([
  ['a state machine that is not there', () => workflows.start(), 'StateMachineDoesNotExist'],
  ['an execution that is not there', () => workflows.describe(`${EXECUTION}:none`), 'ExecutionDoesNotExist'],
  ['an execution to stop that is not there', () => workflows.client.send(new StopExecutionCommand({ executionArn: `${EXECUTION}:none` })), 'ExecutionDoesNotExist'],
  ['what is no ARN of an execution', () => workflows.describe(STATE_MACHINE), 'InvalidArn'],
])('%s is refused by name', async (_what, call, name) => {
  await expect(call()).rejects.toMatchObject({ name });
});

test('an input that is no JSON is refused', async () => {
  workflows.put({ Wait: WAIT });
  await expect(workflows.start({ input: '{' })).rejects.toMatchObject({ name: 'InvalidExecutionInput' });
});

describe('a state machine', () => {
  test('that is changed leaves running executions as they are', async () => {
    workflows.put({ Wait: WAIT });
    const before = await workflows.start();
    workflows.put({ Wait: { ...WAIT, Seconds: 5 } });
    const after = await workflows.start();
    await workflows.organization.settle();
    expect([duration(await workflows.describe(before)), duration(await workflows.describe(after))]).toEqual([60, 5]);
  });

  test('that is deleted ends its executions with their next transition', async () => {
    workflows.plan({ seconds: 20 });
    workflows.put({ Work: { ...WORK, End: undefined, Next: 'Wait' }, Wait: WAIT });
    const executionArn = await workflows.start();
    await workflows.organization.pass(10_000);
    workflows.organization.aws.stateMachines.remove(STATE_MACHINE);
    expect(await workflows.describe(executionArn)).toMatchObject({ status: 'RUNNING' });
    await workflows.organization.settle();
    const ended = await workflows.describe(executionArn);
    expect(ended).toMatchObject({ status: 'ABORTED' });
    expect(duration(ended)).toBe(20);
  });

  test('that is deleted makes no further attempt', async () => {
    workflows.plan({ error: 'Error' });
    workflows.put({ Work: { ...WORK, Retry: [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 60 }] } });
    await workflows.start();
    await workflows.organization.pass(10_000);
    workflows.organization.aws.stateMachines.remove(STATE_MACHINE);
    await workflows.organization.settle();
    expect(workflows.invocations).toHaveLength(1);
  });
});
