import { CfnDeletionPolicy, CfnResource } from 'aws-cdk-lib';
import { RemovalMode } from '../grant/grant-properties';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html */
export function invalidRemovalPolicy({ cfnOptions }: CfnResource): string[] {
  return [cfnOptions.deletionPolicy, cfnOptions.updateReplacePolicy].includes(CfnDeletionPolicy.SNAPSHOT)
    ? ['the removal policy must not be RemovalPolicy.SNAPSHOT: there is nothing of which AWS CloudFormation could take a snapshot; use DESTROY or RETAIN']
    : [];
}

/** What the stack does with a grant, it does when CloudFormation has it removed; where that retains the resource it never does. */
export function contradictoryRemoval(removal: RemovalMode | undefined, { cfnOptions: { deletionPolicy } }: CfnResource): string[] {
  const isRetained = deletionPolicy === CfnDeletionPolicy.RETAIN || deletionPolicy === CfnDeletionPolicy.RETAIN_EXCEPT_ON_CREATE;
  return removal && isRetained
    ? [`\`removal\` says what the stack does with the grant, and the deletion policy ${deletionPolicy} that it does nothing; leave one of them out, `
      + 'or use GrantRemoval.leave() alone for a grant that stays and can be adopted again']
    : [];
}
