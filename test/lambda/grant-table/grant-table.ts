import type { GrantEvent } from './events';
import { isReplacement, playAndComplete, playAndRollBack } from './play';
import type { Played } from './play';
import { renderTable } from './render';
import { brokenRules } from './rules';
import { silentLog } from '../support/silent-log';

/**
 * Plays each event in each of its situations. What comes of it is compared with the tables beside the test, which
 * `jest --updateSnapshot` writes anew; the rules hold whatever the tables say.
 */
export function testTable(events: readonly GrantEvent[]): void {
  // Text as it is.
  expect.addSnapshotSerializer({ test: (value) => typeof value === 'string', serialize: (value) => value as string });
  silentLog();

  test.each(events.map((event) => [event.title, event] as const))('%s', async (_, event) => {
    const completed: Played[] = [];
    const rolledBack: Played[] = [];
    for (const situation of event.situations) {
      const played = await playAndRollBack(event, situation);
      rolledBack.push(played);
      completed.push(isReplacement(played.steps[0]) ? await playAndComplete(event, situation) : { ...played, steps: played.steps.slice(0, 1) });
    }
    expect(renderTable(completed)).toMatchSnapshot();
    expect(renderTable(rolledBack.map((played) => ({ ...played, steps: played.steps.slice(1) }))))
      .toMatchSnapshot(event.type === 'Delete' ? 'sent again' : 'rolled back');
    expect([...completed.flatMap((played) => brokenRules(played, 'completed')), ...rolledBack.flatMap((played) => brokenRules(played, 'rolled back'))])
      .toEqual([]);
  });
}
