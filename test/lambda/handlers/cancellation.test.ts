import { ownershipTags } from '../../../lambda/domain/grant/ownership';
import { parseFault } from '../../../simulator/faults/parse-fault';
import type { StackStatus } from '../../../simulator/services/cloudformation/stack-status';
import type { Authorizer } from '../../../simulator/wire/authorizer';
import { LicenseAdministrator } from '../../support/license-administrator';
import { IN_BACKGROUND } from '../support/handed-over';
import { GRANT_TYPE, PAYMENTS, SETUP } from '../support/requests';
import { silentLog } from '../support/silent-log';
import { SimulatedStack } from '../support/simulated-stack';
import type { Answer } from '../support/simulated-stack';

const GRANTEE = 'arn:aws:iam::222222222222:root';
const SECOND = 1_000;

/** Long enough for the cancelled request to be between two attempts. */
const MEANWHILE = 5 * SECOND;

/** An attempt of 25 seconds, after an answer of CloudFormation that holds for 5. */
const AFTERLIFE = 30 * SECOND;

const BLIND: Authorizer = { authorize: async ({ action }) => ({ allowed: action !== 'cloudformation:DescribeStacks' }) };

silentLog();

let stack: SimulatedStack;

async function start(faults: readonly string[] = [], authorizer?: Authorizer): Promise<void> {
  stack = await SimulatedStack.start({ faults: faults.map(parseFault), authorizer });
  expect(await stack.create(SETUP)).toMatchObject({ Status: 'SUCCESS' });
}

afterEach(async () => {
  await stack.stop();
});

/** Another resource of the stack fails, so long after the request has begun. */
function turnTo(status: StackStatus, statusReason?: string, after = MEANWHILE): void {
  stack.aws.clock.schedule(after, () => stack.aws.stacks.put({ stackId: stack.stackId, status, statusReason }));
}

async function create(properties: object = PAYMENTS): Promise<Answer> {
  return stack.create({ type: GRANT_TYPE, properties });
}

async function update(physicalId: string, changes: object, stackStatus?: StackStatus): Promise<Answer> {
  return stack.update({ type: GRANT_TYPE, physicalId, oldProperties: PAYMENTS, properties: { ...PAYMENTS, ...changes }, stackStatus });
}

/** How often an operation was asked for since then, and how often it was not refused. */
function attempts(operation: string, since = 0): { asked: number; done: number } {
  const calls = stack.aws.calls.slice(since).filter((call) => call.operation === operation);
  return { asked: calls.length, done: calls.filter(({ error }) => error === undefined).length };
}

describe('a creation', () => {
  test.each<StackStatus>(['ROLLBACK_IN_PROGRESS', 'ROLLBACK_COMPLETE', 'UPDATE_ROLLBACK_IN_PROGRESS', 'UPDATE_ROLLBACK_COMPLETE', 'DELETE_IN_PROGRESS'])(
    'stops when its stack is in %s', async (status) => {
      await start(['throttling@CreateGrant,1-5']);
      turnTo(status);
      expect(await create()).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining(`the stack has turned back (it was seen in ${status})`) });
      expect(attempts('CreateGrant')).toEqual({ asked: 3, done: 0 });
    });

  test.each<StackStatus>(['CREATE_IN_PROGRESS', 'UPDATE_IN_PROGRESS'])('goes on as long as its stack is in %s', async (status) => {
    await start(['throttling@CreateGrant,1-5']);
    turnTo(status);
    expect(await create()).toMatchObject({ Status: 'SUCCESS', Data: { Status: 'ACTIVE' } });
  });

  test('goes on where CloudFormation does not tell the status, and waits for nothing', async () => {
    await start(['throttling@CreateGrant,1-5'], BLIND);
    turnTo('ROLLBACK_IN_PROGRESS');
    expect(await create()).toMatchObject({ Status: 'SUCCESS', Data: { Status: 'ACTIVE' } });
  });

  test('hands nothing over to a workflow once its stack has turned back', async () => {
    await start();
    turnTo('ROLLBACK_IN_PROGRESS');
    expect(await create(IN_BACKGROUND)).toMatchObject({ Status: 'FAILED' });
    expect(stack.changingCalls()).not.toContain('StartExecution');
  });
});

