import { DeletionPolicy } from './template';
import { TemplateError } from './template-error';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-product-attribute-reference.html */
const OPTIONS: Readonly<Record<'DeletionPolicy' | 'UpdateReplacePolicy', readonly DeletionPolicy[]>> = {
  DeletionPolicy: ['Delete', 'Retain', 'RetainExceptOnCreate', 'Snapshot'],
  UpdateReplacePolicy: ['Delete', 'Retain', 'Snapshot'],
};

export const POLICY_ATTRIBUTES = Object.keys(OPTIONS) as (keyof typeof OPTIONS)[];

/** Throws if it is none of the policies that the attribute takes. */
export function checkedPolicy(attribute: keyof typeof OPTIONS, value: unknown, logicalId: string): DeletionPolicy {
  // Seen: https://github.com/aws/aws-cli/issues/3825
  if (typeof value !== 'string') throw new TemplateError(`Template format error: Every ${attribute} member must be a string.`);
  const policy = OPTIONS[attribute].find((option) => option === value);
  // Guess: the words.
  if (!policy) throw new TemplateError(`Template format error: Unrecognized ${attribute} ${value} for resource ${logicalId}; it takes ${OPTIONS[attribute].join(', ')}`);
  return policy;
}
