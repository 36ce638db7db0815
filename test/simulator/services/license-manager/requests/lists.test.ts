import { listPage } from '../../../../../simulator/services/license-manager/requests/lists';

const NUMBERS = Array.from({ length: 30 }, (_value, index) => index);

test('a list that is not asked for a size gives 25 results and a token', () => {
  const first = listPage(NUMBERS, {}, {});
  expect(first.items).toEqual(NUMBERS.slice(0, 25));
  expect(listPage(NUMBERS, { NextToken: first.nextToken }, {})).toEqual({ items: NUMBERS.slice(25), nextToken: undefined });
});

test('all filters have to match', () => {
  const filterable = { Parity: (number: number) => String(number % 2), Tens: (number: number) => String(Math.floor(number / 10)) };
  const { items } = listPage(NUMBERS, { Filters: [{ Name: 'Parity', Values: ['0'] }, { Name: 'Tens', Values: ['1'] }] }, filterable);
  expect(items).toEqual([10, 12, 14, 16, 18]);
});
