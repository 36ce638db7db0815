import type { Settlement } from '../../../lambda/cloudformation/settlement/settlement';
import type { GrantProperties } from '../../../lib/grant/grant-properties';
import { parseFault } from '../../../simulator/faults/parse-fault';
import { LicenseAdministrator } from '../../support/license-administrator';
import { CONSOLIDATED_BILLING } from '../support/consolidated-billing';
import { IN_BACKGROUND, REQUIRED, setUp, STATE_MACHINE_ARN } from '../support/handed-over';
import { GRANT_TYPE } from '../support/requests';
import { SettlementWorkflow } from '../support/settlement-workflow';
import { silentLog } from '../support/silent-log';
import { EXAMPLE, SimulatedStack } from '../support/simulated-stack';
import type { Answer, SimulatedStackOptions } from '../support/simulated-stack';
import { updateGrant } from '../support/updates';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** What the URL of an answer must not be without, and what nobody else may read. */
const SIGNATURE = 'X-Amz-Signature';

const log = silentLog();

let stack: SimulatedStack;
let workflow: SettlementWorkflow;

afterEach(async () => {
  await stack.stop();
});

/** License Manager takes that long to distribute a grant. */
async function start(accountDistribution: number, { workflow: durations, ...options }: SimulatedStackOptions = {}): Promise<void> {
  stack = await SimulatedStack.start({ organization: setUp(EXAMPLE), workflow: { accountDistribution, ...durations }, ...options });
  workflow = new SettlementWorkflow(stack);
}

async function create(properties: GrantProperties, requestId = 'creation'): Promise<Answer> {
  return stack.create({ type: GRANT_TYPE, properties, requestId });
}

async function createRequired(): Promise<void> {
  await stack.deliver('Create', { type: GRANT_TYPE, properties: REQUIRED, requestId: 'creation' });
}

async function update({ PhysicalResourceId: physicalId }: Answer, changes: Partial<GrantProperties>, requestId = 'update'): Promise<Answer> {
  return stack.update({ type: GRANT_TYPE, physicalId, oldProperties: IN_BACKGROUND, properties: { ...IN_BACKGROUND, ...changes }, requestId });
}

async function remove({ PhysicalResourceId: physicalId }: Answer): Promise<Answer> {
  return stack.delete({ type: GRANT_TYPE, physicalId, properties: IN_BACKGROUND, requestId: 'deletion' });
}

function startRequests(): { stateMachineArn: string; name: string; input: string }[] {
  return stack.callsOf('StartExecution').map(({ request }) => request as { stateMachineArn: string; name: string; input: string });
}

function pauses(): number[] {
  return workflow.passes.map(({ task }) => task.pauseSeconds);
}

function grants(): string[] {
  return stack.aws.grants()
    .filter(({ grantorAccountId, status }) => grantorAccountId === '111111111111' && !['DELETED', 'PENDING_DELETE'].includes(status))
    .map(({ name, status, version }) => `${name} ${status} ${version}`);
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) {
    await stack.clock.sleep(SECOND);
  }
}

