import type { DescribeStacksInput, DescribeStacksOutput, Stack } from '@aws-sdk/client-cloudformation';
import { CallContext, Operation, RequiredAccess } from '../../../wire/service';
import { cutPage } from '../../paging';
import { invalidNextToken, stackDoesNotExist } from '../errors';
import { StackPlace, StackRecord, StackRecords } from '../stack-records';

/** Guess: documented is a limit of 1 MB, which holds more stacks the less there is to say of each. */
const PAGE_SIZE = 100;

export class DescribeStacks implements Operation<DescribeStacksInput, DescribeStacksOutput> {
  constructor(private readonly stacks: StackRecords) {}

  /**
   * The ARN of a stack that is not there ends in `/*`: https://github.com/aws-samples/aws-hpc-tutorials/issues/271.
   * Who asks for all stacks has to be permitted to list them as well: https://github.com/jogold/cloudstructs/pull/217.
   */
  requiredAccess({ StackName }: DescribeStacksInput, context: CallContext): RequiredAccess | readonly RequiredAccess[] {
    if (StackName === undefined) return [{ resourceArns: [stackArn(context, '*')] }, { action: 'cloudformation:ListStacks', resourceArns: ['*'] }];
    const stackId = this.find(StackName, context)?.stackId ?? (isStackId(StackName) ? StackName : stackArn(context, StackName));
    return { resourceArns: [stackId] };
  }

  perform(input: DescribeStacksInput, context: CallContext): DescribeStacksOutput {
    const page = cutPage(this.described(input, context), { token: input.NextToken, size: PAGE_SIZE, now: context.now });
    if (!page) throw invalidNextToken();
    return { Stacks: page.items.map((record) => this.answer(record)), NextToken: page.nextToken };
  }

  private described({ StackName }: DescribeStacksInput, context: CallContext): StackRecord[] {
    if (StackName === undefined) return this.stacks.livingIn(placeOf(context));
    const found = this.find(StackName, context);
    if (!found) throw stackDoesNotExist(StackName);
    return [found];
  }

  /**
   * A stack that is gone is found by its ARN alone: https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStacks.html.
   * Guess: that it is found for good, and that the ARN of a stack elsewhere finds nothing.
   */
  private find(nameOrId: string, context: CallContext): StackRecord | undefined {
    const { accountId, region } = placeOf(context);
    if (!isStackId(nameOrId)) return this.stacks.livingIn({ accountId, region }).find(({ stackName }) => stackName === nameOrId);
    const record = this.stacks.find(nameOrId);
    return record?.accountId === accountId && record.region === region ? record : undefined;
  }

  private answer({ stackId, stackName, status, statusReason, parentId, ...times }: StackRecord): Stack {
    return {
      StackId: stackId,
      StackName: stackName,
      StackStatus: status,
      StackStatusReason: statusReason,
      CreationTime: times.creationTime,
      LastUpdatedTime: times.lastUpdatedTime,
      DeletionTime: times.deletionTime,
      ParentId: parentId,
      RootId: parentId === undefined ? undefined : this.rootOf(parentId),
    };
  }

  private rootOf(stackId: string): string {
    const parentId = this.stacks.find(stackId)?.parentId;
    return parentId === undefined ? stackId : this.rootOf(parentId);
  }
}

function placeOf({ caller, region }: CallContext): StackPlace {
  return { accountId: caller.accountId, region };
}

function isStackId(nameOrId: string): boolean {
  return nameOrId.startsWith('arn:');
}

/** Of whichever stack has the name. */
function stackArn({ caller, region }: CallContext, stackName: string): string {
  return `arn:aws:cloudformation:${region}:${caller.accountId}:stack/${stackName}/*`;
}
