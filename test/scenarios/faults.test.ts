import { FaultOptions } from '../../simulator/faults/fault-options';
import { parseFault } from '../../simulator/faults/parse-fault';
import { drawFault, drawNumber } from '../support/drawn-faults';
import { Life, QuickStartLife } from '../support/quick-start-life';

/** The same one each time, so that a change is blamed for nothing else. Any other plays other combinations; the names of the tests have it. */
const SEED = Number(process.env.FAULT_SEED ?? 1);
const COMBINATIONS = 6;

let quickStart: QuickStartLife;

beforeAll(() => {
  quickStart = new QuickStartLife();
});

afterAll(() => quickStart.forget());

function live(faults: readonly string[], options: FaultOptions = {}): Promise<Life> {
  return quickStart.live({ faults: faults.map(parseFault), ...options });
}

const LIVED_WELL = {
  steps: [
    { status: 'CREATE_COMPLETE', grants: ['222222222222: Linux for payments, ACTIVE'] },
    { status: 'UPDATE_COMPLETE', grants: ['222222222222: Linux, ACTIVE'] },
    { status: 'UPDATE_COMPLETE', grants: ['333333333333: Linux, ACTIVE'] },
    { status: 'UPDATE_ROLLBACK_COMPLETE', grants: ['333333333333: Linux, ACTIVE'] },
  ],
  end: { status: 'DELETE_COMPLETE', grants: [] },
};

const NEVER_LIVED = {
  steps: [{ status: 'ROLLBACK_COMPLETE', grants: [] }],
  end: { status: 'DELETE_COMPLETE', grants: [] },
};

const SURVIVED = [
  'throttling',
  'throttling@CreateGrant,1-5',
  'server-error',
  'connection-reset-before',
  'connection-reset-after',
  'connection-reset-after@CreateGrant,1',
  'slow-answer',
  'stale-reads',
  'stale-reads@60s',
  'function-killed-before',
  'function-killed-after@CreateGrant,1',
  'function-killed-after@CreateGrantVersion,1',
  'function-killed-after@DeleteGrant,1',
  'function-timeout@CreateGrantVersion,1',
  'function-timeout@DeleteGrant,1',
  'duplicate-event',
  'duplicate-event@30s',
  'response-error',
  'response-error@1-8',
  'response-reset',
  'permissions-delay',
  'permissions-delay@organizations,40s',
];

describe('the quick start', () => {
  test.each(SURVIVED)('gets by %s', async (fault) => {
    const { steps, end } = await live([fault]);
    expect({ steps, end }).toEqual(LIVED_WELL);
  });

  test.each([
    ['answers that take 700 milliseconds each', { latencyMilliseconds: 700 }],
    ['two calls of each service in a second', { ratePerSecond: 2 }],
  ])('gets by %s', async (_, options) => {
    const { steps, end } = await live([], options);
    expect({ steps, end }).toEqual(LIVED_WELL);
  });

  test.each([
    'function-timeout@CreateGrant,1',
    'throttling@CreateGrant',
    'server-error@CreateGrantVersion',
    'connection-reset-before@ListReceivedLicenses',
    'permissions-delay@5m',
    'account-leaves@222222222222,CreateGrant,1',
    'account-leaves@222222222222,CreateGrantVersion,1',
  ])('cannot be created with %s, and leaves nothing behind', async (fault) => {
    const { steps, end } = await live([fault]);
    expect({ steps, end }).toEqual(NEVER_LIVED);
  });

  test('keeps what it had when the account that it is to be given to leaves meanwhile', async () => {
    const { steps, end } = await live(['account-leaves@333333333333,CreateGrant,2']);
    expect(steps.map(({ status }) => status)).toEqual(['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE']);
    expect(steps.at(-1)!.grants).toEqual(['222222222222: Linux, ACTIVE']);
    expect(end).toEqual(LIVED_WELL.end);
  });

  test('can be destroyed when the account that has the grant left, though there is no way back for an update', async () => {
    const { steps, end } = await live(['account-leaves@222222222222,CreateGrantVersion,2']);
    expect(steps.map(({ status }) => status)).toEqual(['CREATE_COMPLETE', 'UPDATE_ROLLBACK_FAILED']);
    expect(end).toEqual(LIVED_WELL.end);
  });

  test.each(combinations(SEED))(`ends well or rolls back, and leaves nothing behind: FAULT_SEED=${SEED}, combination %i: %s`, async (_, faults) => {
    const { steps, end } = await live(faults.split(' '), { seed: SEED });
    expect(['CREATE_COMPLETE', 'ROLLBACK_COMPLETE']).toContain(steps[0].status);
    for (const { status } of steps.slice(1)) expect(['UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE']).toContain(status);
    for (const { status, grants } of steps) expect(grants).toHaveLength(status === 'ROLLBACK_COMPLETE' ? 0 : 1);
    expect(end).toEqual({ status: 'DELETE_COMPLETE', grants: [] });
  });

  test('lives the same life again with the same seed, and another one with another seed', async () => {
    const faults = ['throttling', 'connection-reset-after', 'slow-answer', 'function-killed-after', 'duplicate-event@20s'];
    const [first, again, other] = [await live(faults, { seed: 1 }), await live(faults, { seed: 1 }), await live(faults, { seed: 2 })];
    expect(again).toEqual(first);
    expect(other.calls).not.toEqual(first.calls);
  });
});

/** Two to four faults each, with parts of their own. */
function combinations(seed: number): [number, string][] {
  return Array.from({ length: COMBINATIONS }, (_, combination) => {
    const faults = Array.from({ length: drawNumber(3, seed, combination, 'how many') + 1 }, (__, index) => drawFault(seed, combination, index));
    return [combination + 1, faults.join(' ')];
  });
}
