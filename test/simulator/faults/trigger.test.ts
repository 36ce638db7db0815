import { parseFault } from '../../../simulator/faults/parse-fault';
import { RateLimit } from '../../../simulator/faults/rate-limit';
import { Trigger } from '../../../simulator/faults/trigger';

function hits(fault: string, sources: readonly string[], seed = 1): boolean[] {
  const trigger = new Trigger(parseFault(fault), seed);
  return sources.map((source) => trigger.hits({ source, service: 'iam', operation: 'GetRole', functionName: 'Stack-Setup-1' }));
}

describe('what a fault hits', () => {
  test('is counted for each source by itself', () => {
    expect(hits('throttling@2', ['a', 'a', 'b', 'a', 'b'])).toEqual([false, true, false, false, true]);
    expect(hits('throttling@1-2', ['a', 'a', 'a'])).toEqual([true, true, false]);
  });

  test.each(['throttling@GetRole', 'throttling@iam', 'throttling@function:Setup'])('is everything that fits %s', (fault) => {
    expect(hits(fault, ['a', 'a'])).toEqual([true, true]);
  });

  test.each(['throttling@CreateGrant', 'throttling@sts', 'throttling@function:Other'])('is nothing that does not fit %s', (fault) => {
    expect(hits(fault, ['a', 'a'])).toEqual([false, false]);
  });

  test('is about as many as the percentage says, the same ones with the same seed, whatever other sources do', () => {
    const some = hits('throttling@30%', new Array(1000).fill('a'));
    expect(some.filter(Boolean).length).toBeGreaterThan(250);
    expect(some.filter(Boolean).length).toBeLessThan(350);
    expect(hits('throttling@30%', new Array(1000).fill('a'))).toEqual(some);
    expect(hits('throttling@30%', new Array(1000).fill('a'), 2)).not.toEqual(some);
    const mixed = Array.from({ length: 200 }, (_, index) => (index % 2 === 0 ? 'a' : 'b'));
    expect(hits('throttling@30%', mixed).filter((_, index) => index % 2 === 0)).toEqual(some.slice(0, 100));
    expect(hits('throttling@0%', new Array(50).fill('a'))).not.toContain(true);
  });
});

test('a rate counts the calls of each account and service, anew in each second', () => {
  const limit = new RateLimit(2);
  const call = (service: string, accountId: string, milliseconds: number) => limit.exceededBy({ service, accountId, now: new Date(milliseconds) });
  expect([call('iam', '1', 0), call('iam', '1', 500), call('iam', '1', 999)]).toEqual([false, false, true]);
  expect([call('sts', '1', 999), call('iam', '2', 999)]).toEqual([false, false]);
  expect(call('iam', '1', 1000)).toBe(false);
});
