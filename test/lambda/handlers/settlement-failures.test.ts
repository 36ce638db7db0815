import type { LastTask, SettlementTask } from '../../../lambda/cloudformation/settlement/settlement';
import type { GrantProperties } from '../../../lib/grant/grant-properties';
import { ORGANIZATION_WITH_RENEWAL, RENEWED_LICENSE } from '../../support/renewed-license';
import { IN_BACKGROUND, REQUIRED, setUp } from '../support/handed-over';
import { GRANT_TYPE } from '../support/requests';
import { SettlementWorkflow } from '../support/settlement-workflow';
import { silentLog } from '../support/silent-log';
import { SimulatedStack } from '../support/simulated-stack';

/*
 * A workflow whose function dies: it is repeated, and when that does not help the workflow says so to everybody who waits to hear of it.
 */

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

const SAYS_SO = /the function that does it failed again and again, at last with Runtime\.ExitError \(.*signal: killed\)\. Next: look into the log/;

const log = silentLog();

let stack: SimulatedStack;
let workflow: SettlementWorkflow;

afterEach(async () => {
  await stack.stop();
});

async function start(accountDistribution: number, accountChange?: number): Promise<void> {
  const durations = { accountDistribution, ...(accountChange === undefined ? {} : { accountChange }) };
  stack = await SimulatedStack.start({ organization: setUp(ORGANIZATION_WITH_RENEWAL), workflow: durations });
  workflow = new SettlementWorkflow(stack);
}

async function deliver(properties: GrantProperties, update: { physicalId?: string; oldProperties?: GrantProperties } = {}): Promise<void> {
  await stack.deliver(update.physicalId === undefined ? 'Create' : 'Update', { type: GRANT_TYPE, properties, ...update });
}

function anyPass(task: SettlementTask | LastTask): boolean {
  return !('abandonedAfter' in task);
}

function measured(): number[] {
  return log().map((line) => JSON.parse(line) as { SettlementFailed?: number }).flatMap(({ SettlementFailed }) => SettlementFailed ?? []);
}

function grants(): string[] {
  return stack.aws.grants()
    .filter(({ grantorAccountId, status }) => grantorAccountId === '111111111111' && !['DELETED', 'PENDING_DELETE'].includes(status))
    .map(({ licenseArn, status }) => `${licenseArn.slice(-1)}: ${status}`)
    .sort();
}

describe('in the background', () => {
  test('a function that keeps dying ends the execution with what Lambda said and what to do, and is measured', async () => {
    await start(2 * HOUR);
    await deliver(IN_BACKGROUND);
    workflow.diesOf = anyPass;
    await stack.clock.sleep(12 * HOUR);
    expect(workflow.deaths).toBe(4 + 21);
    expect(workflow.executions).toEqual(['FAILED FunctionFailed']);
    expect(stack.aws.stateMachines.allExecutions[0].cause).toMatch(SAYS_SO);
    expect(measured()).toEqual([1]);
    expect(stack.answers).toHaveLength(1);
    expect(stack.changingCalls()).toEqual(['CreateGrant', 'StartExecution']);
    expect(grants()).toEqual(['1: DISABLED']);
  });

  test('a function that is back after two hours goes on with the grant', async () => {
    await start(MINUTE);
    await deliver(IN_BACKGROUND);
    const isBackAt = stack.clock.now() + 2 * HOUR;
    workflow.diesOf = () => stack.aws.clock.now().getTime() < isBackAt;
    await stack.clock.sleep(5 * HOUR);
    expect(workflow.executions).toEqual(['SUCCEEDED']);
    expect(workflow.deaths).toBeGreaterThan(4);
    expect(measured()).toEqual([0]);
    expect(grants()).toEqual(['1: ACTIVE']);
  });

  test('a function that dies of the last task, too, is called again until it has said so', async () => {
    await start(2 * HOUR);
    await deliver(IN_BACKGROUND);
    workflow.diesOf = (task) => anyPass(task) || workflow.deaths < 4 + 21 + 3;
    await stack.clock.sleep(12 * HOUR);
    expect(workflow.deaths).toBe(4 + 21 + 3);
    expect(workflow.executions).toEqual(['FAILED FunctionFailed']);
    expect(measured()).toEqual([1]);
  });

  test('the old grant is active again if the function dies while a new one takes its place', async () => {
    await startReplacement();
    workflow.diesOf = anyPass;
    while (workflow.executions[1] === 'RUNNING' && workflow.deaths < 4 + 21) {
      await stack.clock.sleep(SECOND);
    }
    workflow.diesOf = () => false;
    await stack.clock.sleep(2 * HOUR);
    expect(workflow.executions).toEqual(['SUCCEEDED', 'FAILED FunctionFailed']);
    expect(stack.aws.stateMachines.allExecutions[1].cause).toMatch(SAYS_SO);
    expect(grants()).toEqual(['1: ACTIVE', '4: DISABLED']);
    expect(measured()).toEqual([0, 1]);
  });
});

