import { Caller } from './caller';
import { ServiceError } from './service-error';

/** A call as far as it matters for what may go wrong with it. */
export interface DisturbedCall {
  readonly caller: Caller;
  readonly service: string;
  readonly operation: string;
  readonly now: Date;
  /** In the form in which the service words what IAM refuses. */
  accessDenied(message: string): ServiceError;
}

/** What goes wrong with calls, beside what the services themselves refuse. */
export interface CallDisturbances {
  /** Before the call takes effect. Throws what comes instead: a refusal of the service, or the loss of the connection. */
  before(call: DisturbedCall): void;
  /** After the call took effect. Throws if the answer does not arrive. */
  after(call: DisturbedCall): void;
  /** How long the answer is under way, in milliseconds. */
  answerDelay(call: DisturbedCall): number;
}

/** The connection breaks: the caller gets no answer. */
export class ConnectionLost extends Error {
  /** @param when completes "The connection was lost: " */
  constructor(when: string) {
    super(`The connection was lost: ${when}`);
    this.name = 'ConnectionLost';
  }
}
