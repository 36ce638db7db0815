import { Variants } from '../../variants';
import { GrantChangeAnswer, grantChangeAnswer } from '../answers';
import { clientTokenIsTaken, clientTokenIsUsedUp } from '../errors';
import { isLive } from '../grants/grant-lifecycle';
import { GrantStore } from '../grants/grant-store';

/**
 * Answers a repeated request with the answer of the first.
 * Guess: tokens are kept by account and operation, forever, and another request with the same token is refused. Only "to
 * ensure idempotency" is documented.
 */
export class ClientTokens {
  private readonly answers = new Map<string, { readonly request: string; readonly answer: GrantChangeAnswer }>();

  constructor(private readonly grants: GrantStore, private readonly variants: Variants) {}

  once(accountId: string, operation: string, request: { readonly ClientToken: string }, perform: () => GrantChangeAnswer): GrantChangeAnswer {
    const key = `${accountId} ${operation} ${request.ClientToken}`;
    const content = canonical(request);
    const earlier = this.answers.get(key);
    if (earlier && earlier.request !== content) throw clientTokenIsTaken();
    const repeated = earlier && this.repeat(earlier.answer);
    if (repeated) return repeated;
    const answer = perform();
    this.answers.set(key, { request: content, answer });
    return answer;
  }

  /** Undefined: the request counts as new. */
  private repeat(answer: GrantChangeAnswer): GrantChangeAnswer | undefined {
    const grant = this.grants.find(answer.GrantArn);
    if (!grant || isLive(grant.status)) return answer;
    switch (this.variants.clientTokenOfDeadGrant) {
      case 'first-answer': return answer;
      case 'dead-grant': return grantChangeAnswer(grant);
      case 'new-grant': return undefined;
      case 'refused': throw clientTokenIsUsedUp();
    }
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