test('an end that cannot be wound up is told all the same: nobody comes after it', async () => {
  await startReplacement();
  workflow.diesOf = () => true;
  const { settlement } = workflow.passes.at(-1)!.task;
  const before = stack.aws.calls.length;
  const result = await stack.goOn({
    settlement: { ...settlement, request: { ...settlement.request, OldResourceProperties: undefined } },
    abandonedAfter: { Error: 'Lambda.Unknown', Cause: '' },
  });
  expect(result).toEqual({
    outcome: 'FAILED', error: 'FunctionFailed', cause: expect.stringMatching(/at last with Lambda\.Unknown; winding up failed as well: .* Next: look into the log/),
  });
  expect(measured()).toEqual([0, 1]);
  expect(stack.changingCalls(before)).toEqual([]);
});

/** Until the old grant is deactivated and the new one is not yet active. */
async function startReplacement(): Promise<void> {
  await start(MINUTE, 10 * MINUTE);
  await deliver(IN_BACKGROUND);
  await stack.clock.sleep(HOUR);
  expect(grants()).toEqual(['1: ACTIVE']);
  const { PhysicalResourceId: physicalId } = stack.answers[0];
  await deliver({ ...IN_BACKGROUND, LicenseArn: RENEWED_LICENSE }, { physicalId, oldProperties: IN_BACKGROUND });
  while (!grants().includes('1: DISABLED')) {
    await stack.clock.sleep(SECOND);
  }
}

describe('while CloudFormation waits', () => {
  test('it is answered once, in time, also if the function begins to die with the last pass', async () => {
    await start(48 * HOUR);
    const began = stack.clock.now();
    await deliver(REQUIRED);
    const giveUpAt = began + Number(REQUIRED.Workflow!.GiveUpAfterSeconds) * SECOND;
    workflow.diesOf = (task) => anyPass(task) && stack.aws.clock.now().getTime() >= giveUpAt;
    await stack.clock.sleep(HOUR);
    expect(workflow.deaths).toBe(4);
    expect(stack.answers).toEqual([expect.objectContaining({
      Status: 'FAILED', PhysicalResourceId: workflow.passes[0].task.settlement.grantArn, Reason: expect.stringMatching(SAYS_SO),
    })]);
    const [execution] = stack.aws.stateMachines.allExecutions;
    expect(execution).toMatchObject({ status: 'FAILED', error: 'FunctionFailed' });
    // CloudFormation waits for three minutes more (lib/provider/service-timeout.ts).
    expect(execution.stopDate!.getTime() - giveUpAt).toBeLessThanOrEqual(170 * SECOND);
    expect(measured()).toEqual([1]);
  });

  test('it is answered once, in time, also if the function dies all the time until then', async () => {
    await start(30 * MINUTE);
    const began = stack.clock.now();
    await deliver(REQUIRED);
    const giveUpAt = began + Number(REQUIRED.Workflow!.GiveUpAfterSeconds) * SECOND;
    workflow.diesOf = () => stack.aws.clock.now().getTime() < giveUpAt;
    await stack.clock.sleep(2 * HOUR);
    expect(stack.answers).toEqual([expect.objectContaining({ Status: 'FAILED', Reason: expect.stringMatching(SAYS_SO) })]);
    expect(stack.aws.stateMachines.allExecutions[0].stopDate!.getTime() - giveUpAt).toBeLessThanOrEqual(170 * SECOND);
  });

  test('a function that is back after ten minutes goes on, as there is time left', async () => {
    await start(20 * MINUTE);
    await deliver(REQUIRED);
    const isBackAt = stack.clock.now() + 10 * MINUTE;
    workflow.diesOf = () => stack.aws.clock.now().getTime() < isBackAt;
    await stack.clock.sleep(HOUR);
    expect(workflow.executions).toEqual(['SUCCEEDED']);
    expect(workflow.deaths).toBeGreaterThan(4);
    expect(stack.answers).toEqual([expect.objectContaining({ Status: 'SUCCESS', Data: expect.objectContaining({ Status: 'ACTIVE' }) })]);
    expect(measured()).toEqual([0]);
  });

  test('a function that dies three times goes on as if nothing had been', async () => {
    await start(30 * MINUTE);
    await deliver(REQUIRED);
    workflow.diesOf = () => workflow.deaths < 3;
    await stack.clock.sleep(HOUR);
    expect(workflow.executions).toEqual(['SUCCEEDED']);
    expect(stack.answers).toEqual([expect.objectContaining({ Status: 'SUCCESS', Data: expect.objectContaining({ Status: 'ACTIVE' }) })]);
    expect(measured()).toEqual([0]);
  });
});