describe('the deployment', () => {
  test('hands over what is known of the request and the grant, without the URL that nobody waits at', async () => {
    await start(2 * HOUR);
    const began = stack.clock.now();
    const answer = await create(IN_BACKGROUND);
    expect(answer).toMatchObject({ Status: 'SUCCESS', Data: { Status: 'PENDING_WORKFLOW', GrantName: 'linux-for-payments' } });

    const [{ stateMachineArn, name, input }, ...others] = startRequests();
    expect({ stateMachineArn, name, others }).toEqual({
      stateMachineArn: STATE_MACHINE_ARN, name: expect.stringMatching(/^LinuxForPayments-[0-9a-f]{12}-[0-9a-f]{24}$/), others: [],
    });
    expect(JSON.parse(input)).toEqual({
      pauseSeconds: 60,
      settlement: {
        request: {
          RequestType: 'Create',
          RequestId: 'creation',
          StackId: stack.stackId,
          ResourceType: GRANT_TYPE,
          LogicalResourceId: 'LinuxForPayments',
          ResourceProperties: IN_BACKGROUND,
        },
        executionArn: `${STATE_MACHINE_ARN.replace('stateMachine', 'execution')}:${name}`,
        grantArn: answer.PhysicalResourceId,
        giveUpAt: began + 86_400 * SECOND,
        passes: 0,
        progress: expect.objectContaining({ creations: 1, created: true, submitted: [], attempts: [] }),
      } satisfies Settlement,
    });
    expect(stack.changingCalls()).toEqual(['CreateGrant', 'StartExecution']);
    expect(log().join()).not.toContain(SIGNATURE);
  });

  test('hands over the URL where the workflow answers, and leaves the answer to it', async () => {
    await start(30 * MINUTE);
    await createRequired();
    expect(stack.answers).toEqual([]);
    expect(workflow.handedOver).toMatchObject({ pauseSeconds: 30, settlement: { request: { ResponseURL: stack.bucket.url('creation') } } });
    expect(stack.changingCalls()).toEqual(['CreateGrant', 'StartExecution']);
    expect(log().join()).not.toContain(SIGNATURE);
  });

  test('names a grant that it adopts while that is pending as people did, if no name is declared', async () => {
    await start(2 * HOUR);
    const made = await new LicenseAdministrator(stack.aws.endpoint).grant('arn:aws:iam::222222222222:root', { name: 'by hand' });
    expect(await create({ ...IN_BACKGROUND, ExistingGrant: 'ADOPT', KeepsExistingName: 'true' })).toMatchObject({
      Status: 'SUCCESS', PhysicalResourceId: made, Data: { GrantName: 'by hand', Status: 'PENDING_WORKFLOW' },
    });
  });

  test('asks nothing of Step Functions for a grant that is settled in its time', async () => {
    await start(30 * SECOND, { workflow: { accountChange: 10 * SECOND } });
    expect(await create(IN_BACKGROUND)).toMatchObject({ Status: 'SUCCESS', Data: { Status: 'ACTIVE' } });
    expect(stack.aws.calls.filter(({ service }) => service === 'states')).toEqual([]);
  });

  test('that is delivered twice starts one execution', async () => {
    await start(2 * HOUR);
    const [first, second] = [await create(IN_BACKGROUND), await create(IN_BACKGROUND)];
    expect(second.PhysicalResourceId).toBe(first.PhysicalResourceId);
    expect(new Set(startRequests().map(({ name }) => name)).size).toBe(1);
    expect(workflow.executions).toEqual(['RUNNING']);

    await stack.clock.sleep(4 * HOUR);
    expect(workflow.executions).toEqual(['SUCCEEDED']);
    expect(stack.callsOf('CreateGrant')).toHaveLength(1);
    expect(stack.callsOf('CreateGrantVersion')).toHaveLength(1);
    expect(stack.callsOf('StopExecution')).toEqual([]);
  });

  test('of an update that is delivered twice does not stop what it has started itself', async () => {
    await start(2 * HOUR);
    const created = await create(IN_BACKGROUND);
    await update(created, { GrantName: 'Renamed' });
    await update(created, { GrantName: 'Renamed' });
    expect(workflow.executions).toEqual(['ABORTED Superseded', 'RUNNING']);
    expect(stack.callsOf('StopExecution')).toHaveLength(1);
  });
});

