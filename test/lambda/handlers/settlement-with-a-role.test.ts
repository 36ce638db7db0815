import type { GrantProperties } from '../../../lib/grant/grant-properties';
import { CONSOLIDATED_BILLING } from '../support/consolidated-billing';
import { IN_BACKGROUND, REQUIRED } from '../support/handed-over';
import { MEMBER_ROLE_ARN, memberRole } from '../support/member-role';
import { GRANT_TYPE } from '../support/requests';
import { SettlementWorkflow } from '../support/settlement-workflow';
import { silentLog } from '../support/silent-log';
import { SimulatedStack } from '../support/simulated-stack';
import type { Answer, SimulatedStackOptions } from '../support/simulated-stack';

/*
 * The workflow accepts a grant with a role in the account of its grantee, which may be gone by then, and back later.
 */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const Acceptance = { Mode: 'ASSUMING_ROLE', RoleArn: MEMBER_ROLE_ARN } as const;

const LIFE = ['AssumeRole', 'CreateGrant', 'StartExecution', 'AssumeRole', 'AcceptGrant', 'CreateGrantVersion'];

silentLog();

let stack: SimulatedStack;
let workflow: SettlementWorkflow;

afterEach(async () => {
  await stack.stop();
});

/** License Manager takes that long to distribute a grant. */
async function start(accountDistribution: number, { workflow: durations, ...options }: SimulatedStackOptions = {}): Promise<void> {
  stack = await SimulatedStack.start({ organization: CONSOLIDATED_BILLING, workflow: { accountDistribution, ...durations }, ...options });
  workflow = new SettlementWorkflow(stack);
}

async function startWithRole(accountDistribution: number, options: SimulatedStackOptions = {}): Promise<void> {
  await start(accountDistribution, options);
  putMemberRole();
}

function putMemberRole(): void {
  stack.aws.roles.put(memberRole());
}

function removeMemberRole(): void {
  stack.aws.roles.remove('222222222222', 'EntitlementsMember');
}

async function create(properties: GrantProperties): Promise<Answer> {
  return stack.create({ type: GRANT_TYPE, properties });
}

describe('a grant that is accepted with a role', () => {
  test('is accepted by the pass that finds it distributed, and no other one needs the role', async () => {
    await startWithRole(2 * HOUR);
    await create({ ...IN_BACKGROUND, Acceptance });
    await stack.clock.sleep(4 * HOUR);
    expect(workflow.executions).toEqual(['SUCCEEDED']);
    expect(stack.changingCalls()).toEqual(LIFE);
    expect(stack.callsOf('AcceptGrant').map(({ accountId }) => accountId)).toEqual(['222222222222']);
    expect(stack.callsOf('CreateGrantVersion').map(({ accountId }) => accountId)).toEqual(['111111111111']);
    expect(stack.aws.grants()).toContainEqual(expect.objectContaining({ name: 'linux-for-payments', status: 'ACTIVE', version: '2' }));
  });

  test('is accepted by a pass also where CloudFormation waits for its answer', async () => {
    await startWithRole(30 * MINUTE);
    await stack.deliver('Create', { type: GRANT_TYPE, properties: { ...REQUIRED, Acceptance } });
    await stack.clock.sleep(HOUR);
    expect(stack.answers).toEqual([expect.objectContaining({ Status: 'SUCCESS', Data: expect.objectContaining({ Status: 'ACTIVE' }) })]);
    expect(stack.changingCalls()).toEqual(LIFE);
  });

  test('is accepted once if the acceptance takes longer than a pass', async () => {
    await startWithRole(2 * HOUR, { variants: { acceptance: 'by-workflow' }, workflow: { accountChange: 10 * MINUTE } });
    await create({ ...IN_BACKGROUND, Acceptance });
    await stack.clock.sleep(6 * HOUR);
    expect(workflow.executions).toEqual(['SUCCEEDED']);
    expect(stack.callsOf('AcceptGrant')).toHaveLength(1);
  });

  test('is not accepted by a pass that comes late', async () => {
    await startWithRole(2 * HOUR);
    await create({ ...IN_BACKGROUND, Acceptance });
    stack.aws.stateMachines.abort(workflow.handedOver.settlement.executionArn, { error: 'Superseded' });
    await stack.clock.sleep(3 * HOUR);
    const before = stack.aws.calls.length;
    const late = stack.goOn(workflow.handedOver);
    await stack.clock.sleep(MINUTE);
    expect(await late).toMatchObject({ outcome: 'FAILED', error: 'Superseded' });
    expect(stack.changingCalls(before)).toEqual(['AssumeRole']);
  });

  test('is neither made nor handed over while the role is not there', async () => {
    await start(2 * HOUR);
    expect(await create({ ...IN_BACKGROUND, Acceptance })).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('check that the role exists') });
    expect(stack.changingCalls().filter((call) => !call.startsWith('AssumeRole'))).toEqual([]);
  });

  test('is accepted if the role is gone meanwhile, and back in time', async () => {
    await startWithRole(2 * HOUR);
    await create({ ...IN_BACKGROUND, Acceptance });
    removeMemberRole();
    await stack.clock.sleep(HOUR);
    putMemberRole();
    await stack.clock.sleep(4 * HOUR);
    expect(workflow.executions).toEqual(['SUCCEEDED']);
    expect(stack.changingCalls()).toEqual(LIFE);
  });

  test('is accepted as soon as the role is back, if that was gone when it was needed', async () => {
    await startWithRole(2 * HOUR);
    await create({ ...IN_BACKGROUND, Acceptance });
    removeMemberRole();
    await stack.clock.sleep(3 * HOUR);
    expect(stack.callsOf('AcceptGrant')).toEqual([]);
    putMemberRole();
    await stack.clock.sleep(HOUR);
    expect(workflow.executions).toEqual(['SUCCEEDED']);
    expect(stack.callsOf('AcceptGrant')).toHaveLength(1);
  });

  test('is given up with the role as the reason, if that does not come back in time; the next deployment accepts it', async () => {
    await startWithRole(2 * HOUR);
    const Workflow = { ...IN_BACKGROUND.Workflow!, GiveUpAfterSeconds: '10800' };
    const created = await create({ ...IN_BACKGROUND, Workflow, Acceptance });
    removeMemberRole();
    await stack.clock.sleep(4 * HOUR);
    expect(workflow.executions).toEqual(['FAILED NotSettledInTime']);
    expect(workflow.lastExecution.cause).toMatch(/Assuming the role .*EntitlementsMember.* failed/);
    putMemberRole();
    const properties = { ...IN_BACKGROUND, Acceptance, RepairTrigger: '2' };
    expect(await stack.update({ type: GRANT_TYPE, physicalId: created.PhysicalResourceId, oldProperties: IN_BACKGROUND, properties })).toMatchObject({
      Status: 'SUCCESS', Data: { Status: 'ACTIVE' },
    });
    expect(stack.callsOf('AcceptGrant')).toHaveLength(1);
  });
});
