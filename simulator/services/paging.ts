/** One page of a list and the token that continues it. */
export interface Page<Item> {
  readonly items: Item[];
  readonly nextToken?: string;
}

/**
 * Cuts a page out of the list. A token is the position where the page begins; undefined says that the token is none of ours.
 *
 * Guess: real tokens are opaque and bound to their request; these are bound to the list's order alone.
 */
export function cutPage<Item>(items: readonly Item[], token: string | undefined, size: number): Page<Item> | undefined {
  const start = token === undefined ? 0 : readToken(token);
  if (start === undefined || start > items.length) return undefined;
  const end = start + size;
  return { items: items.slice(start, end), nextToken: end < items.length ? writeToken(end) : undefined };
}

function writeToken(position: number): string {
  return Buffer.from(`page ${position}`).toString('base64');
}

function readToken(token: string): number | undefined {
  const match = /^page (\d+)$/.exec(Buffer.from(token, 'base64').toString('utf8'));
  return match ? Number(match[1]) : undefined;
}