describe('the passes', () => {
  test('settle a grant in the background, with pauses that grow, and tell nobody but the execution', async () => {
    await start(2 * HOUR);
    const answer = await create(IN_BACKGROUND);
    await stack.clock.sleep(4 * HOUR);

    expect(pauses()).toEqual([60, 120, 240, 480, ...Array(pauses().length - 4).fill(900)]);
    expect(workflow.passes.map(({ task }) => task.settlement.passes)).toEqual(pauses().map((_, index) => index));
    expect(workflow.lastExecution).toMatchObject({ status: 'SUCCEEDED' });
    expect(JSON.parse(workflow.lastExecution.output!)).toMatchObject({ outcome: 'SETTLED', GrantArn: answer.PhysicalResourceId, Status: 'ACTIVE' });
    expect(stack.answers).toEqual([answer]);
    expect(stack.changingCalls()).toEqual(['CreateGrant', 'StartExecution', 'CreateGrantVersion']);
    expect(grants()).toEqual(['linux-for-payments ACTIVE 2']);
  });

  test('answer CloudFormation once where it waits, when the grant is settled', async () => {
    await start(30 * MINUTE);
    await createRequired();
    await stack.clock.sleep(HOUR);

    expect(pauses()).toEqual([30, ...Array(pauses().length - 1).fill(60)]);
    const { grantArn } = workflow.passes[0].task.settlement;
    expect(stack.answers).toEqual([{
      Status: 'SUCCESS',
      RequestId: 'creation',
      StackId: stack.stackId,
      LogicalResourceId: 'LinuxForPayments',
      PhysicalResourceId: grantArn,
      Data: expect.objectContaining({ GrantArn: grantArn, Status: 'ACTIVE' }),
    }]);
    expect(workflow.lastExecution).toMatchObject({ status: 'SUCCEEDED', output: expect.not.stringContaining(SIGNATURE) });
    expect(log().join()).not.toContain(SIGNATURE);
  });

  test('ask whether their execution still runs before they change a grant, and not while they only look', async () => {
    await start(2 * HOUR);
    await create(IN_BACKGROUND);
    await stack.clock.sleep(4 * HOUR);
    const calls = stack.aws.calls;
    const asked = calls.findIndex(({ operation }) => operation === 'DescribeExecution');
    expect(calls[asked].request).toEqual({ executionArn: workflow.handedOver.settlement.executionArn });
    expect(calls[asked + 1].operation).toBe('CreateGrantVersion');
    expect(stack.callsOf('DescribeExecution')).toHaveLength(1);
  });

  test('do not activate again what stays disabled, however many there are', async () => {
    // A pass ends before the activation does.
    await start(2 * MINUTE, { workflow: { accountChange: 10 * MINUTE } });
    await create({ ...IN_BACKGROUND, Grantee: { Kind: 'ACCOUNT', Identifier: '444444444444' } });
    await stack.clock.sleep(4 * HOUR);
    expect(workflow.executions).toEqual(['FAILED SettlementFailed']);
    expect(workflow.lastExecution.cause).toMatch(/stays DISABLED.*ALL_GRANTS_PERMITTED_BY_ISSUER/);
    expect(stack.callsOf('CreateGrantVersion')).toHaveLength(1);
  });
});

describe('what is not settled in time', () => {
  test.each([
    ['an update fails', 'UPDATE_IN_PROGRESS', 'FAILED', /^.*not settled in time/],
    ['a rollback leaves it as it is and succeeds', 'UPDATE_ROLLBACK_IN_PROGRESS', 'SUCCESS', /^the grant stays PENDING_ACCEPT: .*not settled in time/],
  ] as const)('is up to the grantee, and %s', async (_, stackStatus, status, reason) => {
    await start(0, { organization: CONSOLIDATED_BILLING });
    const { PhysicalResourceId: physicalId } = await create(IN_BACKGROUND);
    expect(await updateGrant(stack, { physicalId, from: IN_BACKGROUND, to: REQUIRED, stackStatus })).toMatchObject({
      Status: status, PhysicalResourceId: physicalId, Reason: expect.stringMatching(reason),
    });
    await stack.clock.sleep(HOUR);
    expect(stack.answers).toHaveLength(2);
    expect(workflow.executions).toEqual(['ABORTED Superseded', 'FAILED NotSettledInTime']);
  });

  test('is given up in the background, at the time and with what to do', async () => {
    await start(48 * HOUR);
    const answer = await create(IN_BACKGROUND);
    await stack.clock.sleep(25 * HOUR);
    const { giveUpAt } = workflow.handedOver.settlement;
    expect(workflow.lastExecution).toMatchObject({
      status: 'FAILED', error: 'NotSettledInTime', cause: expect.stringMatching(/PENDING_WORKFLOW.*not settled in time.*Next: deploy again with more time/),
    });
    expect(workflow.lastExecution.stopDate!.getTime() - giveUpAt).toBeGreaterThanOrEqual(0);
    expect(workflow.lastExecution.stopDate!.getTime() - giveUpAt).toBeLessThanOrEqual(30 * SECOND);
    expect(stack.answers).toEqual([answer]);
    expect(stack.changingCalls()).toEqual(['CreateGrant', 'StartExecution']);
  });

  test('is answered as failed where CloudFormation waits, once and with the grant to delete', async () => {
    await start(48 * HOUR);
    await createRequired();
    await stack.clock.sleep(2 * HOUR);
    const { grantArn } = workflow.handedOver.settlement;
    expect(stack.answers).toEqual([expect.objectContaining({
      Status: 'FAILED', RequestId: 'creation', PhysicalResourceId: grantArn, Reason: expect.stringMatching(/not settled in time.*Next: deploy again with more time/),
    })]);
    expect(workflow.executions).toEqual(['FAILED NotSettledInTime']);

    expect(await remove(stack.answers[0])).toMatchObject({ Status: 'SUCCESS' });
    expect(grants()).toEqual([]);
  });
});

