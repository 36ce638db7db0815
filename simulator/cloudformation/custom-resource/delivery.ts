import { CustomResourceEvent } from './custom-resource-event';

/** What becomes of one attempt to PUT an answer: taken, refused with an error, or lost with its connection. */
export type ResponseFate = 'taken' | 'refused' | 'reset';

/** How events reach functions, and answers CloudFormation. */
export interface Delivery {
  /** How long after its first delivery an event is delivered again, in milliseconds, for each further time. */
  repetitions(event: CustomResourceEvent): readonly number[];
  /** Asked for each attempt, as long as the answer is awaited. */
  fateOfResponse(event: CustomResourceEvent): ResponseFate;
}
