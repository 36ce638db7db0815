import { SimulatedClock } from '../../../simulator/clock/simulated-clock';

const SECOND = 1000;
const DAY = 24 * 60 * 60 * SECOND;

describe('SimulatedClock', () => {
  test('starts at the same instant in every run', () => {
    expect(new SimulatedClock().now().toISOString()).toBe('2026-07-01T00:00:00.000Z');
    expect(new SimulatedClock({ start: new Date('2030-01-01T00:00:00Z') }).now().toISOString()).toBe('2030-01-01T00:00:00.000Z');
  });

  test('jumps to the next scheduled task', async () => {
    const clock = new SimulatedClock();
    await elapse(clock, 2 * DAY);
    expect(clock.now().toISOString()).toBe('2026-07-03T00:00:00.000Z');
  });

  test('runs tasks in the order of their times, and of their scheduling when the times are equal', async () => {
    const clock = new SimulatedClock();
    const order: string[] = [];
    clock.schedule(2 * SECOND, () => order.push('second a'));
    clock.schedule(SECOND, () => order.push('first'));
    clock.schedule(2 * SECOND, () => order.push('second b'));
    await elapse(clock, 3 * SECOND);
    expect(order).toEqual(['first', 'second a', 'second b']);
  });

  test('lets what follows from a task come before the next task, though it is due at the same time', async () => {
    const clock = new SimulatedClock();
    const order: string[] = [];
    clock.schedule(SECOND, () => void Promise.resolve().then(() => order.push('follow-up')));
    clock.schedule(SECOND, () => order.push('next task'));
    await elapse(clock, 2 * SECOND);
    expect(order).toEqual(['follow-up', 'next task']);
  });

  test('stands still while anything holds it', async () => {
    const clock = new SimulatedClock();
    const ran = jest.fn();
    const releaseFirst = clock.hold();
    const releaseSecond = clock.hold();
    clock.schedule(SECOND, ran);
    await eventLoopTurns(5);
    releaseFirst();
    releaseFirst();
    await eventLoopTurns(5);
    expect(ran).not.toHaveBeenCalled();
    expect(clock.now().toISOString()).toBe('2026-07-01T00:00:00.000Z');
    releaseSecond();
    await eventLoopTurns(5);
    expect(ran).toHaveBeenCalledTimes(1);
  });

  test('tells whenever time is about to move on, after all that happens at one time', async () => {
    const clock = new SimulatedClock();
    let done = 0;
    const told: string[] = [];
    const end = clock.beforeMoves(() => told.push(`${clock.now().toISOString().slice(17, 19)}: ${done}`));
    [1, 1, 2].forEach((seconds) => clock.schedule(seconds * SECOND, () => { done += 1; }));
    await elapse(clock, 3 * SECOND);
    expect(told).toEqual(['00: 0', '01: 2', '02: 3']);
    end();
    await elapse(clock, SECOND);
    expect(told).toHaveLength(3);
  });

  test('does not run a cancelled task, nor move to its time', async () => {
    const clock = new SimulatedClock();
    const ran = jest.fn();
    clock.schedule(SECOND, ran)();
    await eventLoopTurns(5);
    expect(ran).not.toHaveBeenCalled();
    expect(clock.now().toISOString()).toBe('2026-07-01T00:00:00.000Z');
  });
});

async function elapse(clock: SimulatedClock, milliseconds: number): Promise<void> {
  await new Promise<void>((resolve) => clock.schedule(milliseconds, resolve));
}

async function eventLoopTurns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
