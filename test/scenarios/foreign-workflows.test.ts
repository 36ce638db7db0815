import { Duration, Stack } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as LambdaTarget } from 'aws-cdk-lib/aws-events-targets';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Choice, Condition, DefinitionBody, Fail, JitterType, LogLevel, Pass, StateMachine, Succeed, Wait, WaitTime } from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { AwsCustomResource, AwsCustomResourcePolicy, PhysicalResourceId } from 'aws-cdk-lib/custom-resources';
import { RehearsedStacks } from '../support/rehearsed-stacks';

const MINUTE = 60_000;

let stacks: RehearsedStacks;

beforeEach(async () => {
  stacks = await RehearsedStacks.start();
});

afterEach(() => stacks.stop());

function functionOf(stack: Stack, id: string, source: string): Function {
  return new Function(stack, id, { code: Code.fromInline(source), handler: 'index.handler', runtime: Runtime.NODEJS_22_X, timeout: Duration.minutes(5) });
}

/** A workflow that tries until it is 20 minutes old, and what hears of its end; a deployment of the stack starts it. */
function workflow(stack: Stack, giveUpAfter: Duration): void {
  const worker = functionOf(stack, 'Worker', `
    exports.handler = async ({ startedAt }) => {
      if (Date.now() - Date.parse(startedAt) < 20 * 60000) { const error = new Error('not yet'); error.name = 'NotYet'; throw error; }
      return { settled: true };
    };`);
  const work = new LambdaInvoke(stack, 'Work', { lambdaFunction: worker, outputPath: '$.Payload' });
  work.addRetry({
    errors: ['NotYet'], interval: Duration.seconds(30), backoffRate: 2, maxDelay: Duration.minutes(2), maxAttempts: 1000, jitterStrategy: JitterType.FULL,
  });
  work.addCatch(new Fail(stack, 'GiveUp', { error: 'GaveUp', causePath: '$.failure.Cause' }), { resultPath: '$.failure' });
  const machine = new StateMachine(stack, 'Machine', {
    definitionBody: DefinitionBody.fromChainable(new Pass(stack, 'Prepare', { parameters: { 'startedAt.$': '$$.Execution.StartTime' } })
      .next(new Wait(stack, 'Wait', { time: WaitTime.duration(Duration.minutes(1)) }))
      .next(work)
      .next(new Choice(stack, 'Settled').when(Condition.booleanEquals('$.settled', true), new Succeed(stack, 'Done')).otherwise(new Fail(stack, 'Failed')))),
    timeout: giveUpAfter,
    tracingEnabled: true,
    logs: { destination: new LogGroup(stack, 'Log'), level: LogLevel.ALL },
  });
  new Rule(stack, 'Ended', {
    eventPattern: { source: ['aws.states'], detail: { stateMachineArn: [machine.stateMachineArn], status: [{ 'anything-but': 'RUNNING' }] as never } },
    targets: [new LambdaTarget(functionOf(stack, 'Listener', 'exports.handler = async ({ detail }) => { console.log(detail.status, detail.output, detail.error); };'))],
  });
  new AwsCustomResource(stack, 'Start', {
    installLatestAwsSdk: false,
    policy: AwsCustomResourcePolicy.fromSdkCalls({ resources: [machine.stateMachineArn] }),
    onCreate: {
      service: 'SFN', action: 'startExecution', parameters: { stateMachineArn: machine.stateMachineArn, name: 'first' }, physicalResourceId: PhysicalResourceId.of('first'),
    },
  });
}

function executions(): readonly unknown[] {
  return stacks.rehearsal.aws.stateMachines.allExecutions;
}

function heard(): string[] {
  return stacks.log(/Listener/).filter((line) => /^[A-Z]+/.test(line) && !line.startsWith('START'));
}

test('a workflow goes on in the background of a deployment, and its end is heard of', async () => {
  const created = await stacks.deploy('Workflow', (stack) => workflow(stack, Duration.hours(2)));
  expect(created.reason).toBeUndefined();
  expect(created.status).toBe('CREATE_COMPLETE');
  expect(executions()).toMatchObject([{ name: 'first', status: 'RUNNING' }]);
  await stacks.rehearsal.pass(60 * MINUTE);
  expect(executions()).toMatchObject([{ status: 'SUCCEEDED', output: '{"settled":true}' }]);
  expect(heard()).toEqual([expect.stringContaining('SUCCEEDED {"settled":true}')]);
  expect(stacks.rehearsal.aws.permissions!.denied).toEqual([]);
});

test('a workflow that takes too long is ended by its state machine', async () => {
  await stacks.deploy('Workflow', (stack) => workflow(stack, Duration.minutes(10)));
  await stacks.rehearsal.pass(60 * MINUTE);
  expect(executions()).toMatchObject([{ status: 'TIMED_OUT' }]);
  expect(heard()).toEqual([expect.stringContaining('TIMED_OUT')]);
});

test('a workflow ends with its stack', async () => {
  await stacks.deploy('Workflow', (stack) => workflow(stack, Duration.hours(2)));
  expect((await stacks.destroy('Workflow')).status).toBe('DELETE_COMPLETE');
  expect(executions()).toMatchObject([{ status: 'ABORTED' }]);
});

test('a state machine that is not played fails its stack, by name', async () => {
  const created = await stacks.deploy('Workflow', (stack) => {
    new StateMachine(stack, 'Machine', { definitionBody: DefinitionBody.fromString('{"StartAt":"Each","States":{"Each":{"Type":"Map","End":true}}}') });
  });
  expect(created.status).toBe('ROLLBACK_COMPLETE');
  expect(stacks.events.map(({ reason }) => reason).join()).toContain('the state Each is of the type Map');
});
