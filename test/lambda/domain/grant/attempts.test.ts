import { carriedOver } from '../../../../lambda/domain/grant/attempts';
import type { Attempt } from '../../../../lambda/domain/grant/attempts';

const MADE: Attempt = { status: 'ACTIVE', count: 1, answeredVersion: '2' };

/** As long as a message of License Manager may get: it names the principals of a policy. */
function refused(said: string): Attempt {
  return { status: 'ACTIVE', count: 1, refusal: { said, version: '1', shown: 'DISABLED' } };
}

function attempts(count: number, attempt: Attempt, first = 0): [string, Attempt][] {
  return Array.from({ length: count }, (_, index) => [`arn:aws:license-manager::111111111111:grant:g-${first + index}`, attempt]);
}

function bytesOf(carried: readonly unknown[]): number {
  return Buffer.byteLength(JSON.stringify(carried));
}

describe('the attempts that a workflow carries', () => {
  test('are all of them in an organization of some size', () => {
    const all = attempts(500, MADE);
    expect(carriedOver(new Map(all))).toEqual(all);
  });

  test('are the refused ones rather than those that changed something', () => {
    const denied = attempts(100, refused('denied'), 10_000);
    const carried = carriedOver(new Map([...attempts(10_000, MADE), ...denied]));
    expect(carried.slice(0, 100)).toEqual(denied);
    expect(carried.length).toBeGreaterThan(500);
    expect(bytesOf(carried)).toBeLessThan(105_000);
  });

  test('leave room for the rest, however long the messages are that they have met', () => {
    const carried = carriedOver(new Map(attempts(500, refused('nein: verweigert für … '.repeat(100)))));
    expect(carried.length).toBeGreaterThan(10);
    expect(bytesOf(carried)).toBeLessThan(105_000);
  });
});
