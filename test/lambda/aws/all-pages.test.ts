import { allPages } from '../../../lambda/aws/all-pages';

test('all pages are read, each with the token of the one before, empty ones too', async () => {
  const pages = [{ items: [1, 2], nextToken: 'b' }, { items: undefined, nextToken: 'c' }, { items: [3], nextToken: undefined }];
  const tokens: (string | undefined)[] = [];
  const items = await allPages(async (nextToken) => {
    tokens.push(nextToken);
    return pages[tokens.length - 1];
  });
  expect(items).toEqual([1, 2, 3]);
  expect(tokens).toEqual([undefined, 'b', 'c']);
});
