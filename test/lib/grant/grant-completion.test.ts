import { CfnElement, CfnParameter, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { GrantCompletion, Grantee, ManagedEntitlementsProvider, MarketplaceLicenseGrant } from '../../../lib';
import { GRANT_TYPE, grantIn, licenseIn, propertiesOf, resourceOf, resourceTypesOf, stackIn } from '../synthesis';

const STATE_MACHINE = 'AWS::StepFunctions::StateMachine';
const LOG_GROUP_ARN = 'arn:aws:logs:eu-central-1:111111111111:log-group:audit:*';
const CARRIES_ON = 'the workflow that goes on with a grant after the deployment';

/** What a grant says of its workflow, and how long CloudFormation waits for its answer. */
function workflowOf(completion: GrantCompletion): object {
  const stack = stackIn();
  const grant = grantIn(stack, { completion });
  const { SettleWithinSeconds, Workflow } = propertiesOf(stack, GRANT_TYPE) as { SettleWithinSeconds: string; Workflow: object };
  expect(Workflow).toMatchObject({
    StateMachineArn: { Ref: Object.keys(Template.fromStack(stack).findResources(STATE_MACHINE))[0] },
    ExecutionNamePrefix: `${grant.node.addr}-`,
  });
  return { SettleWithinSeconds, ServiceTimeout: resourceOf(stack, GRANT_TYPE).Properties.ServiceTimeout, ...Workflow };
}

describe('a completion within the time of the function', () => {
  test.each([
    ['ten minutes by default', GrantCompletion.required(), '600'],
    ['one second at least', GrantCompletion.required({ within: Duration.seconds(1) }), '1'],
    ['fourteen minutes at most', GrantCompletion.required({ within: Duration.minutes(14) }), '840'],
  ])('makes the deployment wait %s, and needs no workflow', (_, completion, seconds) => {
    const stack = stackIn();
    grantIn(stack, { completion });
    expect(propertiesOf(stack, GRANT_TYPE)).toMatchObject({ SettleWithinSeconds: seconds });
    expect(propertiesOf(stack, GRANT_TYPE)).not.toHaveProperty('Workflow');
    expect(resourceTypesOf(stack)).toEqual(['AWS::IAM::Role', 'AWS::Lambda::Function', 'AWS::Logs::LogGroup', GRANT_TYPE]);
  });

  test('is what a value becomes that is known at deployment only', () => {
    const stack = stackIn();
    const minutes = new CfnParameter(stack, 'Minutes', { type: 'Number' }).valueAsNumber;
    grantIn(stack, { completion: GrantCompletion.required({ within: Duration.seconds(minutes) }) });
    expect(propertiesOf(stack, GRANT_TYPE)).toMatchObject({ SettleWithinSeconds: { Ref: 'Minutes' } });
    expect(propertiesOf(stack, GRANT_TYPE)).not.toHaveProperty('Workflow');
  });
});

describe('a completion with a workflow', () => {
  test.each<[string, GrantCompletion, object]>([
    ['by default hands over after five minutes and gives up after two days', GrantCompletion.background(), {
      SettleWithinSeconds: '300', GiveUpAfterSeconds: '172800', AnswersCloudFormation: 'false', ServiceTimeout: '1020',
    }],
    ['hands over and gives up when it is told to', GrantCompletion.background({ wait: Duration.seconds(0), giveUpAfter: Duration.days(14) }), {
      SettleWithinSeconds: '0', GiveUpAfterSeconds: '1209600', AnswersCloudFormation: 'false', ServiceTimeout: '1020',
    }],
    ['lets CloudFormation wait as long as asked, and for the answer', GrantCompletion.required({ within: Duration.minutes(45) }), {
      SettleWithinSeconds: '300', GiveUpAfterSeconds: '2700', AnswersCloudFormation: 'true', ServiceTimeout: '2880',
    }],
    ['keeps the last minutes of an hour for the answer', GrantCompletion.required({ within: Duration.hours(1) }), {
      SettleWithinSeconds: '300', GiveUpAfterSeconds: '3420', AnswersCloudFormation: 'true', ServiceTimeout: '3600',
    }],
  ])('%s', (_, completion, expected) => {
    expect(workflowOf(completion)).toMatchObject(expected);
  });

  test('takes values that are known at deployment only', () => {
    const stack = stackIn();
    const seconds = new CfnParameter(stack, 'Seconds', { type: 'Number' }).valueAsNumber;
    grantIn(stack, { completion: GrantCompletion.background({ wait: Duration.seconds(seconds), giveUpAfter: Duration.seconds(seconds) }) });
    expect(propertiesOf(stack, GRANT_TYPE)).toMatchObject({ SettleWithinSeconds: { Ref: 'Seconds' }, Workflow: { GiveUpAfterSeconds: { Ref: 'Seconds' } } });
  });

  test('shares it with all grants of its provider', () => {
    const stack = stackIn();
    const other = new Stack(stack.node.root as Stack, 'Other');
    const provider = new ManagedEntitlementsProvider(stack, 'Provider');
    grantIn(stack, { provider, completion: GrantCompletion.background() });
    const completion = GrantCompletion.required({ within: Duration.minutes(20) });
    new MarketplaceLicenseGrant(other, 'Grant', { license: licenseIn(other), grantee: Grantee.account('333333333333'), provider, completion });
    Template.fromStack(stack).resourceCountIs(STATE_MACHINE, 1);
    Template.fromStack(other).resourceCountIs(STATE_MACHINE, 0);
    const prefixes = [stack, other].map((each) => resourceOf(each, GRANT_TYPE).Properties.Workflow.ExecutionNamePrefix);
    expect(new Set(prefixes).size).toBe(2);
  });

  test('calls the function, repeats what fails, tells it when that does not help, logs without the data, is traced, and ends some day', () => {
    const stack = stackIn();
    grantIn(stack, { completion: GrantCompletion.background() });
    const { DefinitionString, LoggingConfiguration, TracingConfiguration } = resourceOf(stack, STATE_MACHINE).Properties;
    const [[functionId]] = Object.entries(Template.fromStack(stack).findResources('AWS::Lambda::Function'));
    const definition = JSON.parse(DefinitionString['Fn::Join'][1].map((part: unknown) => (typeof part === 'string' ? part : functionId)).join(''));
    expect(definition.TimeoutSeconds).toBe(15 * 24 * 60 * 60);
    const catching = (next: string) => [{ ErrorEquals: ['States.ALL'], ResultPath: '$.failure', Next: next }];
    const repeated = (MaxDelaySeconds: number, MaxAttempts: number) =>
      [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 10, BackoffRate: 2, MaxDelaySeconds, MaxAttempts }];
    const task = { Type: 'Task', Resource: functionId, Next: 'Decide' };
    const { Settle, IsAnswerDue, Repeat, WindUp } = definition.States;
    expect(Settle).toEqual({ ...task, Retry: [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 5, BackoffRate: 2, MaxAttempts: 3 }], Catch: catching('IsAnswerDue') });
    expect(IsAnswerDue).toEqual({
      Type: 'Choice', Choices: [{ Variable: '$.settlement.request.ResponseURL', IsPresent: true, Next: 'WindUp' }], Default: 'Repeat',
    });
    expect(Repeat).toEqual({ ...task, Retry: repeated(900, 20), Catch: catching('WindUp') });
    expect(WindUp).toEqual({ ...task, Retry: repeated(60, 90), Parameters: { 'settlement.$': '$.settlement', 'abandonedAfter.$': '$.failure' } });
    expect(LoggingConfiguration).toMatchObject({ Level: 'ALL', IncludeExecutionData: false });
    expect(TracingConfiguration).toEqual({ Enabled: true });
  });

  test('logs where the function does, if the provider has a log group', () => {
    const stack = stackIn();
    const provider = new ManagedEntitlementsProvider(stack, 'Provider', { logGroup: LogGroup.fromLogGroupArn(stack, 'Logs', LOG_GROUP_ARN) });
    grantIn(stack, { provider, completion: GrantCompletion.background() });
    const [destination] = resourceOf(stack, STATE_MACHINE).Properties.LoggingConfiguration.Destinations;
    expect(destination).toEqual({ CloudWatchLogsLogGroup: { LogGroupArn: LOG_GROUP_ARN } });
    expect(resourceTypesOf(stack)).not.toContain('AWS::Logs::LogGroup');
  });
});

