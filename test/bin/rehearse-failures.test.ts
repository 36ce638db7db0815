import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, CfnOutput, CfnResource, CustomResource, Fn, Stack } from 'aws-cdk-lib';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { run } from '../support/command-line';

/** Fails the requests that the resource's property names. */
const FAILS_AS_ASKED = `exports.handler = (event, context) => {
  const { Fails = '' } = event.ResourceProperties;
  require('cfn-response').send(event, context, Fails.split(',').includes(event.RequestType) ? 'FAILED' : 'SUCCESS', {}, 'thing');
};`;

describe('a deployment that fails for good does not keep the others from being played', () => {
  let folder: string;
  let apps = 0;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'cdk-managed-entitlements-'));
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  /** The assembly of stacks by their names, in this order. */
  function assembly(stacks: Readonly<Record<string, (stack: Stack) => void>>): string {
    apps += 1;
    const app = new App({ outdir: join(folder, `app-${apps}`) });
    for (const [name, define] of Object.entries(stacks)) define(new Stack(app, name, { env: { account: '111111111111', region: 'us-east-1' } }));
    return app.synth().directory;
  }

  function thing(stack: Stack, properties: Readonly<Record<string, string>>): void {
    const handler = new LambdaFunction(stack, 'Function', { code: Code.fromInline(FAILS_AS_ASKED), handler: 'index.handler', runtime: Runtime.NODEJS_22_X });
    new CustomResource(stack, 'Thing', { serviceToken: handler.functionArn, properties });
  }

  /** A stack that has a queue of that name, and nothing to fail with. */
  const queue = (queueName: string) => (stack: Stack) => void new CfnResource(stack, 'Queue', { type: 'AWS::SQS::Queue', properties: { QueueName: queueName } });

  /** The exit code, and every deployment in one line. */
  async function played(...args: string[]): Promise<{ code: number; deployments: string[] }> {
    const report = join(folder, 'report.json');
    const { code, output } = await run('rehearse', ...args, '--json', report);
    expect(output).toMatch(/^API calls: /m);
    const { deployments } = JSON.parse(readFileSync(report, 'utf-8'));
    const line = ({ stack, operation, status, reason = '' }: Record<string, string>) => `${stack} ${operation} ${status} ${reason.replace(/arn:\S+/, 'ARN')}`.trimEnd();
    return { code, deployments: deployments.map(line) };
  }

  test('when another stack, which cannot be deleted, needs what it exports', async () => {
    const app = assembly({
      Independent: queue('independent'),
      Exporter: (stack) => {
        queue('exporter')(stack);
        new CfnOutput(stack, 'Output', { value: 'shared', exportName: 'the-name' });
      },
      Importer: (stack) => thing(stack, { Imported: Fn.importValue('the-name'), Fails: 'Delete' }),
    });
    expect(await played(app, '--destroy')).toEqual({
      code: 1,
      deployments: [
        'Independent CREATE CREATE_COMPLETE',
        'Exporter CREATE CREATE_COMPLETE',
        'Importer CREATE CREATE_COMPLETE',
        'Importer DELETE DELETE_FAILED The following resource(s) failed to delete: [Thing].',
        'Exporter DELETE CREATE_COMPLETE Export the-name cannot be deleted as it is in use by Importer',
        'Independent DELETE DELETE_COMPLETE',
      ],
    });
  });

  test('when its update and the way back have failed', async () => {
    const version = (number: string) => assembly({ Bad: (stack) => thing(stack, { Version: number, Fails: 'Update' }), Good: queue(`good-${number}`) });
    expect(await played(version('1'), version('2'), version('3'))).toEqual({
      code: 1,
      deployments: [
        'Bad CREATE CREATE_COMPLETE',
        'Good CREATE CREATE_COMPLETE',
        'Bad UPDATE UPDATE_ROLLBACK_FAILED The following resource(s) failed to update: [Thing].',
        'Good UPDATE UPDATE_COMPLETE',
        'Bad UPDATE UPDATE_ROLLBACK_FAILED Stack:ARN is in UPDATE_ROLLBACK_FAILED state and can not be updated.',
        'Good UPDATE UPDATE_COMPLETE',
      ],
    });
  });

  test('when it could not be created and cannot be deleted', async () => {
    const version = (number: string) => assembly({ Bad: (stack) => thing(stack, { Fails: 'Create,Delete' }), Good: queue(`good-${number}`) });
    expect(await played(version('1'), version('2'), version('3'))).toEqual({
      code: 1,
      deployments: [
        'Bad CREATE ROLLBACK_FAILED The following resource(s) failed to create: [Thing].',
        'Good CREATE CREATE_COMPLETE',
        'Bad DELETE DELETE_FAILED The following resource(s) failed to delete: [Thing].',
        'Good UPDATE UPDATE_COMPLETE',
        'Bad UPDATE DELETE_FAILED Stack:ARN is in DELETE_FAILED state and can not be updated.',
        'Good UPDATE UPDATE_COMPLETE',
      ],
    });
  });

  test('when it changes the type of a resource', async () => {
    const version = (type: string, number: string) => assembly({ Changed: (stack) => void new CfnResource(stack, 'Thing', { type }), Good: queue(`good-${number}`) });
    expect(await played(version('AWS::SQS::Queue', '1'), version('AWS::SNS::Topic', '2'))).toEqual({
      code: 1,
      deployments: [
        'Changed CREATE CREATE_COMPLETE',
        'Good CREATE CREATE_COMPLETE',
        'Changed UPDATE CREATE_COMPLETE Update of resource type is not permitted. The new template modifies resource type of the following resources: [Thing]',
        'Good UPDATE UPDATE_COMPLETE',
      ],
    });
  });
});
