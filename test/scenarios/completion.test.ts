import { Duration, Stack } from 'aws-cdk-lib';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { CfnPolicy } from 'aws-cdk-lib/aws-iam';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { GrantCompletion, Grantee, ManagedEntitlementsSetup, MarketplaceLicense, MarketplaceLicenseGrant, MarketplaceLicenseGrantProps } from '../../lib';
import { StackResult } from '../../simulator/cloudformation/stack-result';
import { parseFault } from '../../simulator/faults/parse-fault';
import { failAfter } from '../support/failing-resource';
import { LicenseAdministrator } from '../support/license-administrator';
import { LINUX_LICENSE, RehearsedStacks, RehearsedStacksOptions, SCANNER_LICENSE } from '../support/rehearsed-stacks';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

let stacks: RehearsedStacks;

afterEach(() => stacks.stop());

/** An organization in which License Manager takes that long to distribute a grant to everyone, or to one account. */
async function start(distribution: number, options: RehearsedStacksOptions = {}): Promise<void> {
  stacks = await RehearsedStacks.start({ workflow: { organizationDistribution: distribution, accountDistribution: distribution }, ...options });
  await stacks.deploy('Setup', (stack) => new ManagedEntitlementsSetup(stack, 'Setup'));
}

type Props = Partial<MarketplaceLicenseGrantProps> & { readonly licenseArn?: string };

function grantOf(stack: Stack, { licenseArn = SCANNER_LICENSE, ...props }: Props): MarketplaceLicenseGrant {
  const license = MarketplaceLicense.fromLicenseArn(stack, 'License', licenseArn);
  return new MarketplaceLicenseGrant(stack, 'Grant', {
    license, grantee: Grantee.account('222222222222'), completion: GrantCompletion.background(), ...props,
  });
}

async function deploy(props: Props = {}, more: (grant: MarketplaceLicenseGrant, stack: Stack) => void = () => undefined): Promise<StackResult> {
  return stacks.deploy('Grants', (stack) => more(grantOf(stack, props), stack));
}

/** What waits for the end of the workflow. */
function listen(grant: MarketplaceLicenseGrant, stack: Stack): void {
  const listener = new Function(stack, 'Listener', {
    code: Code.fromInline('exports.handler = async ({ detail }) => { console.log("heard", detail.status, detail.output, detail.error, detail.cause); };'),
    handler: 'index.handler',
    runtime: Runtime.NODEJS_22_X,
  });
  grant.onSettled('Settled', { target: new LambdaFunction(listener) });
  grant.onSettlementFailed('Failed', { target: new LambdaFunction(listener) });
}

function heard(): string[] {
  return stacks.log(/Listener/).filter((line) => line.includes('heard'));
}

function executions(): string[] {
  return stacks.rehearsal.aws.stateMachines.allExecutions.map(({ status, error }) => (error === undefined ? status : `${status} ${error}`));
}

/** What the metric of the grant was told. */
function measurements(): number[] {
  const lines = stacks.log(/Entitlements/).filter((line) => line.includes('"_aws"'));
  return lines.map((line) => JSON.parse(line.slice(line.indexOf('{'))).SettlementFailed as number);
}

function reasonOf(status: string): string | undefined {
  return stacks.events.find((event) => event.type === 'Custom::MarketplaceLicenseGrant' && event.status === status)?.reason;
}

async function settle(grantee = Grantee.account('222222222222')): Promise<void> {
  await start(6 * HOUR);
  const result = await deploy({ grantee }, listen);
  expect(result.status).toBe('CREATE_COMPLETE');
  expect(executions()).toEqual(['RUNNING']);
  await stacks.rehearsal.pass(DAY);
}

