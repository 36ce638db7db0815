import { createServer, IncomingMessage, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { functionOf, surroundings } from './function-fixture';
import { SimulatedClock } from '../../../simulator/clock/simulated-clock';
import { SimulatedLambda } from '../../../simulator/lambda/simulated-lambda';

const HOST = 'bucket.s3.eu-west-1.amazonaws.com';

let lambda: SimulatedLambda;
let server: Server;
let requests: string[];

beforeEach(async () => {
  requests = [];
  server = createServer((request, response) => void note(request).then(() => response.end('answered')));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  lambda = new SimulatedLambda({ aws: surroundings(), clock: new SimulatedClock() });
  lambda.serveHost(HOST, (server.address() as AddressInfo).port);
});

afterEach(async () => {
  await lambda.stop();
  server.closeAllConnections();
  server.close();
});

async function note(request: IncomingMessage): Promise<void> {
  let body = '';
  for await (const chunk of request) body += chunk as string;
  requests.push(`${request.method} ${request.headers.host}${request.url} ${body}`);
}

async function resultOf(code: string): Promise<unknown> {
  lambda.putFunction(functionOf(`exports.handler = async () => { ${code} };`));
  return JSON.parse((await lambda.call(functionOf('').functionArn, {})).payload);
}

const REQUEST = `
  const request = (https, options) => new Promise((resolve, reject) => {
    const sent = https.request({ hostname: '${HOST}', path: '/object?x=1', method: 'PUT', ...options }, (response) => {
      let text = '';
      response.on('data', (chunk) => { text += chunk; }).on('end', () => resolve(text));
    });
    sent.on('error', reject);
    sent.end('body');
  });`;

test.each([
  ['fetch', `return (await fetch('https://${HOST}/object?x=1', { method: 'PUT', body: 'body' })).text();`],
  ['node:https', `${REQUEST} return request(require('https'), { port: 443 });`],
  ['node:https as an ES module', `${REQUEST} return request(await import('node:https'));`],
  ['an agent of its own', `${REQUEST} const https = require('https'); return request(https, { agent: new https.Agent({ keepAlive: true }) });`],
])('a function reaches a host of AWS that the simulator stands for with %s', async (_client, code) => {
  expect(await resultOf(code)).toBe('answered');
  expect(requests).toEqual([expect.stringMatching(/^PUT bucket\.s3\.eu-west-1\.amazonaws\.com(:443)?\/object\?x=1 body$/)]);
});

test('other hosts are left alone', async () => {
  expect(await resultOf(`${REQUEST} return request(require('https'), { hostname: '127.0.0.1', port: 9 }).catch(({ code }) => code);`)).toBe('ECONNREFUSED');
  expect(requests).toEqual([]);
});
