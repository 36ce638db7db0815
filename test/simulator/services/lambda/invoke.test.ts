import { SimulatedClock } from '../../../../simulator/clock/simulated-clock';
import { SimulatedLambda } from '../../../../simulator/lambda/simulated-lambda';
import { SimulatedAws } from '../../../../simulator/simulated-aws';
import { functionOf } from '../../lambda/function-fixture';
import { BARE } from '../simulated-organization';

let clock: SimulatedClock;
let aws: SimulatedAws;
let lambda: SimulatedLambda;

beforeEach(async () => {
  clock = new SimulatedClock();
  aws = await SimulatedAws.start({ organization: BARE, clock });
  lambda = new SimulatedLambda({ aws, clock });
  aws.functions.areRunBy(lambda);
});

afterEach(async () => {
  await lambda.stop();
  await aws.stop();
});

const CALLEE = `
  exports.handler = async (event) => {
    await new Promise((resolve) => setTimeout(resolve, event.seconds * 1000));
    if (event.fails) throw new TypeError('it broke');
    return event.nothing ? undefined : { slept: event.seconds };
  };`;

/** What a function gives that runs this code, in which `invoke` calls Lambda. */
async function resultOf(code: string): Promise<unknown> {
  lambda.putFunction(functionOf(CALLEE, { functionName: 'callee' }));
  const caller = functionOf(`
    const { Lambda } = require('@aws-sdk/client-lambda');
    const client = new Lambda({});
    const sleep = (seconds, value) => new Promise((resolve) => setTimeout(resolve, seconds * 1000, value));
    const invoke = async (event, others) => {
      const answer = await client.invoke({ FunctionName: 'callee', Payload: JSON.stringify(event), ...others });
      return { status: answer.StatusCode, error: answer.FunctionError, payload: Buffer.from(answer.Payload ?? '').toString() };
    };
    exports.handler = async () => { ${code} };`, { functionName: 'caller' });
  lambda.putFunction(caller);
  const { payload } = await lambda.call(caller.functionArn, {});
  return JSON.parse(payload);
}

test('a function that invokes another one gets what it returns, as late as it returns it', async () => {
  const result = await resultOf('const start = Date.now(); const answer = await invoke({ seconds: 60 }); return { ...answer, after: Date.now() - start };');
  expect(result).toEqual({ status: 200, payload: '{"slept":60}', after: 60_000 });
});

test('while it waits for the other function its own timers go on', async () => {
  const result = await resultOf(`
    const ticks = [];
    const ticking = setInterval(() => ticks.push(Date.now()), 10000);
    const start = Date.now();
    const first = await Promise.race([invoke({ seconds: 35 }), sleep(20, 'own timer')]);
    await sleep(25);
    clearInterval(ticking);
    return { first, ticks: ticks.map((tick) => (tick - start) / 1000) };`);
  expect(result).toEqual({ first: 'own timer', ticks: [10, 20, 30, 40] });
});

test('several invocations at once end each at its time', async () => {
  const result = await resultOf(`
    const start = Date.now();
    return Promise.all([30, 10, 20].map(async (seconds) => { await invoke({ seconds }); return (Date.now() - start) / 1000; }));`);
  expect(result).toEqual([30, 10, 20]);
});

test('an asynchronous invocation is accepted at once', async () => {
  const result = await resultOf('const start = Date.now(); const { status } = await invoke({ seconds: 60 }, { InvocationType: "Event" }); return { status, after: Date.now() - start };');
  expect(result).toEqual({ status: 202, after: 0 });
  expect((await resultOf('return invoke({}, { InvocationType: "DryRun" });'))).toMatchObject({ status: 204 });
});

test('a function that fails is told by FunctionError, with its error as the payload, and is not repeated', async () => {
  const { error, payload } = await resultOf('return invoke({ seconds: 1, fails: true });') as { error: string; payload: string };
  expect(error).toBe('Unhandled');
  expect(JSON.parse(payload)).toMatchObject({ errorType: 'TypeError', errorMessage: 'it broke', trace: expect.arrayContaining(['TypeError: it broke']) });
  await new Promise<void>((resolve) => clock.schedule(600_000, resolve));
  expect(lambda.logEvents('/aws/lambda/callee')).toHaveLength(1);
});

test('a function that returns nothing gives null', async () => {
  expect(await resultOf('return invoke({ seconds: 0, nothing: true });')).toMatchObject({ payload: 'null' });
});

test.each(['callee', '111111111111:function:callee', 'arn:aws:lambda:eu-west-1:111111111111:function:callee', 'callee:$LATEST'])(
  'a function is found as %s', async (name) => {
    expect(await resultOf(`return invoke({ seconds: 0 }, { FunctionName: '${name}' });`)).toMatchObject({ status: 200 });
  });

test('a function that is not there is refused by name', async () => {
  const result = await resultOf('return invoke({}, { FunctionName: "nobody" }).catch(({ name, message }) => ({ name, message }));');
  expect(result).toEqual({ name: 'ResourceNotFoundException', message: 'Function not found: arn:aws:lambda:eu-west-1:111111111111:function:nobody' });
});

test('what is no JSON is refused', async () => {
  expect(await resultOf('return invoke({}, { Payload: "{" }).catch(({ name }) => name);')).toBe('InvalidRequestContentException');
});

test('a function is described as active', async () => {
  expect(await resultOf('return (await client.getFunction({ FunctionName: "callee" })).Configuration;'))
    .toMatchObject({ FunctionName: 'callee', State: 'Active', LastUpdateStatus: 'Successful', Runtime: 'nodejs22.x' });
});
