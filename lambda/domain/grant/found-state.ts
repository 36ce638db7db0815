import type { Grant } from './grant';
import type { Tag } from './grant-spec';

/*
 * What an adopted grant was when it was found, written on the grant itself: a Delete that undoes the adoption brings nothing but
 * the grant's ARN.
 */
const PREFIX = 'cdk-managed-entitlements:found-';
const NAME = `${PREFIX}name`;
const STATUS = `${PREFIX}status`;
const OPERATIONS = `${PREFIX}operations`;

export type FoundStatus = 'ACTIVE' | 'DISABLED';

export interface FoundState {
  /** Absent if a tag could not hold it. */
  readonly name?: string;
  /** Absent if License Manager was working on it, or if it was not accepted yet. */
  readonly status?: FoundStatus;
  readonly operations: readonly string[];
}

/** What every AWS service takes as the value of a tag: https://docs.aws.amazon.com/tag-editor/latest/userguide/tagging.html */
const TAG_VALUE = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u;

export function foundStateTags({ name, operations }: Grant, status: FoundStatus | undefined): Tag[] {
  return [
    ...TAG_VALUE.test(name) ? [{ key: NAME, value: name }] : [],
    ...status === undefined ? [] : [{ key: STATUS, value: status }],
    // All that License Manager knows take half of what a tag can hold.
    { key: OPERATIONS, value: operations.join(' ') },
  ];
}

/** Nothing if nobody wrote it down. */
export function foundStateIn(tags: readonly Tag[]): FoundState | undefined {
  const [name, status, operations] = [NAME, STATUS, OPERATIONS].map((wanted) => tags.find(({ key }) => key === wanted)?.value);
  return operations === undefined ? undefined : { name, status: status as FoundStatus | undefined, operations: operations.split(' ') };
}
