import type { CustomResourceEvent } from './custom-resource-event';

/** What CloudFormation is told about a request. */
export interface Answer {
  readonly status: 'SUCCESS' | 'FAILED';
  readonly physicalId: string;
  readonly reason?: string;
  readonly attributes?: object;
}

/** What an answer repeats of the request. */
type AnsweredEvent = Pick<CustomResourceEvent, 'StackId' | 'RequestId' | 'LogicalResourceId'>;

/** CloudFormation's limit for the whole body of an answer (custom resource response objects, AWS CloudFormation user guide). */
const LARGEST_BODY_BYTES = 4_096;

const ELLIPSIS = ' …';

/** The body to send: the reason gives way where there is too little room, the id and the attributes never do. */
export function serializeAnswer(event: AnsweredEvent, answer: Answer): string {
  const reason = answer.reason;
  const body = serialize(event, answer, reason);
  if (reason === undefined || byteLength(body) <= LARGEST_BODY_BYTES) {
    return body;
  }
  let length = reason.length;
  let shortened: string;
  do {
    // A character takes up to six bytes as JSON, so a step by the excess in bytes would cut too much.
    length -= Math.max(1, Math.floor((byteLength(serialize(event, answer, reason.slice(0, length) + ELLIPSIS)) - LARGEST_BODY_BYTES) / 6));
    shortened = serialize(event, answer, reason.slice(0, length) + ELLIPSIS);
  } while (byteLength(shortened) > LARGEST_BODY_BYTES && length > 0);
  return shortened;
}

function serialize(event: AnsweredEvent, answer: Answer, reason: string | undefined): string {
  return JSON.stringify({
    Status: answer.status,
    PhysicalResourceId: answer.physicalId,
    Reason: reason,
    StackId: event.StackId,
    RequestId: event.RequestId,
    LogicalResourceId: event.LogicalResourceId,
    Data: answer.attributes,
  });
}

function byteLength(text: string): number {
  return Buffer.byteLength(text, 'utf8');
}