describe('a completion is refused', () => {
  test.each<[string, () => GrantCompletion, string]>([
    ['that waits no time', () => GrantCompletion.required({ within: Duration.seconds(0) }),
      '`completion.within` must be 1 second to 1 hour, got 0 seconds; AWS CloudFormation waits'],
    ['that waits for more than an hour', () => GrantCompletion.required({ within: Duration.seconds(3601) }),
      '`completion.within` must be 1 second to 1 hour, got 1 hour 1 second; '],
    ['that hands over too late', () => GrantCompletion.background({ wait: Duration.minutes(15) }),
      '`completion.wait` must be 0 seconds to 14 minutes, got 15 minutes; the function that waits'],
    ['that never gives up', () => GrantCompletion.background({ giveUpAfter: Duration.days(15) }),
      '`completion.giveUpAfter` must be 1 second to 14 days, got 15 days; '],
    ['that gives up before it hands over', () => GrantCompletion.background({ giveUpAfter: Duration.minutes(5) }),
      '`completion.giveUpAfter` must be longer than `completion.wait`, 5 minutes, got 5 minutes; use GrantCompletion.required()'],
  ])('%s', (_, completion, message) => {
    expect(completion).toThrow(message);
  });
});

describe('what a workflow ends with', () => {
  test.each<[string, (grant: MarketplaceLicenseGrant) => unknown, string[]]>([
    ['onSettled', (grant) => grant.onSettled('Rule'), ['SUCCEEDED']],
    ['onSettlementFailed', (grant) => grant.onSettlementFailed('Rule'), ['FAILED', 'TIMED_OUT']],
  ])('is an event of that grant: %s', (_, listen, status) => {
    const stack = stackIn();
    const grant = grantIn(stack, { completion: GrantCompletion.background() });
    listen(grant);
    expect(resourceOf(stack, 'AWS::Events::Rule').Properties.EventPattern).toEqual({
      'source': ['aws.states'],
      'detail-type': ['Step Functions Execution Status Change'],
      'detail': {
        status,
        stateMachineArn: [{ Ref: Object.keys(Template.fromStack(stack).findResources(STATE_MACHINE))[0] }],
        name: [{ prefix: `${grant.node.addr}-` }],
      },
    });
  });

  test('is a metric of that grant, with the options that it is asked with', () => {
    const stack = stackIn();
    const grant = grantIn(stack, { completion: GrantCompletion.background() });
    const metric: Metric = grant.metricSettlementFailed({ period: Duration.hours(1) });
    metric.createAlarm(stack, 'Alarm', { threshold: 1, evaluationPeriods: 1 });
    expect(resourceOf(stack, 'AWS::CloudWatch::Alarm').Properties).toMatchObject({
      Namespace: 'CdkManagedEntitlements',
      MetricName: 'SettlementFailed',
      Dimensions: [
        { Name: 'LogicalId', Value: Object.keys(Template.fromStack(stack).findResources(GRANT_TYPE))[0] },
        { Name: 'StackName', Value: 'Entitlements' },
      ],
      Period: 3600,
      Statistic: 'Maximum',
    });
  });

  test('is measured under the logical id that the resource has in the end', () => {
    const stack = stackIn();
    const grant = grantIn(stack, { completion: GrantCompletion.background() });
    grant.metricSettlementFailed().createAlarm(stack, 'Alarm', { threshold: 1, evaluationPeriods: 1 });
    (grant.node.defaultChild as CfnElement).overrideLogicalId('AsBefore');
    expect(resourceOf(stack, 'AWS::CloudWatch::Alarm').Properties.Dimensions).toContainEqual({ Name: 'LogicalId', Value: 'AsBefore' });
  });

  test.each<[string, (grant: MarketplaceLicenseGrant) => unknown]>([
    ['onSettled()', (grant) => grant.onSettled('Rule')],
    ['onSettlementFailed()', (grant) => grant.onSettlementFailed('Rule')],
    ['metricSettlementFailed()', (grant) => grant.metricSettlementFailed()],
  ])('cannot be asked for without one: %s', (method, ask) => {
    expect(() => ask(grantIn(stackIn()))).toThrow(`\`${method}\` is about ${CARRIES_ON}, got a completion without one; use GrantCompletion.background()`);
  });
});
