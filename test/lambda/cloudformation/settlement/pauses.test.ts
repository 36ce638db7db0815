import { pauseSecondsBefore } from '../../../../lambda/cloudformation/settlement/pauses';
import type { Settlement } from '../../../../lambda/cloudformation/settlement/settlement';

const TWO_DAYS = 2 * 24 * 3600;

/** The pauses of an execution from its beginning, if its passes took no time. */
function pauses(giveUpAfterSeconds: number, ResponseURL?: string): number[] {
  const seconds: number[] = [];
  for (let now = 0; now < giveUpAfterSeconds;) {
    const settlement = { request: { ResponseURL }, passes: seconds.length, giveUpAt: giveUpAfterSeconds * 1_000, progress: {} } as Settlement;
    seconds.push(pauseSecondsBefore(settlement, now * 1_000));
    now += seconds.at(-1)!;
  }
  return seconds;
}

test('in the background they grow from one minute to fifteen, and two days take 200 passes', () => {
  expect(pauses(TWO_DAYS).slice(0, 6)).toEqual([60, 120, 240, 480, 900, 900]);
  expect(pauses(TWO_DAYS).length).toBeLessThan(200);
});

test('while CloudFormation waits they stay at a minute at most', () => {
  expect(pauses(600, 'https://cloudformation.example').slice(0, 3)).toEqual([30, 60, 60]);
});

test('the last pass is when the time is up', () => {
  expect(pauses(100)).toEqual([60, 40]);
});

test('the longest time fits into the 25,000 events of an execution, at nine for each pass', () => {
  expect(pauses(14 * 24 * 3600).length * 9).toBeLessThan(25_000);
});