describe('a newer request', () => {
  test('that updates the grant stops the execution first, waits for its last call, and goes on alone', async () => {
    await start(2 * HOUR);
    const created = await create(IN_BACKGROUND);
    const before = stack.aws.calls.length;
    await update(created, { GrantName: 'Renamed' });
    expect(stack.calls(before).slice(0, 3)).toEqual(['DescribeStacks', 'ListExecutions', 'StopExecution']);
    expect(stack.lastRequest('StopExecution')).toMatchObject({ error: 'Superseded', cause: expect.stringContaining('update (Update)') });
    const [stopped, next] = stack.aws.calls.slice(before + 2);
    // A connection and an answer of 25 seconds, and 5 of lag.
    expect(next.time.getTime() - stopped.time.getTime()).toBe(30 * SECOND);

    await stack.clock.sleep(4 * HOUR);
    expect(workflow.executions).toEqual(['ABORTED Superseded', 'SUCCEEDED']);
    expect(stack.callsOf('CreateGrantVersion')).toHaveLength(1);
    expect(grants()).toEqual(['Renamed ACTIVE 2']);
    expect(workflow.handedOver.settlement).toMatchObject({ request: { RequestType: 'Update', OldResourceProperties: IN_BACKGROUND }, giveUpAt: expect.any(Number) });
  });

  test('stops it also if the construct has another path since, and its executions other names', async () => {
    await start(2 * HOUR);
    const created = await create(IN_BACKGROUND);
    await update(created, { Workflow: { ...IN_BACKGROUND.Workflow!, ExecutionNamePrefix: 'Moved-LinuxForPayments-' } });
    await stack.clock.sleep(4 * HOUR);
    expect(workflow.executions).toEqual(['ABORTED Superseded', 'SUCCEEDED']);
  });

  test('that deletes the grant is the last to change it, also while a pass is under way', async () => {
    // While the first pass looks at the grant, the distribution ends, and the pass would activate it.
    await start(2 * MINUTE);
    const created = await create(IN_BACKGROUND);
    await until(() => stack.callsOf('GetGrant').some(({ time }) => time > workflow.lastExecution.startDate));
    expect(workflow.passes).toEqual([]);
    expect(await remove(created)).toMatchObject({ Status: 'SUCCESS' });
    await stack.clock.sleep(HOUR);

    expect(workflow.passes.map(({ result }) => result)).toEqual([expect.objectContaining({ outcome: 'FAILED', error: 'Superseded' })]);
    expect(stack.changingCalls()).toEqual(['CreateGrant', 'StartExecution', 'StopExecution', 'DeleteGrant']);
    expect(workflow.executions).toEqual(['ABORTED Superseded']);
    expect(grants()).toEqual([]);
  });

  test('leaves nothing to do for a pass that comes late, and nothing to answer', async () => {
    await start(2 * MINUTE);
    await createRequired();
    stack.aws.stateMachines.abort(workflow.handedOver.settlement.executionArn, { error: 'Superseded' });
    await stack.clock.sleep(10 * MINUTE);
    const before = stack.aws.calls.length;
    const late = stack.goOn(workflow.handedOver);
    await stack.clock.sleep(10 * MINUTE);
    expect(await late).toMatchObject({ outcome: 'FAILED', error: 'Superseded' });
    expect(stack.calls(before)).toContain('DescribeExecution');
    expect(stack.changingCalls(before)).toEqual([]);
    expect(stack.answers).toEqual([]);
    expect(grants()).toEqual(['linux-for-payments DISABLED 1']);
  });
});

