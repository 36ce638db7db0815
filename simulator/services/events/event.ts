/** An event as EventBridge carries it: https://docs.aws.amazon.com/eventbridge/latest/ref/events-structure.html */
export interface Event {
  readonly 'source': string;
  readonly 'detail-type': string;
  readonly 'account': string;
  readonly 'region': string;
  readonly 'detail': Readonly<Record<string, unknown>>;
  readonly [member: string]: unknown;
}

const TEXT_MEMBERS = ['source', 'detail-type', 'account', 'region'];

/** Takes a JSON document for an event; says in one line what it lacks. */
export function readEvent(document: unknown): Event {
  if (typeof document !== 'object' || document === null || Array.isArray(document)) throw new Error('An event is a JSON object.');
  const event = document as Record<string, unknown>;
  const missing = TEXT_MEMBERS.filter((member) => typeof event[member] !== 'string');
  if (typeof event.detail !== 'object' || event.detail === null) missing.push('detail');
  if (missing.length > 0) throw new Error(`The event has no ${missing.join(', no ')}.`);
  return event as unknown as Event;
}
