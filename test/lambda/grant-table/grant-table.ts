import type { EventFamily } from './events';
import type { AddWorkflow } from './grant-world';
import { playEvent } from './play';
import type { Ending } from './play';
import { renderTable, renderTables } from './render';
import type { TitledTable } from './render';
import { brokenRules } from './rules';
import { silentLog } from '../support/silent-log';

/** A family plays some hundred situations, each with requests over HTTP: a minute of work, on a machine that may be busy with others. */
const TIMEOUT_MILLISECONDS = 600_000;

/**
 * Plays each event in each of its situations. What comes of it is compared with the tables beside the test, which
 * `jest --updateSnapshot` writes anew; the rules hold whatever the tables say.
 *
 * @param addWorkflow makes the workflow that requests are handed over to, for events that have one
 */
export function testTables(families: readonly EventFamily[], addWorkflow?: AddWorkflow): void {
  // Text as it is.
  expect.addSnapshotSerializer({ test: (value) => typeof value === 'string', serialize: (value) => value as string });
  silentLog();

  test.each(families.map((family) => [family.title, family] as const))('%s', async (_, { events }) => {
    const tables: TitledTable[] = [];
    const broken: string[] = [];
    for (const event of events) {
      const played = [];
      for (const situation of event.situations) {
        played.push(...await playEvent(event, situation, addWorkflow));
      }
      broken.push(...played.flatMap(brokenRules));
      for (const ending of new Set(played.map((each) => each.ending))) {
        tables.push({ title: titleOf(event.title, ending), table: renderTable(played.filter((each) => each.ending === ending), event.situations) });
      }
    }
    expect(broken).toEqual([]);
    expect(renderTables(tables)).toMatchSnapshot();
  }, TIMEOUT_MILLISECONDS);
}

function titleOf(event: string, ending: Ending): string {
  return ending === 'completed' ? event : `${event}: ${ending}`;
}
