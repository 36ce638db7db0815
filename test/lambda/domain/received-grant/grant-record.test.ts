import { readRecord, writeRecord } from '../../../../lambda/domain/received-grant/grant-record';
import type { GrantRecord } from '../../../../lambda/domain/received-grant/grant-record';
import { GRANT_ARN } from '../../support/grants';

const FIRST: GrantRecord = { grantArn: GRANT_ARN, wasActive: true };

test.each<[string, GrantRecord]>([
  [GRANT_ARN, { grantArn: GRANT_ARN, wasActive: false }],
  [`${GRANT_ARN}/was-active`, FIRST],
  [`${GRANT_ARN}/replaces/${GRANT_ARN}/was-active`, { grantArn: GRANT_ARN, wasActive: false, replaces: writeRecord(FIRST) }],
])('%s is what is remembered of a grant', (physicalId, record) => {
  expect(writeRecord(record)).toBe(physicalId);
  expect(readRecord(physicalId)).toEqual(record);
});

test('a chain of replacements that is too long for a physical id begins anew', () => {
  let longest = writeRecord(FIRST);
  const lengths: number[] = [];
  for (let replacement = 0; replacement < 30; replacement += 1) {
    longest = writeRecord({ grantArn: GRANT_ARN, wasActive: false, replaces: longest });
    lengths.push(longest.length);
  }
  expect(Math.max(...lengths)).toBeLessThanOrEqual(1_024);
  expect(lengths.filter((length) => length === GRANT_ARN.length)).not.toEqual([]);
});

test.each(['some-stack-Linux-1ABCDEFGHIJKL', 'cdk-managed-entitlements:nothing-made', '/was-active'])('%s is no grant', (physicalId) => {
  expect(readRecord(physicalId)).toBeUndefined();
});