describe('a grant that somebody else deletes meanwhile', () => {
  async function deleteByHand(): Promise<void> {
    await new LicenseAdministrator(stack.aws.endpoint).delete(workflow.handedOver.settlement.grantArn);
    await stack.clock.sleep(2 * HOUR);
  }

  test('is not made again in the background: the workflow stops itself, and is neither settled nor failed', async () => {
    await start(2 * HOUR);
    const answer = await create(IN_BACKGROUND);
    await deleteByHand();
    expect(workflow.executions).toEqual(['ABORTED Superseded']);
    expect(stack.changingCalls()).toEqual(['CreateGrant', 'StartExecution', 'DeleteGrant', 'StopExecution']);
    expect(stack.lastRequest('StopExecution')).toMatchObject({ cause: expect.stringContaining('the grant was deleted before it was what the app asks for') });
    expect(stack.answers).toEqual([answer]);
    expect(log().filter((line) => line.includes('SettlementFailed'))).toEqual([]);
  });

  test('is answered as failed where CloudFormation waits', async () => {
    await start(2 * HOUR);
    await createRequired();
    await deleteByHand();
    expect(workflow.executions).toEqual(['FAILED SettlementFailed']);
    expect(stack.answers).toEqual([expect.objectContaining({ Status: 'FAILED', Reason: expect.stringContaining('find out who deleted it') })]);
    expect(stack.changingCalls()).toEqual(['CreateGrant', 'StartExecution', 'DeleteGrant']);
  });
});

describe('on a bad day', () => {
  test('a pass that is throttled until its end leaves the rest to the next one', async () => {
    await start(2 * MINUTE, { faults: [parseFault('throttling@CreateGrantVersion,1-8')] });
    await create(IN_BACKGROUND);
    await stack.clock.sleep(2 * HOUR);
    const outcomes = workflow.passes.map(({ result }) => result.outcome);
    expect(outcomes).toEqual([...Array(outcomes.length - 1).fill('PENDING'), 'SETTLED']);
    expect(stack.callsOf('CreateGrantVersion').filter(({ error }) => error === undefined)).toHaveLength(1);
    expect(new Set(stack.callsOf('CreateGrantVersion').map(({ request }) => JSON.stringify(request))).size).toBe(1);
    expect(grants()).toEqual(['linux-for-payments ACTIVE 2']);
  });

  test('a grant whose passes are throttled for all of the time is given up with what was said', async () => {
    await start(2 * MINUTE, { faults: [parseFault('throttling@CreateGrantVersion,100%')] });
    await createRequired();
    await stack.clock.sleep(2 * HOUR);
    expect(workflow.executions).toEqual(['FAILED NotSettledInTime']);
    expect(stack.answers).toEqual([expect.objectContaining({ Status: 'FAILED', Reason: expect.stringMatching(/CreateGrantVersion on .* failed: .*RateLimit.*Next: the call was repeated/) })]);
  });

  test('a pass that nobody heard of is repeated as it was, and what it has changed is not changed again', async () => {
    // The repeated pass sees the grant as it was before the first one.
    await start(2 * MINUTE, { faults: [parseFault('stale-reads@license-manager,5m')], workflow: { accountChange: SECOND } });
    await create(IN_BACKGROUND);
    await until(() => stack.callsOf('CreateGrantVersion').length > 0);
    workflow.passesToLose = 1;
    await stack.clock.sleep(HOUR);
    const tokens = stack.callsOf('CreateGrantVersion').map(({ request }) => (request as { ClientToken: string }).ClientToken);
    expect(tokens.length).toBeGreaterThan(1);
    expect(new Set(tokens).size).toBe(1);
    expect(workflow.executions).toEqual(['SUCCEEDED']);
    expect(grants()).toEqual(['linux-for-payments ACTIVE 2']);
  });

  test('an answer that is lost with its pass is given again, and is the same', async () => {
    await start(2 * MINUTE, { workflow: { accountChange: SECOND } });
    await createRequired();
    await until(() => stack.callsOf('CreateGrantVersion').length > 0);
    workflow.passesToLose = 1;
    await stack.clock.sleep(HOUR);
    expect(stack.answers).toHaveLength(2);
    expect(stack.answers[1]).toEqual(stack.answers[0]);
    expect(workflow.executions).toEqual(['SUCCEEDED']);
    expect(stack.callsOf('CreateGrantVersion')).toHaveLength(1);
  });
});
