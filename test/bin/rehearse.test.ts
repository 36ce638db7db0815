import { ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { LicenseManagerClient, ListDistributedGrantsCommand } from '@aws-sdk/client-license-manager';
import { App, CustomResource, Duration, NestedStack, RemovalPolicy, SecretValue, Stack } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as LambdaTarget } from 'aws-cdk-lib/aws-events-targets';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { DefinitionBody, Fail, StateMachine, Wait, WaitTime } from 'aws-cdk-lib/aws-stepfunctions';
import { AwsCustomResource, AwsCustomResourcePolicy, PhysicalResourceId, Provider } from 'aws-cdk-lib/custom-resources';
import { synthesize } from '../../scripts/demo/synthesize';
import exampleOrganization from '../../simulator/example-organization.json';
import { COMMAND, run } from '../support/command-line';

const QUEUE = { Type: 'AWS::SQS::Queue' };

describe('cdk-managed-entitlements rehearse', () => {
  let folder: string;
  let foreignApps = 0;
  let created: string;
  let renamed: string;
  let impossible: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'cdk-managed-entitlements-'));
    [created, renamed, impossible] = ['created', 'renamed', 'impossible'].map((name) => join(folder, name));
    synthesize('quick-start', {}, created);
    synthesize('quick-start', { grantName: 'Linux' }, renamed);
    synthesize('quick-start', { granteeAccount: '444444444444' }, impossible);
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  /** The assembly of an app that knows nothing of this library. */
  function foreignApp(define: (stack: Stack) => void): string {
    foreignApps += 1;
    const app = new App({ outdir: join(folder, `foreign-${foreignApps}`) });
    define(new Stack(app, 'Foreign', { env: { account: '111111111111', region: 'us-east-1' } }));
    return app.synth().directory;
  }

  function callOnce(stack: Stack, service: string, action: string): void {
    new AwsCustomResource(stack, 'Call', {
      installLatestAwsSdk: false,
      policy: AwsCustomResourcePolicy.fromSdkCalls({ resources: AwsCustomResourcePolicy.ANY_RESOURCE }),
      onCreate: { service, action, physicalResourceId: PhysicalResourceId.of('call') },
    });
  }

  test('plays assemblies as successive deployments and deletes the stacks in the end', async () => {
    const { code, output } = await run('rehearse', created, renamed, '--destroy');

    expect(code).toBe(0);
    const stackLines = output.split('\n').filter((line) => line.includes('_COMPLETE') && line.includes('QuickStart (AWS::CloudFormation::Stack)'));
    expect(stackLines.map((line) => line.split(/ {2}/)[1])).toEqual(['CREATE_COMPLETE', 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', 'UPDATE_COMPLETE', 'DELETE_COMPLETE']);
    expect(output).toMatch(/^222222222222 .*nothing: no license$/m);
    expect(output).toMatch(/^API calls: .*license-manager:CreateGrant 1,/m);
  });

  test('goes on after a deployment that is rolled back, and says so with the exit code 1', async () => {
    const report = join(folder, 'report.json');
    const { code, output } = await run('rehearse', created, impossible, renamed, '--json', report);

    expect(code).toBe(1);
    expect(output).toMatch(/UPDATE_FAILED .*444444444444/);
    const { seed, deployments, grants, calls, denied, unusedPermissions } = JSON.parse(readFileSync(report, 'utf-8'));
    const stack = { stack: 'QuickStart', account: '111111111111', region: 'us-east-1' };
    expect(deployments).toMatchObject([
      { ...stack, operation: 'CREATE', status: 'CREATE_COMPLETE' },
      { ...stack, operation: 'UPDATE', status: 'UPDATE_ROLLBACK_COMPLETE' },
      { ...stack, operation: 'UPDATE', status: 'UPDATE_COMPLETE' },
    ]);
    expect(deployments[0].simulatedSeconds).toBeGreaterThan(60);
    expect(deployments[0].resources.find(({ type }: { type: string }) => type === 'Custom::MarketplaceLicenseGrant')).toEqual({
      logicalId: expect.stringMatching(/^LinuxForPayments/),
      type: 'Custom::MarketplaceLicenseGrant',
      physicalId: expect.stringMatching(/^arn:aws:license-manager::111111111111:grant:g-/),
      status: 'CREATE_COMPLETE',
    });
    expect(grants).toContainEqual(expect.objectContaining({
      ownerAccountId: '222222222222', name: 'Linux', status: 'ACTIVE', productName: 'Example Hardened Linux',
    }));
    expect(calls['license-manager:CreateGrant']).toBe(2);
    expect(seed).toBe(1);
    expect(denied).toEqual([]);
    expect(unusedPermissions).toContainEqual({ role: expect.stringContaining(':role/QuickStart-'), action: 'license-manager:UntagResource' });
  });

  test('creates a stack anew whose creation had failed, as the CDK does', async () => {
    const { code, output } = await run('rehearse', impossible, created);
    expect(code).toBe(1);
    expect(output).toMatch(/ROLLBACK_COMPLETE {3}QuickStart[^]*DELETE_COMPLETE {5}QuickStart[^]*CREATE_COMPLETE {5}QuickStart/);
  });

  test('lets faults happen, the same ones for the same seed, and prints the seed', async () => {
    const faulty = () => run('rehearse', created, '--fault', 'throttling@license-manager,30%', '--fault', 'connection-reset-after@CreateGrant,1', '--seed', '7');
    const [first, second] = await Promise.all([faulty(), faulty()]);
    expect(first.code).toBe(0);
    expect(first.output).toContain('The same again: --seed 7');
    expect(second.output).toEqual(first.output);
  });

  test('ignores an event for which no stack has a rule', async () => {
    const event = { 'source': 'aws.license-manager', 'detail-type': 'Grant Change', 'account': '111111111111', 'region': 'us-east-1', 'detail': {} };
    const { code, output } = await run('rehearse', created, '--event', eventFile(event));
    expect(code).toBe(0);
    expect(output).not.toContain('Event delivered');
  });

  test('delivers an event to the rules of an app that knows nothing of this library', async () => {
    const listening = join(folder, 'rule');
    const app = new App({ outdir: listening });
    const stack = new Stack(app, 'Listener', { env: { account: '111111111111', region: 'us-east-1' } });
    const listener = new LambdaFunction(stack, 'Listener', {
      code: Code.fromInline('exports.handler = async (event) => { throw new Error(`heard of ${event.detail.name}`); };'),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_22_X,
    });
    new Rule(stack, 'Rule', { eventPattern: { source: ['aws.license-manager'] }, targets: [new LambdaTarget(listener)] });
    app.synth();

    const event = { 'source': 'aws.license-manager', 'detail-type': 'Grant Change', 'account': '111111111111', 'region': 'us-east-1', 'detail': { name: 'Linux' } };
    const { code, output } = await run('rehearse', listening, '--event', eventFile(event), '--destroy');
    expect(code).toBe(0);
    expect(output).toMatch(/^Event delivered to arn:aws:lambda:us-east-1:111111111111:function:\S+: Error: heard of Linux$/m);
  });

  test('plays an app with CDK\'s Provider framework and AwsCustomResource, and names what it keeps as state', async () => {
    const code = (source: string) => ({ code: Code.fromInline(source), handler: 'index.handler', runtime: Runtime.NODEJS_22_X });
    const foreign = foreignApp((stack) => {
      const provider = new Provider(stack, 'Provider', {
        onEventHandler: new LambdaFunction(stack, 'OnEvent', code('exports.handler = async () => ({ PhysicalResourceId: "thing" });')),
        isCompleteHandler: new LambdaFunction(stack, 'IsComplete', code('exports.handler = async () => ({ IsComplete: true });')),
      });
      new CustomResource(stack, 'Thing', { serviceToken: provider.serviceToken });
      callOnce(stack, 'license-manager', 'ListReceivedLicenses');
      new Bucket(stack, 'Bucket', { removalPolicy: RemovalPolicy.DESTROY });
    });
    const { code: exitCode, output } = await run('rehearse', foreign, '--destroy');

    expect(output).toMatch(/^Kept as state only, since the simulator does not play them: AWS::S3::Bucket$/m);
    expect(output).toMatch(/^API calls: lambda:Invoke \d+, license-manager:ListReceivedLicenses 1, states:StartExecution 2$/m);
    expect(output).not.toMatch(/^Denied/m);
    expect(exitCode).toBe(0);
  });

  test('plays parameters of Systems Manager, and names the values that nobody knows', async () => {
    const first = foreignApp((stack) => new StringParameter(stack, 'Size', { parameterName: '/app/size', stringValue: 'small' }));
    const second = foreignApp((stack) => {
      new StringParameter(stack, 'Size', { parameterName: '/app/size', stringValue: 'small' });
      const stringValue = [StringParameter.valueForStringParameter(stack, '/app/size'), SecretValue.secretsManager('Database').unsafeUnwrap()].join(', ');
      new StringParameter(stack, 'Copy', { stringValue });
    });

    expect(await run('rehearse', first, second)).toMatchObject({
      code: 0,
      output: expect.stringMatching(
        /^Filled with placeholders, since nobody knows the values here: secretsmanager:Database:SecretString:::$/m),
    });
    expect(await run('rehearse', first, second, '--strict')).toMatchObject({ code: 2, output: expect.stringContaining('does not know the value of secretsmanager:Database') });
    expect(await run('rehearse', second)).toMatchObject({ code: 2, output: expect.stringContaining('Unable to fetch parameters [/app/size]') });
  });

  describe('writes nested stacks down as deployments of their own', () => {
    const logGroup = (scope: Stack, id: string) => new LogGroup(scope, id, { removalPolicy: RemovalPolicy.DESTROY });
    const failure = (scope: Stack) => new CustomResource(scope, 'Failure', { serviceToken: 'arn:aws:lambda:us-east-1:111111111111:function:none' });

    const withNested = (ids: readonly string[], more: (stack: Stack, nested: NestedStack) => void = () => {}) => foreignApp((stack) => {
      logGroup(stack, 'OfParent');
      const nested = new NestedStack(stack, 'Nested');
      ids.forEach((id) => logGroup(nested, id));
      logGroup(new NestedStack(nested, 'Innermost'), 'Deep');
      more(stack, nested);
    });

    /** With short names: what CloudFormation adds to those is of no interest. */
    async function deploymentsOf(...args: string[]): Promise<string[]> {
      const report = join(folder, 'nested.json');
      await run('rehearse', ...args, '--json', report);
      const { deployments } = JSON.parse(readFileSync(report, 'utf-8'));
      return deployments.map(({ stack, account, region, operation, status, reason, resources }: any) => {
        expect([account, region]).toEqual(['111111111111', 'us-east-1']);
        const name = ['Innermost', 'Nested', 'Foreign'].find((part) => stack.includes(part));
        const logGroups = resources.filter(({ type }: any) => type === 'AWS::Logs::LogGroup')
          .map((resource: any) => `${resource.logicalId.slice(0, -8)} ${resource.status}`).sort();
        return [`${name} ${operation} ${status}`, ...logGroups, ...reason === undefined ? [] : [reason.replace(/: \[.*/, '')]].join(', ');
      });
    }

    test('when they come, change, stay as they are and go', async () => {
      expect(await deploymentsOf(withNested(['One']), withNested(['One', 'Two']), '--destroy')).toEqual([
        'Foreign CREATE CREATE_COMPLETE, OfParent CREATE_COMPLETE',
        'Nested CREATE CREATE_COMPLETE, One CREATE_COMPLETE',
        'Innermost CREATE CREATE_COMPLETE, Deep CREATE_COMPLETE',
        'Foreign UPDATE UPDATE_COMPLETE, OfParent CREATE_COMPLETE',
        'Nested UPDATE UPDATE_COMPLETE, One CREATE_COMPLETE, Two CREATE_COMPLETE',
        'Innermost UPDATE CREATE_COMPLETE, Deep CREATE_COMPLETE',
        'Foreign DELETE DELETE_COMPLETE, OfParent DELETE_COMPLETE',
        'Nested DELETE DELETE_COMPLETE, One DELETE_COMPLETE, Two DELETE_COMPLETE',
        'Innermost DELETE DELETE_COMPLETE, Deep DELETE_COMPLETE',
      ]);
    });

    test('when one of them cannot be created', async () => {
      const broken = withNested(['One'], (_, nested) => failure(nested).node.addDependency(...nested.node.children.filter(({ node }) => node.id !== 'Failure')));
      expect(await deploymentsOf(broken)).toEqual([
        'Foreign CREATE ROLLBACK_COMPLETE, OfParent DELETE_COMPLETE, The following resource(s) failed to create',
        'Nested CREATE DELETE_COMPLETE, One DELETE_COMPLETE, The following resource(s) failed to create',
        'Innermost CREATE DELETE_COMPLETE, Deep DELETE_COMPLETE',
      ]);
    });

    test('when their parent cannot be updated, and when they are removed', async () => {
      const broken = withNested(['One', 'Two'], (stack, nested) => failure(stack).node.addDependency(nested));
      const [complete, without] = [withNested(['One']), foreignApp((stack) => logGroup(stack, 'OfParent'))];
      expect((await deploymentsOf(complete, broken, without)).slice(3)).toEqual([
        'Foreign UPDATE UPDATE_ROLLBACK_COMPLETE, OfParent CREATE_COMPLETE, The following resource(s) failed to update',
        'Nested UPDATE UPDATE_ROLLBACK_COMPLETE, One CREATE_COMPLETE, Two DELETE_COMPLETE, The update of the parent stack is rolled back.',
        'Innermost UPDATE CREATE_COMPLETE, Deep CREATE_COMPLETE',
        'Foreign UPDATE UPDATE_COMPLETE, OfParent CREATE_COMPLETE',
        'Nested DELETE DELETE_COMPLETE, One DELETE_COMPLETE',
        'Innermost DELETE DELETE_COMPLETE, Deep DELETE_COMPLETE',
      ]);
    });
  });

  test('says which executions of state machines still run, and lets time go on for them', async () => {
    const workflow = foreignApp((stack) => {
      const machine = new StateMachine(stack, 'Machine', {
        definitionBody: DefinitionBody.fromChainable(new Wait(stack, 'Wait', { time: WaitTime.duration(Duration.minutes(30)) })
          .next(new Fail(stack, 'Fail', { error: 'NotSettled', cause: 'it took too long' }))),
      });
      const start = { service: 'SFN', action: 'startExecution', parameters: { stateMachineArn: machine.stateMachineArn, name: 'first' } };
      new AwsCustomResource(stack, 'Start', {
        installLatestAwsSdk: false,
        policy: AwsCustomResourcePolicy.fromSdkCalls({ resources: [machine.stateMachineArn] }),
        onCreate: { ...start, physicalResourceId: PhysicalResourceId.of('first') },
      });
    });
    const report = join(folder, 'executions.json');
    const executions = () => JSON.parse(readFileSync(report, 'utf-8')).executions;
    const identity = { name: 'first', stateMachineArn: expect.stringMatching(/^arn:aws:states:us-east-1:111111111111:stateMachine:/) };

    expect((await run('rehearse', workflow, '--json', report)).output).toMatch(/^Execution still running: first of arn:aws:states:\S+$/m);
    expect(executions()).toEqual([{ ...identity, status: 'RUNNING' }]);
    const { output } = await run('rehearse', workflow, '--json', report, '--until', '1h');
    expect(output).toMatch(/^Execution FAILED: first of \S+: NotSettled: it took too long$/m);
    expect(executions()).toEqual([{ ...identity, status: 'FAILED', error: 'NotSettled', cause: 'it took too long' }]);
  });

  test('says which package to install when a function asks for a part of the AWS SDK that is not there', async () => {
    const { code, output } = await run('rehearse', foreignApp((stack) => callOnce(stack, 'snowball', 'ListJobs')));

    expect(code).toBe(1);
    expect(output).toContain('Package @aws-sdk/client-snowball does not exist.');
    expect(output).toMatch(/npm install --save-dev @aws-sdk\/client-snowball$/m);
  });

  test('plays AWS as it might be as well', async () => {
    const { code, output } = await run('rehearse', created, renamed, '--destroy', '--variant', 'versionWithoutStatus=disables');
    expect(code).toBe(0);
    // The grant that renaming disables has to be activated again.
    expect(output).toMatch(/^API calls: .*license-manager:CreateGrantVersion 3,/m);
  });

  test('lets time pass in the end: what the services do in the background gets done', async () => {
    const statusAfter = async (...options: string[]) => {
      const report = join(folder, 'until.json');
      await run('rehearse', created, '--destroy', '--json', report, ...options);
      const { grants } = JSON.parse(readFileSync(report, 'utf-8'));
      return grants.find(({ name }: { name: string }) => name === 'Linux for payments').status;
    };
    expect(await statusAfter()).toBe('PENDING_DELETE');
    expect(await statusAfter('--until', '1h30m')).toBe('DELETED');
  });

  test('keeps the world for other clients if it is asked to', async () => {
    const command = spawn(process.execPath, [COMMAND, 'rehearse', created, '--keep'], { stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      const endpoint = await lineMatching(command, /^listening on (http:.*)$/);
      const client = new LicenseManagerClient({ region: 'us-east-1', endpoint, credentials: { accessKeyId: '111111111111', secretAccessKey: 'any' } });
      const { Grants } = await client.send(new ListDistributedGrantsCommand({}));
      expect(Grants?.map(({ GrantName, GrantStatus }) => [GrantName, GrantStatus])).toEqual([['Linux for payments', 'ACTIVE']]);
    } finally {
      command.kill();
    }
  });

  describe('answers with one line and the exit code 2', () => {
    test.each([
      ['no assembly', () => ['rehearse'], /name at least one cloud assembly/],
      ['an unknown option', () => ['rehearse', created, '--destory'], /Unknown option '--destory'; .*--help/],
      ['a folder that is no assembly', () => ['rehearse', folder], /is not a cloud assembly: it has no manifest\.json/],
      ['an assembly without stacks', () => ['rehearse', assembly('empty', (manifest) => ({ ...manifest, artifacts: {} }))], /without stacks/],
      ['an assembly of a newer schema', () => ['rehearse', assembly('newer', (manifest) => ({ ...manifest, version: '999.0.0' }))], /version 999\.0\.0 .*Update it/],
      ['a manifest that is no JSON', () => ['rehearse', manifestOf('not\njson')], /manifest\.json cannot be read: Unexpected token/],
      ['a manifest that is no object', () => ['rehearse', manifestOf('[]')], /manifest\.json is not valid/],
      ['a template that is missing', () => ['rehearse', assembly('gone', (manifest) => manifest, null)], /QuickStart\.template\.json cannot be read: ENOENT/],
      ['stacks without resources', () => ['rehearse', assembly('hollow', (manifest) => manifest, {})], /hollow is a cloud assembly whose stacks have no resources/],
      ['a stack without an environment', () => ['rehearse', withoutEnvironment()], /the stack Homeless names no account: .* --account/],
      ['an account that the organization does not have', () => ['rehearse', withoutEnvironment(), '--account', '1'], /--account takes an account of the organization, one of 111111111111, /],
      ['a stack in such an account', () => ['rehearse', elsewhere()], /the stack Elsewhere goes to the account 999999999999, which the organization does not have: .*--organization/],
      ['a negative number', () => ['rehearse', created, '--seed', '-1'], /--seed takes a whole number from 0 to \d+, got '-1'/],
      ['a report in a folder that is missing', () => ['rehearse', created, '--json', join(folder, 'nowhere', 'report.json')], /--json: .* cannot be written: ENOENT/],
      ['a report that is a folder', () => ['rehearse', created, '--json', folder], /--json: .* is a folder; name a file/],
      ['circular conditions', () => template({ Conditions: { C: { Condition: 'D' }, D: { Condition: 'C' } }, Resources: { A: { ...QUEUE, Condition: 'C' } } }), /stack QuickStart: .*conditions: \[C, D\]/],
      ['a resource without a type', () => template({ Resources: { A: {} } }), /QuickStart\.template\.json: .*\[\/Resources\/A\] Every Resources object must contain a Type/],
      ['a resource that is null', () => template({ Resources: { A: null } }), /\[\/Resources\/A\] is no object/],
      ['resources that are a text', () => template({ Resources: 'x' }), /\[\/Resources\] is no object/],
      ['Fn::ForEach among the resources', () => template({ Resources: { 'Fn::ForEach::A': ['A', ['x'], {}] } }), /does not run Fn::ForEach; .*\[\/Resources\/Fn::ForEach::A\]/],
      ['Fn::Sub of a number', () => template({ Resources: { A: { ...QUEUE, Properties: { QueueName: { 'Fn::Sub': 5 } } } } }), /stack QuickStart: .*Fn::Sub .*Specify a string/],
      ['a pattern that is none', () => template({ Parameters: { P: { Type: 'String', Default: 'x', AllowedPattern: '(' } }, Resources: { A: QUEUE } }), /stack QuickStart: Parameter 'P' .*no regular expression: \(/],
      ['a circular dependency', () => ['rehearse', circular()], /stack QuickStart: [Cc]ircular dependency.*\[First, Second\]/],
      ['an unknown fault', () => ['rehearse', created, '--fault', 'bad-luck'], /there is no fault 'bad-luck'; the faults are throttling/],
      ['an event file that is missing', () => ['rehearse', created, '--event', 'nowhere.json'], /the event file nowhere\.json cannot be read/],
      ['an event that is none', () => ['rehearse', created, '--event', eventFile({ source: 'aws.organizations' })], /The event has no detail-type/],
      ['an unknown switch', () => ['rehearse', created, '--variant', 'weather=fine'], /there is no switch 'weather'; the switches are duplicateGrant/],
      ['an unknown position', () => ['rehearse', created, '--variant', 'acceptance=never'], /acceptance; it takes at-once, by-workflow/],
      ['a duration that is none', () => ['rehearse', created, '--until', 'tomorrow'], /--until takes a duration such as 90s/],
      ['an organization with a wrong id', () => ['rehearse', created, '--organization', organization({ accounts: [{ id: '1' }] })], /accounts\[0\]\.id/],
    ])('%s', async (_, args, message) => {
      const { code, output } = await run(...args());
      expect(output).toMatch(message);
      expect(output.trimEnd().split('\n')).toHaveLength(1);
      expect(code).toBe(2);
    });
  });

  test('plays stacks without an environment in the account and Region that it is given', async () => {
    const report = join(folder, 'homeless.json');
    const { code } = await run('rehearse', withoutEnvironment(), '--account', '222222222222', '--region', 'eu-west-1', '--json', report);
    expect(code).toBe(0);
    expect(JSON.parse(readFileSync(report, 'utf-8')).deployments).toMatchObject([{ stack: 'Homeless', account: '222222222222', region: 'eu-west-1' }]);
  });

  test('lets minutes pass between deployments: what License Manager does in the background is done by then', async () => {
    const listing = (pageSize: number) => foreignApp((stack) => void new AwsCustomResource(stack, 'Listing', {
      installLatestAwsSdk: false,
      policy: AwsCustomResourcePolicy.fromSdkCalls({ resources: AwsCustomResourcePolicy.ANY_RESOURCE }),
      onUpdate: { service: 'license-manager', action: 'ListReceivedGrants', parameters: { MaxResults: pageSize }, physicalResourceId: PhysicalResourceId.of('listing') },
    }));
    const { code, output } = await run('rehearse', listing(1), listing(2), '--destroy');
    expect(code).toBe(0);
    expect(output).toMatch(/^00:00:00 {2}CREATE_COMPLETE {5}Foreign [^]*^00:10:00 {2}UPDATE_IN_PROGRESS {2}Foreign [^]*^00:20:00 {2}DELETE_IN_PROGRESS {2}Foreign /m);
  });

  test('shows what functions log if it is asked to, and says so where something failed', async () => {
    const talkative = foreignApp((stack) => {
      const handler = new LambdaFunction(stack, 'Talkative', {
        code: Code.fromInline('exports.handler = (event, context) => { console.log("the cause"); require("cfn-response").send(event, context, "FAILED", {}, "x"); };'),
        handler: 'index.handler',
        runtime: Runtime.NODEJS_22_X,
      });
      new CustomResource(stack, 'Thing', { serviceToken: handler.functionArn });
    });
    const [silent, withLogs] = await Promise.all([run('rehearse', talkative), run('rehearse', talkative, '--logs')]);
    expect(silent.output).not.toContain('the cause');
    expect(silent.output).toMatch(/^What the functions logged: the same again with --logs$/m);
    expect(withLogs.output).toMatch(/^00:00:00 {2}\/aws\/lambda\/Foreign-Talkative\S*: the cause$/m);
    expect(withLogs.output).not.toContain('the same again with --logs');
  });

  test('leaves nothing behind when a function hangs, which no resource survives', async () => {
    const report = join(folder, 'hanging.json');
    const { code, output } = await run('rehearse', created, '--fault', 'function-timeout', '--json', report);
    expect(code).toBe(1);
    expect(output).toMatch(/ROLLBACK_COMPLETE {3}QuickStart/);
    const { grants } = JSON.parse(readFileSync(report, 'utf-8'));
    expect(grants.filter(({ name, status }: any) => name === 'Linux for payments' && !/DELETE/.test(status))).toEqual([]);
  });

  test('explains itself, every fault included', async () => {
    const { code, output } = await run('rehearse', '--help');
    expect(code).toBe(0);
    expect(output).toMatch(/--destroy[^]*throttling[^]*Exit code: 0/);
  });

  /** A copy of the created assembly with another manifest, and with another template or none if that is asked. */
  function assembly(name: string, change: (manifest: object) => object, ownTemplate?: object | null): string {
    const copy = join(folder, name);
    cpSync(created, copy, { recursive: true });
    const manifest = join(copy, 'manifest.json');
    writeFileSync(manifest, JSON.stringify(change(JSON.parse(readFileSync(manifest, 'utf-8')))));
    const templateFile = join(copy, 'QuickStart.template.json');
    if (ownTemplate === null) rmSync(templateFile);
    if (ownTemplate) writeFileSync(templateFile, JSON.stringify(ownTemplate));
    return copy;
  }

  /** What rehearses a stack with this template. */
  function template(document: object): string[] {
    return ['rehearse', assembly('template', (manifest) => manifest, document)];
  }

  function manifestOf(text: string): string {
    const copy = assembly('manifest', (manifest) => manifest);
    writeFileSync(join(copy, 'manifest.json'), text);
    return copy;
  }

  function withoutEnvironment(): string {
    const app = new App({ outdir: join(folder, 'homeless') });
    callOnce(new Stack(app, 'Homeless'), 'license-manager', 'ListReceivedLicenses');
    return app.synth().directory;
  }

  function elsewhere(): string {
    const app = new App({ outdir: join(folder, 'elsewhere') });
    callOnce(new Stack(app, 'Elsewhere', { env: { account: '999999999999', region: 'us-east-1' } }), 'license-manager', 'ListReceivedLicenses');
    return app.synth().directory;
  }

  function circular(): string {
    const copy = join(folder, 'circular');
    mkdirSync(copy, { recursive: true });
    cpSync(created, copy, { recursive: true });
    writeFileSync(join(copy, 'QuickStart.template.json'), JSON.stringify({
      Resources: {
        First: { Type: 'AWS::Logs::LogGroup', DependsOn: 'Second' },
        Second: { Type: 'AWS::Logs::LogGroup', DependsOn: 'First' },
      },
    }));
    return copy;
  }

  function eventFile(event: object): string {
    const file = join(folder, 'event.json');
    writeFileSync(file, JSON.stringify(event));
    return file;
  }

  function organization(change: object): string {
    const file = join(folder, 'organization.json');
    writeFileSync(file, JSON.stringify({ ...exampleOrganization, ...change }));
    return file;
  }

  function lineMatching(command: ChildProcess, form: RegExp): Promise<string> {
    return new Promise((found) => createInterface({ input: command.stdout! }).on('line', (line) => {
      const match = form.exec(line);
      if (match) found(match[1]);
    }));
  }
});
