import type { GrantProperties, RemovalMode } from '../../../lib/grant/grant-properties';
import { LicenseAdministrator } from '../../support/license-administrator';
import { IN_BACKGROUND, REQUIRED, setUp, STATE_MACHINE_ARN } from '../support/handed-over';
import { GRANT_TYPE } from '../support/requests';
import { SettlementWorkflow } from '../support/settlement-workflow';
import { silentLog } from '../support/silent-log';
import { EXAMPLE, SimulatedStack } from '../support/simulated-stack';
import type { Answer } from '../support/simulated-stack';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** One account of the example organization has another license of the product, and keeps it. */
const TO_ALL_OR_NONE: Partial<GrantProperties> = { Grantee: { Kind: 'ORGANIZATION' }, Activation: { Mode: 'ACTIVE', OnConflict: 'FAIL' } };

silentLog();

let stack: SimulatedStack;
let settlements: SettlementWorkflow;
let people: LicenseAdministrator;

afterEach(async () => {
  await stack.stop();
});

/** License Manager takes that long to distribute a grant. */
async function start(distribution = 2 * HOUR): Promise<void> {
  const workflow = { accountDistribution: distribution, organizationDistribution: distribution };
  stack = await SimulatedStack.start({ organization: setUp(EXAMPLE), workflow });
  settlements = new SettlementWorkflow(stack);
  people = new LicenseAdministrator(stack.aws.endpoint);
}

async function create(properties: GrantProperties): Promise<Answer> {
  return stack.create({ type: GRANT_TYPE, properties });
}

async function endStack(physicalId: string, properties: GrantProperties): Promise<void> {
  expect(await stack.delete({ type: GRANT_TYPE, physicalId, properties })).toMatchObject({ Status: 'SUCCESS' });
}

function statusesUnder(parent: string): string[] {
  return stack.aws.grants().filter(({ parentArn }) => parentArn === parent).map(({ status }) => status);
}

describe('a grant that its workflow has brought to all accounts but one', () => {
  async function giveUp(Removal: RemovalMode): Promise<{ physicalId: string; properties: GrantProperties }> {
    await start();
    const properties = { ...IN_BACKGROUND, ...TO_ALL_OR_NONE, Removal };
    const { PhysicalResourceId: physicalId } = await create(properties);
    await stack.clock.sleep(30 * HOUR);
    expect(settlements.executions).toEqual(['FAILED SettlementFailed']);
    expect(statusesUnder(physicalId)).toEqual(expect.arrayContaining(['ACTIVE', 'DISABLED']));
    return { physicalId, properties };
  }

  test('stays as it is and belongs to nobody, if it is to be left', async () => {
    const { physicalId, properties } = await giveUp('LEAVE');
    const before = statusesUnder(physicalId);
    await endStack(physicalId, properties);
    expect(statusesUnder(physicalId)).toEqual(before);
    expect(await people.tagsOf(physicalId)).toEqual({});
    expect(stack.changingCalls()).not.toContain('DeleteGrant');
  });

  test('is deactivated and stays, if it is to be deactivated', async () => {
    const { physicalId, properties } = await giveUp('DEACTIVATE');
    await endStack(physicalId, properties);
    expect(statusesUnder(physicalId)).not.toContain('ACTIVE');
    expect(await people.tagsOf(physicalId)).toEqual({});
    expect(stack.changingCalls()).not.toContain('DeleteGrant');
  });
});

describe('a grant that is to be left', () => {
  test('stays from the first success on, also while its workflow is at work', async () => {
    await start();
    const properties: GrantProperties = { ...IN_BACKGROUND, Removal: 'LEAVE' };
    const { PhysicalResourceId: physicalId } = await create(properties);
    await endStack(physicalId, properties);
    expect(settlements.executions).toEqual(['ABORTED Superseded']);
    expect(stack.changingCalls()).not.toContain('DeleteGrant');
  });

  test('goes, if the rollback of its creation is what ends it', async () => {
    await start();
    const properties: GrantProperties = { ...IN_BACKGROUND, Removal: 'LEAVE' };
    const { PhysicalResourceId: physicalId } = await create(properties);
    await stack.delete({ type: GRANT_TYPE, physicalId, properties, stackStatus: 'ROLLBACK_IN_PROGRESS' });
    expect(stack.changingCalls()).toContain('DeleteGrant');
  });

  test('goes, if CloudFormation has waited for it in vain', async () => {
    await start();
    const properties: GrantProperties = { ...REQUIRED, Removal: 'LEAVE' };
    await stack.deliver('Create', { type: GRANT_TYPE, properties });
    await stack.clock.sleep(HOUR);
    const [{ Status, PhysicalResourceId: physicalId }] = stack.answers;
    expect(Status).toBe('FAILED');
    await endStack(physicalId, properties);
    expect(stack.changingCalls()).toContain('DeleteGrant');
  });

  test('goes, if it could not be handed over', async () => {
    await start();
    stack.aws.stateMachines.remove(STATE_MACHINE_ARN);
    const properties: GrantProperties = { ...IN_BACKGROUND, Removal: 'LEAVE' };
    const { Status, PhysicalResourceId: physicalId } = await create(properties);
    expect(Status).toBe('FAILED');
    await endStack(physicalId, { ...properties, Workflow: undefined });
    expect(stack.changingCalls()).toContain('DeleteGrant');
  });
});

describe('the mark of a grant that nobody counts on yet', () => {
  test('goes as soon as the deployment leaves it to a workflow', async () => {
    await start();
    await create({ ...IN_BACKGROUND, Removal: 'LEAVE' });
    expect(stack.changingCalls()).toEqual(['CreateGrant', 'StartExecution', 'UntagResource']);
    expect(stack.lastRequest('UntagResource')).toMatchObject({ TagKeys: ['cdk-managed-entitlements:provisional'] });
    await stack.clock.sleep(4 * HOUR);
    expect(stack.changingCalls()).toEqual(['CreateGrant', 'StartExecution', 'UntagResource', 'CreateGrantVersion']);
  });

  test('goes when the grant is settled, where CloudFormation waits for that', async () => {
    await start(30 * MINUTE);
    await stack.deliver('Create', { type: GRANT_TYPE, properties: { ...REQUIRED, Removal: 'LEAVE' } });
    expect(stack.changingCalls()).toEqual(['CreateGrant', 'StartExecution']);
    await stack.clock.sleep(HOUR);
    expect(stack.changingCalls()).toEqual(['CreateGrant', 'StartExecution', 'CreateGrantVersion', 'UntagResource']);
  });
});
