import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { functionOf, surroundings } from './function-fixture';
import { RealTimeClock } from '../../../simulator/clock/real-time-clock';
import { SimulatedClock } from '../../../simulator/clock/simulated-clock';
import { FunctionDefinition } from '../../../simulator/lambda/function-definition';
import { SimulatedLambda } from '../../../simulator/lambda/simulated-lambda';

const START = Date.parse('2026-07-01T00:00:00Z');
const SECOND = 1000;
const DAY = 24 * 60 * 60 * SECOND;

let clock: SimulatedClock;
let lambda: SimulatedLambda;

beforeEach(() => {
  clock = new SimulatedClock();
  lambda = new SimulatedLambda({ aws: surroundings(), clock });
});

afterEach(() => lambda.stop());

async function run(definition: FunctionDefinition, event: unknown = {}) {
  lambda.putFunction(definition);
  return lambda.invoke(definition.functionArn, event).finished;
}

function messages(): string[] {
  return lambda.logEvents().map((event) => event.message);
}

function secondsSinceStart(): number {
  return (clock.now().getTime() - START) / SECOND;
}

describe('simulated time in a function', () => {
  test('lets a function that sleeps two days finish at once, two days later', async () => {
    const realStart = performance.now();
    const outcome = await run(functionOf(`
      exports.handler = async () => {
        const start = new Date();
        await new Promise((resolve) => setTimeout(resolve, ${DAY}));
        await require('node:timers/promises').setTimeout(${DAY});
        console.log(start.toISOString(), new Date().toISOString(), Date.now() - start, performance.now());
      };
    `, { timeoutSeconds: 3 * DAY / SECOND }));
    expect(outcome).toBeUndefined();
    expect(messages()).toEqual([`2026-07-01T00:00:00.000Z 2026-07-03T00:00:00.000Z ${2 * DAY} ${2 * DAY}`]);
    expect(secondsSinceStart()).toBe(2 * DAY / SECOND);
    expect(performance.now() - realStart).toBeLessThan(60 * SECOND);
  });

  test('interleaves functions in the order of their wake-ups', async () => {
    const sleeper = (name: string, seconds: number) => functionOf(`
      exports.handler = async () => {
        for (let round = 1; round <= 3; round += 1) {
          await new Promise((resolve) => setTimeout(resolve, ${seconds} * 1000));
          console.log('${name}', round);
        }
      };
    `, { functionName: name });
    await Promise.all([run(sleeper('two', 2)), run(sleeper('three', 3))]);
    const order = lambda.logEvents().map((event) => `${event.time.toISOString().slice(17, 19)} ${event.message}`);
    expect(order).toEqual(['02 two 1', '03 three 1', '04 two 2', '06 three 2', '06 two 3', '09 three 3']);
  });

  test('runs each timer at its time, and what follows from it before the next', async () => {
    await run(functionOf(`
      exports.handler = async () => {
        const start = Date.now();
        const order = [];
        const note = (what) => order.push(what + ' at ' + (Date.now() - start));
        setTimeout(() => Promise.resolve().then(() => note('follow-up')), 5);
        setTimeout(note, 5, 'second');
        clearTimeout(setTimeout(note, 5, 'cleared'));
        const interval = setInterval(() => { note('tick'); if (order.length > 3) clearInterval(interval); }, 10);
        await new Promise((resolve) => setTimeout(resolve, 100));
        console.log(order.join(', '));
      };
    `));
    expect(messages()).toEqual(['follow-up at 5, second at 5, tick at 10, tick at 20']);
  });

  test('stands still while a request is in flight', async () => {
    const held: (() => void)[] = [];
    const server = await listen(createServer((_request, response) => { held.push(() => response.end('late')); }));
    try {
      lambda.putFunction(functionOf(`
        exports.handler = async (url) => {
          const answer = fetch(url).then((response) => response.text());
          const slow = new Promise((resolve) => setTimeout(() => resolve('timer'), 1));
          console.log(await Promise.race([answer, slow]));
        };
      `));
      const invocation = lambda.invoke(functionOf('').functionArn, urlOf(server));
      while (held.length === 0) await new Promise((resolve) => setImmediate(resolve));
      expect(secondsSinceStart()).toBe(0);
      held[0]();
      await invocation.finished;
      expect(messages()).toEqual(['late']);
      expect(secondsSinceStart()).toBe(0);
    } finally {
      server.close();
    }
  });

  test('is not held up by connections that are kept alive', async () => {
    const server = await listen(createServer((_request, response) => response.end('hello')));
    try {
      await run(functionOf(`
        exports.handler = async (url) => {
          await (await fetch(url)).text();
          const agent = new (require('node:http').Agent)({ keepAlive: true });
          await new Promise((resolve) => require('node:http').get(url, { agent }, (response) => response.resume().on('end', resolve)));
          await new Promise((resolve) => setTimeout(resolve, 60000));
        };
      `), urlOf(server));
      expect(secondsSinceStart()).toBe(60);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });

  test('tells the function how much simulated time remains', async () => {
    await run(functionOf(`
      exports.handler = async (event, context) => {
        const before = context.getRemainingTimeInMillis();
        await new Promise((resolve) => setTimeout(resolve, 60000));
        console.log(before, context.getRemainingTimeInMillis());
      };
    `, { timeoutSeconds: 300 }));
    expect(messages()).toEqual(['300000 240000']);
  });

  test('follows real time where the clock does', async () => {
    await lambda.stop();
    lambda = new SimulatedLambda({ aws: surroundings(), clock: new RealTimeClock() });
    const before = Date.now();
    await run(functionOf('exports.handler = async () => { await new Promise((r) => setTimeout(r, 20)); console.log(Date.now()); };'));
    expect(Number(messages()[0])).toBeGreaterThanOrEqual(before + 20);
  });
});

describe('the AWS SDK in a function', () => {
  test('retries with its backoff passing in simulated time', async () => {
    const times: number[] = [];
    const server = await listen(createServer((_request, response) => {
      times.push(secondsSinceStart());
      const throttled = times.length < 4;
      response.writeHead(throttled ? 400 : 200, { 'content-type': 'application/x-amz-json-1.1' });
      response.end(JSON.stringify(throttled ? { __type: 'RateLimitExceededException', message: 'slow down' } : { Licenses: [] }));
    }));
    try {
      const client = require.resolve('@aws-sdk/client-license-manager');
      const outcome = await run(functionOf(`
        const { LicenseManagerClient, ListReceivedLicensesCommand } = require(${JSON.stringify(client)});
        exports.handler = async () => {
          const answer = await new LicenseManagerClient({ endpoint: process.env.TARGET, maxAttempts: 5 }).send(new ListReceivedLicensesCommand({}));
          console.log(answer.$metadata.attempts, answer.Licenses.length);
        };
      `, { environment: { TARGET: urlOf(server) } }));
      expect(outcome).toBeUndefined();
      expect(messages()).toContain('4 0');
      expect(times).toHaveLength(4);
      expect([...times].sort((a, b) => a - b)).toEqual(times);
      expect(times[3]).toBeGreaterThan(0);
    } finally {
      server.close();
    }
  });
});

describe('a function', () => {
  test('has the environment of Lambda, its own variables, its role\'s credentials, and nothing of the machine', async () => {
    await run(functionOf('exports.handler = async () => console.log(JSON.stringify(process.env));', { environment: { GREETING: 'hello' } }));
    const environment = JSON.parse(messages()[0]);
    expect(environment).toMatchObject({
      GREETING: 'hello',
      AWS_REGION: 'eu-west-1',
      AWS_DEFAULT_REGION: 'eu-west-1',
      AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
      AWS_ACCESS_KEY_ID: 'KEY-OF-111111111111',
      AWS_SESSION_TOKEN: 'session of subject',
      AWS_LAMBDA_FUNCTION_NAME: 'subject',
    });
    expect(environment.PATH).not.toBe(process.env.PATH);
  });

  test('gets its context', async () => {
    lambda.putFunction(functionOf(`
      exports.handler = async (event, context) => console.log(JSON.stringify([event, context]));
    `));
    const { requestId, finished } = lambda.invoke(functionOf('').functionArn, { hello: 'world' });
    await finished;
    const [event, context] = JSON.parse(messages()[0]);
    expect(event).toEqual({ hello: 'world' });
    expect(context).toMatchObject({
      awsRequestId: requestId,
      functionName: 'subject',
      invokedFunctionArn: 'arn:aws:lambda:eu-west-1:111111111111:function:subject',
      memoryLimitInMB: '128',
      logGroupName: '/aws/lambda/subject',
    });
  });

  test('may answer by callback', async () => {
    expect(await run(functionOf('exports.handler = (event, context, callback) => { setTimeout(() => callback(null, 1), 5000); };'))).toBeUndefined();
    expect(secondsSinceStart()).toBe(5);
  });

  test('ends when nothing is left to do, if it neither returns a promise nor calls back', async () => {
    expect(await run(functionOf('exports.handler = () => { setTimeout(() => console.log("done"), 5000); };'))).toBeUndefined();
    expect(messages()).toEqual(['done']);
  });

  test('keeps what one console call says as one log event', async () => {
    await run(functionOf('exports.handler = async () => { console.error({ notice: "several", lines: ["a".repeat(80), "b".repeat(80)] }); };'));
    expect(lambda.logEvents('/aws/lambda/subject')).toEqual([expect.objectContaining({ level: 'ERROR', message: expect.stringMatching(/notice[^]*\n[^]*bbb/) })]);
    expect(lambda.logEvents('/aws/lambda/other')).toEqual([]);
  });

  test('is invoked in its warm process when that is idle, and in another when it is busy', async () => {
    const counting = functionOf('let count = 0; exports.handler = async () => { count += 1; console.log(count); await new Promise((r) => setTimeout(r, 1000)); };');
    await run(counting);
    await lambda.invoke(counting.functionArn, {}).finished;
    await Promise.all([lambda.invoke(counting.functionArn, {}).finished, lambda.invoke(counting.functionArn, {}).finished]);
    expect(messages().sort()).toEqual(['1', '1', '2', '3']);
  });

  test('runs many times at once', async () => {
    const sleeping = functionOf('exports.handler = async () => { await new Promise((resolve) => setTimeout(resolve, 1000)); };');
    lambda.putFunction(sleeping);
    const outcomes = await Promise.all(Array.from({ length: 12 }, () => lambda.invoke(sleeping.functionArn, {}).finished));
    expect(outcomes).toEqual(new Array(12).fill(undefined));
    expect(secondsSinceStart()).toBe(1);
  });

  test('draws the same random numbers in every run', async () => {
    const drawing = functionOf('exports.handler = async () => console.log([Math.random(), Math.random()].join());');
    await run(drawing);
    const first = messages();
    await lambda.stop();
    lambda = new SimulatedLambda({ aws: surroundings(), clock });
    await run(drawing);
    expect(messages()).toEqual(first);
    expect(new Set(messages()[0].split(',')).size).toBe(2);
  });

  test('runs new code after a change', async () => {
    await run(functionOf('exports.handler = async () => console.log("old");'));
    await run(functionOf('exports.handler = async () => console.log("new");'));
    expect(messages()).toEqual(['old', 'new']);
  });

  test('that the simulator cannot run says why when it is invoked', async () => {
    const outcome = await run(functionOf('', { code: { unplayable: 'The simulator runs functions of Node.js runtimes only.' } }));
    expect(outcome).toMatchObject({ errorMessage: 'The simulator runs functions of Node.js runtimes only.' });
  });

  test('must exist to be invoked', () => {
    expect(() => lambda.invoke('arn:aws:lambda:eu-west-1:111111111111:function:nobody', {}))
      .toThrow('Function not found: arn:aws:lambda:eu-west-1:111111111111:function:nobody');
  });
});

describe('a function that fails', () => {
  test('is killed when its timeout has passed in simulated time', async () => {
    const outcome = await run(functionOf('exports.handler = async () => { await new Promise((r) => setTimeout(r, 60000)); console.log("never"); };', { timeoutSeconds: 3 }));
    expect(outcome).toEqual({ errorType: 'Sandbox.Timedout', errorMessage: 'Task timed out after 3.00 seconds' });
    expect(secondsSinceStart()).toBe(3);
    expect(messages()).toEqual(['Task timed out after 3.00 seconds']);
  });

  test('is killed when it works without end, though no simulated time passes', async () => {
    await lambda.stop();
    lambda = new SimulatedLambda({ aws: surroundings(), clock, longestWorkSeconds: 1 });
    const outcome = await run(functionOf('exports.handler = async () => { while (true); };', { timeoutSeconds: 3 }));
    expect(outcome).toEqual({ errorType: 'Sandbox.Timedout', errorMessage: 'Task timed out after 3.00 seconds' });
  });

  test('is tried again after one minute and after two more', async () => {
    const outcome = await run(functionOf('exports.handler = async () => { throw new TypeError("no"); };'));
    expect(outcome).toMatchObject({ errorType: 'TypeError', errorMessage: 'no' });
    await new Promise<void>((resolve) => clock.schedule(DAY, resolve));
    const attempts = lambda.logEvents();
    expect(attempts.map((event) => (event.time.getTime() - START) / SECOND)).toEqual([0, 60, 180]);
    expect(new Set(attempts.map((event) => event.requestId)).size).toBe(1);
  });

  test('loses its process when an error escapes it', async () => {
    const outcome = await run(functionOf('exports.handler = () => { setTimeout(() => { throw new Error("escaped"); }, 10); };'));
    expect(outcome).toMatchObject({ errorType: 'Error', errorMessage: 'escaped' });
  });

  test('says that its process went away', async () => {
    const outcome = await run(functionOf('exports.handler = async () => process.exit(3);'));
    expect(outcome).toMatchObject({ errorType: 'Runtime.ExitError', errorMessage: 'Runtime exited without providing a reason' });
  });

  test('says that its handler does not exist', async () => {
    const outcome = await run(functionOf('exports.other = 1;'));
    expect(outcome).toMatchObject({ errorType: 'Runtime.HandlerNotFound', errorMessage: 'index.handler is undefined or not exported' });
  });
});

async function listen(server: Server): Promise<Server> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

function urlOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
