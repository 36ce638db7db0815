import { listPage } from '../../../../../simulator/services/license-manager/requests/lists';

const NUMBERS = Array.from({ length: 30 }, (_value, index) => index);
const NOW = new Date('2026-07-01T00:00:00Z');
const AT = { now: NOW };

test('a list that is not asked for a size gives 25 results and a token', () => {
  const first = listPage(NUMBERS, {}, AT, {});
  expect(first.items).toEqual(NUMBERS.slice(0, 25));
  expect(listPage(NUMBERS, { NextToken: first.nextToken }, AT, {})).toEqual({ items: NUMBERS.slice(25), nextToken: undefined });
});

test('a token is good for 24 hours', () => {
  const { nextToken } = listPage(NUMBERS, {}, AT, {});
  const after = (hours: number) => () => listPage(NUMBERS, { NextToken: nextToken }, { now: new Date(NOW.getTime() + hours * 3_600_000) }, {});
  expect(after(24)().items).toHaveLength(5);
  expect(after(24.01)).toThrow('NextToken is not valid.');
});

test('all filters have to match', () => {
  const filterable = { Parity: (number: number) => String(number % 2), Tens: (number: number) => String(Math.floor(number / 10)) };
  const { items } = listPage(NUMBERS, { Filters: [{ Name: 'Parity', Values: ['0'] }, { Name: 'Tens', Values: ['1'] }] }, AT, filterable);
  expect(items).toEqual([10, 12, 14, 16, 18]);
});
