import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, CfnOutput, CustomResource, Duration, Stack, Stage } from 'aws-cdk-lib';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { CloudFormationFixture } from './cloudformation-fixture';
import { readCloudAssembly } from '../../../simulator/cloudformation/assembly/read-cloud-assembly';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'assembly-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const HANDLER = `exports.handler = async (event) => {
  const { StackId, RequestId, LogicalResourceId } = event;
  const body = { Status: 'SUCCESS', PhysicalResourceId: 'x', StackId, RequestId, LogicalResourceId, Data: { Greeting: require('./greeting').greeting } };
  await fetch(event.ResponseURL, { method: 'PUT', body: JSON.stringify(body) });
};`;

function codeFolder(greeting: string): string {
  const code = join(folder, `code-${greeting}`);
  mkdirSync(code);
  writeFileSync(join(code, 'index.js'), HANDLER);
  writeFileSync(join(code, 'greeting.js'), `exports.greeting = '${greeting}';`);
  return code;
}

function greetingStack(scope: App | Stage, id: string, code: string, trigger: string): Stack {
  const stack = new Stack(scope, id, { env: { account: '111111111111', region: 'eu-west-1' } });
  const handler = new LambdaFunction(stack, 'Handler', {
    code: Code.fromAsset(code), handler: 'index.handler', runtime: Runtime.NODEJS_22_X, timeout: Duration.minutes(1),
  });
  const greeting = new CustomResource(stack, 'Greeting', { serviceToken: handler.functionArn, properties: { Trigger: trigger } });
  new CfnOutput(stack, 'Out', { value: greeting.getAttString('Greeting') });
  return stack;
}

describe('a cloud assembly', () => {
  test('is what the CDK synthesizes: stacks in dependency order, with environment, tags and assets', () => {
    const app = new App({ outdir: join(folder, 'cdk.out') });
    const second = new Stack(app, 'Second', { stackName: 'the-second', tags: { team: 'platform' } });
    const first = greetingStack(app, 'First', codeFolder('hello'), '1');
    second.addDependency(first);
    const { stacks } = readCloudAssembly(app.synth().directory);
    expect(stacks.map(({ stackName, accountId, region, tags }) => ({ stackName, accountId, region, tags }))).toEqual([
      { stackName: 'First', accountId: '111111111111', region: 'eu-west-1', tags: {} },
      { stackName: 'the-second', accountId: undefined, region: undefined, tags: { team: 'platform' } },
    ]);
    expect(stacks[0].template.Resources).toHaveProperty('Greeting');
    expect([...stacks[0].assets.values()]).toContainEqual({ path: expect.stringContaining('asset.'), packaging: 'zip' });
  });

  test('may have stages', () => {
    const app = new App({ outdir: join(folder, 'cdk.out') });
    new Stack(new Stage(app, 'Production'), 'Inner');
    expect(readCloudAssembly(app.synth().directory).stacks.map(({ stackName }) => stackName)).toEqual(['Production-Inner']);
  });

  test('plays with the code of its assets, and an update with changed assets runs the new code', async () => {
    const fixture = new CloudFormationFixture();
    try {
      for (const greeting of ['hello', 'good-morning']) {
        const app = new App({ outdir: join(folder, `cdk.out-${greeting}`) });
        greetingStack(app, 'Greeter', codeFolder(greeting), greeting);
        const [stack] = readCloudAssembly(app.synth().directory).stacks;
        expect(await fixture.cloudFormation.deploy(stack)).toMatchObject({ outputs: { Out: greeting } });
      }
      expect(fixture.takeEvents().filter((event) => event.includes('UPDATE_COMPLETE'))).toEqual(
        expect.arrayContaining([expect.stringMatching(/^Handler\w+ UPDATE_COMPLETE$/), 'Greeting UPDATE_COMPLETE', 'Greeter UPDATE_COMPLETE']),
      );
    } finally {
      await fixture.stop();
    }
  });

  test('has a manifest', () => {
    expect(() => readCloudAssembly(folder)).toThrow(
      `${folder} is not a cloud assembly: it has no manifest.json. Run \`cdk synth\` first and name its output folder, usually cdk.out.`,
    );
  });
});
