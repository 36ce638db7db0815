import { StackStatus } from './stack-status';
import { Clock } from '../../clock/clock';

/** Every account and Region has stacks of its own. */
export interface StackPlace {
  readonly accountId: string;
  readonly region: string;
}

/** What a stack has come to. */
export interface StackTransition {
  /** The stack's ARN, which also tells its account, Region and name. */
  readonly stackId: string;
  readonly status: StackStatus;
  /** @default - the status speaks for itself */
  readonly statusReason?: string;
  /** The stack that this one is a resource of. @default - none */
  readonly parentId?: string;
}

export interface StackRecord extends StackTransition, StackPlace {
  readonly stackName: string;
  readonly creationTime: Date;
  readonly lastUpdatedTime?: Date;
  readonly deletionTime?: Date;
}

/** Stacks in ROLLBACK_COMPLETE have a time of deletion in lists that people published. Guess: that it is the one at which the rollback began. */
const BEGIN_DELETION: readonly StackStatus[] = ['ROLLBACK_IN_PROGRESS', 'DELETE_IN_PROGRESS'];

/** The stacks of all accounts and Regions, those that are gone among them, and the status of each. */
export class StackRecords {
  /** In the order in which the stacks began. */
  private readonly records = new Map<string, StackRecord>();

  constructor(private readonly clock: Clock) {}

  /** The stack is in that status from now on; one that was not known begins with it. */
  put(transition: StackTransition): void {
    const { stackId, status } = transition;
    const now = this.clock.now();
    const known = this.records.get(stackId);
    this.records.set(stackId, {
      ...partsOf(stackId),
      ...transition,
      creationTime: known?.creationTime ?? now,
      // Guess: that the rollback of an update does not count.
      lastUpdatedTime: status === 'UPDATE_IN_PROGRESS' ? now : known?.lastUpdatedTime,
      deletionTime: BEGIN_DELETION.includes(status) ? now : known?.deletionTime,
    });
  }

  find(stackId: string): StackRecord | undefined {
    return this.records.get(stackId);
  }

  /** Without those that are gone. Guess: that the newest one comes first. */
  livingIn({ accountId, region }: StackPlace): StackRecord[] {
    return [...this.records.values()]
      .filter((record) => record.accountId === accountId && record.region === region && record.status !== 'DELETE_COMPLETE')
      .reverse();
  }
}

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscloudformation.html#awscloudformation-resources-for-iam-policies */
function partsOf(stackId: string): StackPlace & Pick<StackRecord, 'stackName'> {
  const [, region, accountId, stackName] = /^arn:[^:]*:cloudformation:([^:]*):(\d*):stack\/([^/]*)\//.exec(stackId)!;
  return { region, accountId, stackName };
}
