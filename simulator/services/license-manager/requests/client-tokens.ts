import { clientTokenIsTaken } from '../errors';

/**
 * Answers a repeated request with the answer of the first.
 * Guess: tokens are kept by account and operation, forever, also after the grant is gone, and another request with the
 * same token is refused. Only "to ensure idempotency" is documented.
 */
export class ClientTokens {
  private readonly answers = new Map<string, { readonly request: string; readonly answer: unknown }>();

  once<Answer>(accountId: string, operation: string, request: { readonly ClientToken: string }, perform: () => Answer): Answer {
    const key = `${accountId} ${operation} ${request.ClientToken}`;
    const content = canonical(request);
    const earlier = this.answers.get(key);
    if (earlier && earlier.request !== content) throw clientTokenIsTaken();
    if (earlier) return earlier.answer as Answer;
    const answer = perform();
    this.answers.set(key, { request: content, answer });
    return answer;
  }
}

/** The same text for the same content, whatever the order in which a client writes the members. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_name, item: unknown) => isRecord(item) ? Object.fromEntries(Object.entries(item).sort(byName)) : item);
}

function byName([left]: [string, unknown], [right]: [string, unknown]): number {
  return left < right ? -1 : 1;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
