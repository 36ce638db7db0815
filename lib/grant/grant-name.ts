import { Names } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** Short enough to read in the console's list of grants. */
const MAXIMUM_LENGTH = 64;

/** Unique among the account's stacks, and the same at every synthesis. */
export function derivedGrantName(construct: IConstruct): string {
  return Names.uniqueResourceName(construct, { maxLength: MAXIMUM_LENGTH, separator: '-' });
}