describe('a grant in the background', () => {
  test('settles after the deployment, and says so', async () => {
    await settle();
    expect(executions()).toEqual(['SUCCEEDED']);
    expect(stacks.grants()).toEqual(['222222222222: Example Vulnerability Scanner, ACTIVE']);
    expect(heard()).toEqual([expect.stringMatching(/heard SUCCEEDED .*"Status":"ACTIVE"/)]);
    expect(measurements()).toEqual([0]);
    expect(stacks.rehearsal.aws.permissions!.denied).toEqual([]);
    expect(stacks.changingCalls().filter((call) => /Grant/.test(call))).toEqual(['CreateGrant', 'CreateGrantVersion']);
  });

  test('of an organization is activated in all of its accounts', async () => {
    await settle(Grantee.organization());
    expect(executions()).toEqual(['SUCCEEDED']);
    expect(stacks.grants().filter((grant) => grant.endsWith('ACTIVE')).length).toBeGreaterThan(3);
    expect(stacks.changingCalls().filter((call) => /Grant/.test(call))).toEqual(['CreateGrant', 'CreateGrantVersion']);
  });

  test('that settles while the deployment waits needs no execution', async () => {
    await start(2 * MINUTE);
    expect((await deploy({}, listen)).status).toBe('CREATE_COMPLETE');
    expect(executions()).toEqual([]);
    expect(measurements()).toEqual([0]);
    expect(stacks.rehearsal.aws.permissions!.denied).toEqual([]);
  });

  test('is given up with the reason, leaves the stack as it is, and is taken up again by a longer time', async () => {
    await start(3 * DAY);
    await deploy({}, listen);
    await stacks.rehearsal.pass(2.5 * DAY);
    expect(executions()).toEqual(['FAILED NotSettledInTime']);
    expect(heard()).toEqual([expect.stringMatching(/heard FAILED .*NotSettledInTime Grant arn:.*PENDING_WORKFLOW.*Next: deploy again with more time/)]);
    expect(measurements()).toEqual([1]);

    const result = await deploy({ completion: GrantCompletion.background({ giveUpAfter: Duration.days(4) }) }, listen);
    expect(result.status).toBe('UPDATE_COMPLETE');
    await stacks.rehearsal.pass(DAY);
    expect(executions()).toEqual(['FAILED NotSettledInTime', 'SUCCEEDED']);
    expect(measurements()).toEqual([1, 0]);
    expect(stacks.changingCalls().filter((call) => call === 'CreateGrant')).toHaveLength(1);
  });

  test('that License Manager does not activate fails with what to do', async () => {
    await start(2 * HOUR);
    // The account has a subscription of its own for this product.
    await deploy({ grantee: Grantee.account('444444444444'), licenseArn: LINUX_LICENSE }, listen);
    await stacks.rehearsal.pass(5 * HOUR);
    expect(executions()).toEqual(['FAILED SettlementFailed']);
    expect(heard()).toEqual([expect.stringContaining('ALL_GRANTS_PERMITTED_BY_ISSUER')]);
    expect(stacks.changingCalls().filter((call) => call === 'CreateGrantVersion')).toHaveLength(1);
  });

  test('is changed by an update that takes over, once', async () => {
    await start(6 * HOUR);
    await deploy({}, listen);
    await stacks.rehearsal.pass(HOUR);
    expect((await deploy({ grantName: 'Renamed' }, listen)).status).toBe('UPDATE_COMPLETE');
    expect(executions()).toEqual(['ABORTED Superseded', 'RUNNING']);
    await stacks.rehearsal.pass(DAY);
    expect(executions()).toEqual(['ABORTED Superseded', 'SUCCEEDED']);
    expect(heard()).toEqual([expect.stringContaining('heard SUCCEEDED')]);
    expect(stacks.rehearsal.aws.grants().filter(({ status }) => status === 'ACTIVE').map(({ name }) => name)).toContain('Renamed');
    expect(stacks.changingCalls().filter((call) => call === 'CreateGrantVersion')).toHaveLength(1);
  });

  test('that is not to go on in the background any more takes its workflow with it', async () => {
    await start(8 * MINUTE);
    await deploy();
    expect((await deploy({ completion: GrantCompletion.required() })).status).toBe('UPDATE_COMPLETE');
    expect(executions()).toEqual(['ABORTED Superseded']);
    expect(stacks.grants()).toEqual(['222222222222: Example Vulnerability Scanner, ACTIVE']);
  });

  test('is deleted with its stack, and no workflow runs', async () => {
    await start(6 * HOUR);
    await deploy({}, listen);
    await stacks.rehearsal.pass(HOUR);
    expect((await stacks.destroy('Grants')).status).toBe('DELETE_COMPLETE');
    expect(executions()).toEqual(['ABORTED Superseded']);
    expect(stacks.grants()).toEqual([]);
    expect(heard()).toEqual([]);
    expect(measurements()).toEqual([]);
    expect(stacks.rehearsal.aws.permissions!.denied).toEqual([]);
  });

  test('is deleted by the rollback of a creation, and no workflow runs', async () => {
    await start(6 * HOUR);
    const result = await deploy({}, (grant) => failAfter(grant));
    expect(result.status).toBe('ROLLBACK_COMPLETE');
    expect(executions()).toEqual(['ABORTED Superseded']);
    await stacks.rehearsal.pass(HOUR);
    expect(stacks.grants()).toEqual([]);
  });

  test('that somebody deletes meanwhile ends quietly, and is not made again', async () => {
    await start(6 * HOUR);
    await deploy({}, listen);
    const grantor = new LicenseAdministrator(stacks.rehearsal.aws.endpoint);
    const [{ grantArn }] = stacks.rehearsal.aws.grants().filter(({ status }) => status === 'PENDING_WORKFLOW');
    await grantor.delete(grantArn);
    await stacks.rehearsal.pass(DAY);
    expect(executions()).toEqual(['ABORTED Superseded']);
    expect(heard()).toEqual([]);
    expect(stacks.changingCalls().filter((call) => call === 'CreateGrant')).toHaveLength(1);
  });

  test('leaves CloudFormation\'s URL out of what the execution keeps', async () => {
    await start(6 * HOUR);
    await deploy();
    expect(stacks.rehearsal.aws.stateMachines.allExecutions.map(({ input }) => input)).toEqual([expect.not.stringContaining('ResponseURL')]);
  });

  test('is answered as failed, and rolled back, if no workflow can be started', async () => {
    await start(6 * HOUR);
    const result = await deploy({}, (_, stack) => {
      const [policy] = stack.node.findAll().filter((construct): construct is CfnPolicy => construct instanceof CfnPolicy);
      policy.addPropertyOverride('PolicyDocument.Statement.0.Action', ['states:ListExecutions']);
    });
    expect(result.status).toBe('ROLLBACK_COMPLETE');
    expect(reasonOf('CREATE_FAILED')).toContain('allow states:StartExecution on arn:aws:states:us-east-1:111111111111:stateMachine:');
    expect(stacks.grants()).toEqual([]);
  });

  test('that is replaced in the update that gives its workflow up leaves nothing', async () => {
    await start(2 * MINUTE);
    await deploy();
    expect((await deploy({ grantee: Grantee.account('333333333333'), completion: GrantCompletion.required() })).status).toBe('UPDATE_COMPLETE');
    await stacks.rehearsal.pass(10 * MINUTE);
    expect(stacks.grants()).toEqual(['333333333333: Example Vulnerability Scanner, ACTIVE']);
    expect((await stacks.destroy('Grants')).status).toBe('DELETE_COMPLETE');
  });

  test('that is replaced is settled first', async () => {
    await start(2 * MINUTE);
    await deploy();
    expect((await deploy({ grantee: Grantee.account('333333333333') })).status).toBe('UPDATE_COMPLETE');
    await stacks.rehearsal.pass(10 * MINUTE);
    expect(stacks.grants()).toEqual(['333333333333: Example Vulnerability Scanner, ACTIVE']);
  });
});

