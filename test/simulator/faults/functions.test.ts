import { SimulatedClock } from '../../../simulator/clock/simulated-clock';
import { FaultOptions } from '../../../simulator/faults/fault-options';
import { parseFault } from '../../../simulator/faults/parse-fault';
import { SimulatedLambda } from '../../../simulator/lambda/simulated-lambda';
import { SimulatedAws } from '../../../simulator/simulated-aws';
import { functionOf } from '../lambda/function-fixture';
import { BARE } from '../services/simulated-organization';

const START = Date.parse('2026-07-01T00:00:00Z');
const CLIENT = JSON.stringify(require.resolve('@aws-sdk/client-license-manager'));

/** Calls as often as the event says, one after the other, after it has computed for so many milliseconds of real time. */
const CALLING = functionOf(`
  const { LicenseManagerClient, GetServiceSettingsCommand } = require(${CLIENT});
  exports.handler = async ({ calls, configuration, computing = 0 }) => {
    for (const end = process.hrtime.bigint() + BigInt(computing * 1e6); process.hrtime.bigint() < end;);
    const client = new LicenseManagerClient({ region: 'us-east-1', maxAttempts: 1, ...configuration });
    for (let call = 1; call <= calls; call += 1) {
      const said = await client.send(new GetServiceSettingsCommand({})).then(() => 'OK', ({ name }) => name);
      console.log(call, said, (Date.now() - ${START}) / 1000);
    }
  };
`);

let clock: SimulatedClock;
let aws: SimulatedAws;
let lambda: SimulatedLambda;

async function start(faults: readonly string[], options: FaultOptions = {}): Promise<void> {
  clock = new SimulatedClock();
  aws = await SimulatedAws.start({ organization: BARE, clock, faults: faults.map(parseFault), ...options });
  lambda = new SimulatedLambda({ aws, clock });
  lambda.putFunction(CALLING);
}

afterEach(async () => {
  await lambda.stop();
  await aws.stop();
});

/** What the function logged, without the SDK's own words. */
function said(): string[] {
  return lambda.logEvents().map(({ message }) => message).filter((message) => /^\d|Task timed out/.test(message));
}

function secondsSinceStart(): number {
  return (clock.now().getTime() - START) / 1000;
}

async function pass(seconds: number): Promise<void> {
  await new Promise<void>((resolve) => clock.schedule(seconds * 1000, resolve));
}

test('each answer takes the latency, exactly', async () => {
  await start([], { latencyMilliseconds: 1500 });
  await lambda.invoke(CALLING.functionArn, { calls: 3 }).finished;
  expect(said()).toEqual(['1 OK 1.5', '2 OK 3', '3 OK 4.5']);
  expect(secondsSinceStart()).toBe(4.5);
});

test('functions that wait for slow answers do not wait for each other', async () => {
  await start([], { latencyMilliseconds: 2000 });
  await Promise.all([1, 2, 3].map(() => lambda.invoke(CALLING.functionArn, { calls: 2 }).finished));
  expect(said().sort()).toEqual(['1 OK 2', '1 OK 2', '1 OK 2', '2 OK 4', '2 OK 4', '2 OK 4']);
});

test('functions that are invoked at one instant make their calls in that order, so that a count hits the same one in every run', async () => {
  await start(['throttling@2']);
  await Promise.all([200, 100, 0].map((computing) => lambda.invoke(CALLING.functionArn, { calls: 2, computing }).finished));
  expect(said()).toEqual(['1 OK 0', '2 RateLimitExceededException 0', '1 OK 0', '2 OK 0', '1 OK 0', '2 OK 0']);
});

test('an answer that comes too late meets a client that has given up, and the call took effect', async () => {
  await start(['slow-answer@1,30s']);
  const configuration = { requestHandler: { requestTimeout: 20_000, throwOnRequestTimeout: true } };
  await lambda.invoke(CALLING.functionArn, { calls: 2, configuration }).finished;
  expect(said()).toEqual(['1 TimeoutError 20', '2 OK 20']);
  expect(aws.calls.map(({ error }) => error)).toEqual([undefined, undefined]);
});

test('a client that does not give up has the late answer', async () => {
  await start(['slow-answer@1,30s']);
  await lambda.invoke(CALLING.functionArn, { calls: 2 }).finished;
  expect(said()).toEqual(['1 OK 30', '2 OK 30']);
});

test('a function killed before a call has not made it, and is invoked again a minute later', async () => {
  await start(['function-killed-before@2']);
  expect(await lambda.invoke(CALLING.functionArn, { calls: 3 }).finished).toMatchObject({ errorType: 'Runtime.ExitError' });
  expect(said()).toEqual(['1 OK 0']);
  await pass(61);
  expect(said()).toEqual(['1 OK 0', '1 OK 60', '2 OK 60', '3 OK 60']);
  expect(aws.calls[1].error).toBe('ConnectionLost: The connection was lost: the function was killed before the call took effect');
});

test('a function killed after a call has made it', async () => {
  await start(['function-killed-after@2']);
  await lambda.invoke(CALLING.functionArn, { calls: 3 }).finished;
  expect(said()).toEqual(['1 OK 0']);
  expect(aws.calls[1].error).toBe('ConnectionLost: The connection was lost: the function was killed after the call took effect');
});

test('a function that hangs is stopped at its timeout, in simulated time', async () => {
  await start(['function-timeout@2']);
  expect(await lambda.invoke(CALLING.functionArn, { calls: 3 }).finished).toMatchObject({ errorType: 'Sandbox.Timedout' });
  expect(said()).toEqual(['1 OK 0', 'Task timed out after 900.00 seconds']);
  expect(secondsSinceStart()).toBe(900);
});

test('a function that hangs takes no answer any more that was under way to it', async () => {
  await start(['slow-answer@1,30s', 'function-timeout@2']);
  const configuration = { requestHandler: { requestTimeout: 20_000, throwOnRequestTimeout: true } };
  expect(await lambda.invoke(CALLING.functionArn, { calls: 2, configuration }).finished).toMatchObject({ errorType: 'Sandbox.Timedout' });
  expect(said()).toEqual(['1 TimeoutError 20', 'Task timed out after 900.00 seconds']);
  expect(secondsSinceStart()).toBe(900);
});

test('a role that was just made lacks every permission for a while', async () => {
  await start(['permissions-delay@30s']);
  aws.roles.put({ accountId: '111111111111', roleName: 'subject', trustPolicy: { Version: '2012-10-17', Statement: [] } });
  await lambda.invoke(CALLING.functionArn, { calls: 1 }).finished;
  await pass(30);
  await lambda.invoke(CALLING.functionArn, { calls: 1 }).finished;
  expect(said()).toEqual(['1 AccessDeniedException 0', '1 OK 30']);
  expect(aws.calls[0].error).toMatch(/is not authorized to perform: license-manager:GetServiceSettings because no identity-based policy allows/);
});
