/** One page of a list. */
export interface Page<Item> {
  readonly items: readonly Item[] | undefined;
  readonly nextToken: string | undefined;
}

/** All items of a list that comes in pages. */
export async function allPages<Item>(readPage: (nextToken: string | undefined) => Promise<Page<Item>>): Promise<Item[]> {
  const items: Item[] = [];
  let nextToken: string | undefined;
  do {
    const page = await readPage(nextToken);
    items.push(...page.items ?? []);
    nextToken = page.nextToken;
  } while (nextToken);
  return items;
}
