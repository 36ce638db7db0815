import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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

/** A function whose code stands in a folder of a project that has packages of its own. */
async function load(request: string): Promise<string> {
  const code = join(folder, 'cdk.out', 'asset.code');
  for (const [file, content] of Object.entries({
    'node_modules/of-the-project/index.js': 'module.exports = "of the project";',
    'cdk.out/asset.code/node_modules/of-the-code/index.js': 'module.exports = "of the code";',
    'cdk.out/asset.code/other.js': 'module.exports = "another file";',
    'cdk.out/asset.code/index.js': `exports.handler = async () => { const loaded = require('${request}'); return typeof loaded === 'string' ? loaded : Object.keys(loaded); };`,
  })) {
    mkdirSync(join(folder, file, '..'), { recursive: true });
    writeFileSync(join(folder, file), content);
  }
  const definition = functionOf('', { code: { directory: code } });
  lambda.putFunction(definition);
  const { error, payload } = await lambda.call(definition.functionArn, {});
  return error?.errorMessage.split('\n')[0] ?? payload;
}

test.each([
  ['its own files', './other', '"another file"'],
  ['packages in its code', 'of-the-code', '"of the code"'],
  ['the AWS SDK, as Lambda\'s runtimes have it', '@aws-sdk/client-sts', expect.stringContaining('STSClient')],
  ['modules of Node.js', 'node:path', expect.stringContaining('dirname')],
])('a function finds %s', async (_what, request, expected) => {
  expect(await load(request)).toEqual(expected);
  expect(lambda.missingPackages).toEqual([]);
});

test('a function does not find packages of the project around it: they would not be there in AWS', async () => {
  expect(await load('of-the-project')).toBe('Cannot find module \'of-the-project\'');
  expect(lambda.missingPackages).toEqual([]);
});

test('a package of the AWS SDK that is not installed is named, with what to do', async () => {
  expect(await load('@aws-sdk/client-of-no-service')).toBe(
    'Cannot find module \'@aws-sdk/client-of-no-service\'. Lambda has it; for the simulator, install it: npm install --save-dev @aws-sdk/client-of-no-service');
  expect(lambda.missingPackages).toEqual(['@aws-sdk/client-of-no-service']);
});
