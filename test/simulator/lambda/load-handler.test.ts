import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { functionOf, surroundings } from './function-fixture';
import { SimulatedClock } from '../../../simulator/clock/simulated-clock';
import { SimulatedLambda } from '../../../simulator/lambda/simulated-lambda';

let lambda: SimulatedLambda;
let folder: string;

beforeEach(() => {
  lambda = new SimulatedLambda({ aws: surroundings(), clock: new SimulatedClock() });
  folder = mkdtempSync(join(tmpdir(), 'code-'));
});

afterEach(async () => {
  await lambda.stop();
  rmSync(folder, { recursive: true });
});

const MODULE = 'const answer = await Promise.resolve("module"); export const handler = async () => answer;';

test.each<[string, Record<string, string>, string]>([
  ['CommonJS', { 'index.js': 'exports.handler = async () => "script";' }, 'script'],
  ['CommonJS by its name', { 'index.cjs': 'module.exports = { handler: async () => "script" };' }, 'script'],
  ['an ECMAScript module by its name', { 'index.mjs': MODULE }, 'module'],
  ['an ECMAScript module by its package', { 'index.js': MODULE, 'package.json': '{ "type": "module" }' }, 'module'],
])('a handler may be written as %s', async (_, files, answer) => {
  Object.entries(files).forEach(([file, content]) => writeFileSync(join(folder, file), content));
  const definition = functionOf('', { code: { directory: folder } });
  lambda.putFunction(definition);
  expect(await lambda.call(definition.functionArn, {})).toEqual({ payload: JSON.stringify(answer) });
});
