import { runExecution } from '../../../../../simulator/services/states/language/run-execution';
import { parseDefinition } from '../../../../../simulator/services/states/language/state-machine-definition';

const ONE = 'arn:aws:lambda:eu-west-1:111111111111:function:one';
const TWO = 'arn:aws:lambda:eu-west-1:111111111111:function:two';

/** Runs states against functions that answer in this order; a text is the name of an error. */
async function run(states: Record<string, unknown>, answers: (string | object)[], input: unknown = {}) {
  const calls: [string, unknown][] = [];
  const delays: number[] = [];
  const outcome = await runExecution(parseDefinition(JSON.stringify({ StartAt: 'First', States: states })), JSON.stringify(input), {
    call: async (functionArn, event) => {
      calls.push([functionArn, event]);
      const answer = answers.shift()!;
      return typeof answer === 'string'
        ? { error: { errorType: answer, errorMessage: 'it broke' }, payload: `cause of ${answer}` }
        : { payload: JSON.stringify(answer) };
    },
    sleep: async (seconds) => { delays.push(seconds); },
  });
  return { outcome, calls, delays };
}

const TASK = { Type: 'Task', Resource: ONE, End: true };

test('a state gets the output of the one before it', async () => {
  const { outcome, calls } = await run({ First: { Type: 'Task', Resource: ONE, Next: 'Second' }, Second: { ...TASK, Resource: TWO } }, [{ a: 1 }, { b: 2 }], { input: true });
  expect(calls).toEqual([[ONE, { input: true }], [TWO, { a: 1 }]]);
  expect(outcome).toEqual({ status: 'SUCCEEDED', output: '{"b":2}' });
});

test('a task that fails ends the execution with its error and cause', async () => {
  expect((await run({ First: TASK }, ['Error'])).outcome).toEqual({ status: 'FAILED', error: 'Error', cause: 'cause of Error' });
});

test('a task is repeated with growing pauses, up to the longest', async () => {
  const Retry = [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 2, BackoffRate: 3, MaxAttempts: 4, MaxDelaySeconds: 20 }];
  const { outcome, delays } = await run({ First: { ...TASK, Retry } }, ['Error', 'Error', 'Error', 'Error', { done: true }]);
  expect(delays).toEqual([2, 6, 18, 20]);
  expect(outcome).toEqual({ status: 'SUCCEEDED', output: '{"done":true}' });
});

test('a retrier that says nothing repeats three times, from one second on, twice as long each time', async () => {
  const { outcome, delays } = await run({ First: { ...TASK, Retry: [{ ErrorEquals: ['States.TaskFailed'] }] } }, ['A', 'B', 'C', 'D']);
  expect(delays).toEqual([1, 2, 4]);
  expect(outcome).toMatchObject({ error: 'D' });
});

test('each retrier counts its own attempts, and none is there for other errors', async () => {
  const Retry = [{ ErrorEquals: ['A'], MaxAttempts: 1, IntervalSeconds: 10 }, { ErrorEquals: ['B'], MaxAttempts: 1, IntervalSeconds: 20 }];
  const { outcome, delays } = await run({ First: { ...TASK, Retry } }, ['A', 'B', 'C']);
  expect(delays).toEqual([10, 20]);
  expect(outcome).toMatchObject({ error: 'C' });
});

test('what is caught goes on elsewhere, with error and cause', async () => {
  const Catch = [{ ErrorEquals: ['Other'], Next: 'First' }, { ErrorEquals: ['States.ALL'], Next: 'Second' }];
  const { calls, outcome } = await run({ First: { ...TASK, Catch }, Second: { ...TASK, Resource: TWO } }, ['Error', {}]);
  expect(calls[1]).toEqual([TWO, { Error: 'Error', Cause: 'cause of Error' }]);
  expect(outcome).toEqual({ status: 'SUCCEEDED', output: '{}' });
});

test.each<[object, string]>([
  [{ Type: 'Map' }, 'the state First is of the type Map'],
  [{ Type: 'Task', Resource: 'arn:aws:states:::sqs:sendMessage', End: true }, 'that of the state First is arn:aws:states:::sqs:sendMessage'],
  [{ ...TASK, ResultPath: '$.x' }, 'does not know the field ResultPath in the state First'],
  [{ ...TASK, Retry: [{ ErrorEquals: ['A'], JitterStrategy: 'FULL' }] }, 'does not know the field JitterStrategy in Retry of the state First'],
])('what the simulator cannot run is named: %j', (state, message) => {
  expect(() => parseDefinition(JSON.stringify({ StartAt: 'First', States: { First: state } }))).toThrow(message);
});