describe('a grant that is required for longer than a function runs', () => {
  const completion = GrantCompletion.required({ within: Duration.minutes(45) });

  test('is answered by the workflow when it is settled', async () => {
    await start(30 * MINUTE);
    expect((await deploy({ completion })).status).toBe('CREATE_COMPLETE');
    // The answer comes shortly before the end.
    await stacks.rehearsal.pass(MINUTE);
    expect(executions()).toEqual(['SUCCEEDED']);
    expect(stacks.grants()).toEqual(['222222222222: Example Vulnerability Scanner, ACTIVE']);
    expect((await stacks.destroy('Grants')).status).toBe('DELETE_COMPLETE');
    expect(stacks.rehearsal.aws.permissions!.denied).toEqual([]);
  });

  test('is answered with the reason when it is not, and rolled back', async () => {
    await start(DAY);
    expect((await deploy({ completion })).status).toBe('ROLLBACK_COMPLETE');
    expect(reasonOf('CREATE_FAILED')).toMatch(/PENDING_WORKFLOW.*not settled in time.*Next: deploy again with more time/);
    expect(executions()).toEqual(['FAILED NotSettledInTime']);
    await stacks.rehearsal.pass(2 * DAY);
    expect(stacks.grants()).toEqual([]);
  });

  test('may take the whole hour', async () => {
    await start(54 * MINUTE);
    expect((await deploy({ completion: GrantCompletion.required({ within: Duration.hours(1) }) })).status).toBe('CREATE_COMPLETE');
    await stacks.rehearsal.pass(MINUTE);
    expect(executions()).toEqual(['SUCCEEDED']);
  });
});

describe('on a bad day', () => {
  test.each([
    'throttling',
    'throttling@StartExecution,1-3',
    'throttling@DescribeExecution,1-3',
    'server-error@StopExecution,1',
    'stale-reads@30s',
    'function-killed-before@StartExecution,1',
    'function-killed-after@StartExecution,1',
    'function-killed-after@CreateGrantVersion,1',
    'connection-reset-after@StartExecution,1',
    'duplicate-event',
    'duplicate-event@2m',
  ])('a grant in the background settles, changes and goes with %s', async (fault) => {
    await start(2 * HOUR, { faults: [parseFault(fault)] });
    expect((await deploy()).status).toBe('CREATE_COMPLETE');
    await stacks.rehearsal.pass(20 * MINUTE);
    expect((await deploy({ grantName: 'Renamed' })).status).toBe('UPDATE_COMPLETE');
    await stacks.rehearsal.pass(DAY);
    expect(stacks.grants()).toEqual(['222222222222: Example Vulnerability Scanner, ACTIVE']);
    expect(executions().filter((execution) => execution === 'SUCCEEDED')).toHaveLength(1);
    expect(executions()).not.toContain('RUNNING');
    expect((await stacks.destroy('Grants')).status).toBe('DELETE_COMPLETE');
    expect(stacks.grants()).toEqual([]);
  });
});