describe('an update', () => {
  const inactive = { Activation: { Mode: 'DISABLED' } };

  test.each<StackStatus>(['UPDATE_ROLLBACK_IN_PROGRESS', 'DELETE_IN_PROGRESS'])('on the way forward stops when its stack is in %s', async (status) => {
    await start(['throttling@CreateGrantVersion,2-5']);
    const { PhysicalResourceId } = await create();
    turnTo(status);
    expect(await update(PhysicalResourceId, inactive)).toMatchObject({ Status: 'FAILED', PhysicalResourceId });
    expect(attempts('CreateGrantVersion').done).toBe(1);
  });

  test('that leads back goes on in the rollback that it is part of, to its end', async () => {
    await start(['throttling@CreateGrantVersion,2-5']);
    const { PhysicalResourceId } = await create();
    turnTo('UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS');
    expect(await update(PhysicalResourceId, inactive, 'UPDATE_ROLLBACK_IN_PROGRESS')).toMatchObject({ Status: 'SUCCESS' });
  });

  test('that leads back stops when its stack is deleted', async () => {
    await start(['throttling@CreateGrantVersion,2-9']);
    const { PhysicalResourceId } = await create();
    turnTo('DELETE_IN_PROGRESS', undefined, AFTERLIFE + MEANWHILE);
    expect(await update(PhysicalResourceId, inactive, 'UPDATE_ROLLBACK_IN_PROGRESS')).toMatchObject({ Status: 'FAILED' });
  });

  test('goes on where CloudFormation does not tell the status at its beginning: it may be one that leads back', async () => {
    let isBlind = false;
    await start(['throttling@CreateGrantVersion,2-5'], { authorize: async ({ action }) => ({ allowed: !isBlind || action !== 'cloudformation:DescribeStacks' }) });
    const { PhysicalResourceId } = await create();
    isBlind = true;
    turnTo('UPDATE_ROLLBACK_IN_PROGRESS');
    stack.aws.clock.schedule(MEANWHILE, () => { isBlind = false; });
    expect(await update(PhysicalResourceId, inactive)).toMatchObject({ Status: 'SUCCESS' });
  });
});

describe('a request that takes over from one that may have been cancelled', () => {
  async function timeOf(request: () => Promise<Answer>): Promise<number> {
    const began = stack.clock.now();
    expect(await request()).toMatchObject({ Status: 'SUCCESS' });
    return stack.clock.now() - began;
  }

  /** An Update that leads back, to what there is. */
  async function timeOfRollback(statusReason?: string): Promise<number> {
    await start();
    const { PhysicalResourceId } = await create();
    turnTo('UPDATE_ROLLBACK_IN_PROGRESS', statusReason, 0);
    return timeOf(async () => {
      const answered = update(PhysicalResourceId, {}, 'UPDATE_ROLLBACK_IN_PROGRESS');
      stack.aws.stacks.put({ stackId: stack.stackId, status: 'UPDATE_ROLLBACK_IN_PROGRESS', statusReason });
      return answered;
    });
  }

  test.each([
    ['if it failed beside another one', 'The following resource(s) failed to create: [Failure]. The following resource(s) failed to update: [LinuxForPayments]. '],
    ['if a person cancelled the update', 'User Initiated'],
    ['if no reason is known', undefined],
  ])('an Update that leads back waits, %s', async (_, reason) => {
    expect(await timeOfRollback(reason)).toBeGreaterThanOrEqual(AFTERLIFE);
  });

  test.each([
    ['if it succeeded', 'The following resource(s) failed to update: [Failure, Other]. '],
    ['if it failed alone', 'The following resource(s) failed to update: [LinuxForPayments]. '],
  ])('an Update that leads back waits for nothing, %s', async (_, reason) => {
    expect(await timeOfRollback(reason)).toBeLessThan(AFTERLIFE);
  });

  test('a Delete waits if its id was never answered, and finds what came late', async () => {
    await start();
    const people = new LicenseAdministrator(stack.aws.endpoint);
    const tags = Object.fromEntries(ownershipTags({ stackId: stack.stackId, logicalId: 'LinuxForPayments' }).map(({ key, value }) => [key, value]));
    stack.aws.clock.schedule(AFTERLIFE - SECOND, () => {
      const goOn = stack.aws.clock.hold();
      void people.grant(GRANTEE, { tags }).then(goOn);
    });
    const duration = await timeOf(async () => stack.delete({ type: GRANT_TYPE, physicalId: 'quick-start-LinuxForPayments-1ABC', properties: PAYMENTS }));
    expect(duration).toBeGreaterThanOrEqual(AFTERLIFE);
    expect(stack.aws.grants().find(({ name }) => name === 'by hand')?.status).toMatch(/DELETE/);
  });

  test('a Delete of nothing, and one of a grant, wait for nothing', async () => {
    await start();
    const { PhysicalResourceId: made } = await create();
    for (const physicalId of ['cdk-managed-entitlements:nothing-made', made]) {
      const duration = await timeOf(async () => stack.delete({ type: GRANT_TYPE, physicalId, properties: PAYMENTS, stackStatus: 'ROLLBACK_IN_PROGRESS' }));
      expect(duration).toBeLessThan(AFTERLIFE);
    }
  });
});

describe('CloudFormation', () => {
  test('is asked once about changes at one time, and once about a deletion', async () => {
    await start();
    const before = stack.aws.calls.length;
    const { PhysicalResourceId } = await create({ ...PAYMENTS, Grantee: { Kind: 'ORGANIZATIONAL_UNIT', Identifier: 'ou-ex01-workload' } });
    const times = new Set(stack.aws.calls.slice(before).filter(({ operation }) => /^Create/.test(operation)).map(({ time }) => time.getTime()));
    expect(attempts('DescribeStacks', before).asked).toBe(times.size);
    const deletion = stack.aws.calls.length;
    await stack.delete({ type: GRANT_TYPE, physicalId: PhysicalResourceId, properties: PAYMENTS });
    expect(attempts('DescribeStacks', deletion).asked).toBe(1);
  });
});
