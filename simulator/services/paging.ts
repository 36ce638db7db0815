/** One page of a list and the token that continues it. */
export interface Page<Item> {
  readonly items: Item[];
  readonly nextToken?: string;
}

/** Which page is asked for. */
export interface PageRequest {
  /** @default - the first page */
  readonly token?: string;
  readonly size: number;
  readonly now: Date;
}

/** Guess: none of the services documents how long its tokens live; Amazon CloudWatch Logs says 24 hours of its own. */
const TOKEN_LIFETIME_MILLISECONDS = 24 * 60 * 60 * 1000;

/**
 * Cuts a page out of the list. A token is the position where the page begins, and when it was given; undefined says that
 * the token is none of ours, or too old.
 *
 * Guess: real tokens are opaque and bound to their request; these are bound to the list's order alone.
 */
export function cutPage<Item>(items: readonly Item[], { token, size, now }: PageRequest): Page<Item> | undefined {
  const start = token === undefined ? 0 : readToken(token, now);
  if (start === undefined || start > items.length) return undefined;
  const end = start + size;
  return { items: items.slice(start, end), nextToken: end < items.length ? writeToken(end, now) : undefined };
}

function writeToken(position: number, now: Date): string {
  return Buffer.from(`page ${position} ${now.getTime()}`).toString('base64');
}

function readToken(token: string, now: Date): number | undefined {
  const match = /^page (\d+) (\d+)$/.exec(Buffer.from(token, 'base64').toString('utf8'));
  if (!match || now.getTime() - Number(match[2]) > TOKEN_LIFETIME_MILLISECONDS) return undefined;
  return Number(match[1]);
}
