import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, CfnOutput, CustomResource, Duration, Fn, NestedStack, Stack } from 'aws-cdk-lib';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { MANAGEMENT_ACCOUNT, RehearsedStacks } from '../support/rehearsed-stacks';

const ENVIRONMENT = { account: MANAGEMENT_ACCOUNT, region: 'eu-west-1' };

let stacks: RehearsedStacks;
let folder: string;

beforeEach(async () => {
  stacks = await RehearsedStacks.start();
  folder = mkdtempSync(join(tmpdir(), 'several-stacks-'));
});

afterEach(async () => {
  await stacks.stop();
  rmSync(folder, { recursive: true });
});

function synthesize(define: (app: App) => void): string {
  const app = new App({ outdir: join(folder, 'cdk.out') });
  define(app);
  return app.synth().directory;
}

/** Says what it is told. */
class Echo extends Construct {
  readonly said: string;

  constructor(scope: Construct, id: string, words: string) {
    super(scope, id);
    const handler = new Function(this, 'Handler', {
      code: Code.fromInline(`
        const { send } = require('cfn-response');
        exports.handler = (event, context) => send(event, context, 'SUCCESS', { Said: event.ResourceProperties.Words }, 'echo');`),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_22_X,
      timeout: Duration.minutes(1),
    });
    const resource = new CustomResource(this, 'Resource', { serviceToken: handler.functionArn, properties: { Words: words } });
    this.said = resource.getAttString('Said');
  }
}

test('a stack that has lost all its resources is deleted, as the CDK does', async () => {
  const deploy = (buckets: number) => stacks.rehearsal.deploy(synthesize((app) => {
    const stack = new Stack(app, 'Shrinking', { env: ENVIRONMENT });
    for (let index = 0; index < buckets; index += 1) new Bucket(stack, `Bucket${index}`);
  }));
  expect(await deploy(1)).toMatchObject([{ status: 'CREATE_COMPLETE' }]);
  expect(await deploy(0)).toMatchObject([{ status: 'DELETE_COMPLETE' }]);
  expect(await deploy(0)).toEqual([]);
});

test('stacks give each other values, directly, through nested stacks and weakly, in the order of their dependencies', async () => {
  const assembly = synthesize((app) => {
    const last = new Stack(app, 'Last', { env: ENVIRONMENT });
    const middle = new Stack(app, 'Middle', { env: ENVIRONMENT });
    const first = new Stack(app, 'First', { env: ENVIRONMENT });
    new Stack(app, 'Empty', { env: ENVIRONMENT });
    const nested = new NestedStack(first, 'Nested');
    const inner = new Echo(nested, 'Echo', 'hello');
    new Queue(nested, 'Queue');
    new CfnOutput(first, 'Weak', { value: 'weakly' });
    const passedOn = new Echo(new NestedStack(middle, 'Nested'), 'Echo', `${inner.said} again`);
    last.addDependency(first);
    new CfnOutput(last, 'Heard', { value: `${passedOn.said}, ${Fn.getStackOutput('First', 'Weak')}` });
    new Bucket(last, 'Bucket');
  });

  const results = await stacks.rehearsal.deploy(assembly);
  expect(results.map(({ stackName, status }) => `${stackName} ${status}`)).toEqual([
    'First CREATE_COMPLETE', 'Middle CREATE_COMPLETE', 'Last CREATE_COMPLETE',
  ]);
  expect(results[2].outputs.Heard).toBe('hello again, weakly');
  expect(results.map(({ inertTypes }) => inertTypes)).toEqual([['AWS::SQS::Queue'], [], ['AWS::S3::Bucket']]);

  const deleted = await stacks.rehearsal.destroy(assembly);
  expect(deleted.map(({ stackName, status }) => `${stackName} ${status}`)).toEqual([
    'Last DELETE_COMPLETE', 'Middle DELETE_COMPLETE', 'First DELETE_COMPLETE',
  ]);
  expect(stacks.rehearsal.cloudFormation.stackNames).toEqual([]);
});
