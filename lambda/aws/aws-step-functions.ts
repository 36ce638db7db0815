import { DescribeExecutionCommand, ListExecutionsCommand, SFNClient, StartExecutionCommand, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { allPages } from './all-pages';
import { call } from './call';
import { LONGEST_ATTEMPT_MILLISECONDS, ONE_ATTEMPT_CONFIGURATION } from './client-configuration';
import type { Patience } from './patience';
import { hasCode } from '../domain/service-error';
import type { WorkflowsGateway } from '../domain/workflow/workflows-gateway';

/**
 * Reads of executions may lag behind (DescribeExecution, AWS Step Functions API reference), by a time that is not said. In these seconds a
 * pass of a stopped execution could still find it running.
 */
const LAG_MILLISECONDS = 5_000;

/** AWS Step Functions in the Region of the stack. */
export class AwsStepFunctions implements WorkflowsGateway {
  readonly afterlifeMilliseconds = LONGEST_ATTEMPT_MILLISECONDS + LAG_MILLISECONDS;
  private readonly client: SFNClient;

  constructor(region: string, private readonly patience: Patience) {
    this.client = new SFNClient({ ...ONE_ATTEMPT_CONFIGURATION, region });
  }

  async start(stateMachineArn: string, name: string, input: string): Promise<void> {
    try {
      const command = new StartExecutionCommand({ stateMachineArn, name, input });
      await this.call('StartExecution', stateMachineArn, async () => this.client.send(command));
    } catch (error) {
      if (!hasCode(error, ['ExecutionAlreadyExists'])) {
        throw error;
      }
    }
  }

  async listRunning(stateMachineArn: string, namePrefix: string): Promise<string[]> {
    const executions = await allPages(async (nextToken) => {
      const command = new ListExecutionsCommand({ stateMachineArn, statusFilter: 'RUNNING', nextToken });
      const page = await orMissing(this.call('ListExecutions', stateMachineArn, async () => this.client.send(command)));
      return { items: page?.executions, nextToken: page?.nextToken };
    });
    return executions.filter(({ name }) => name!.startsWith(namePrefix)).map(({ executionArn }) => executionArn!);
  }

  async isRunning(executionArn: string): Promise<boolean> {
    const command = new DescribeExecutionCommand({ executionArn });
    const execution = await orMissing(this.call('DescribeExecution', executionArn, async () => this.client.send(command)));
    return execution?.status === 'RUNNING';
  }

  async stop(executionArn: string, error: string, cause: string): Promise<void> {
    const command = new StopExecutionCommand({ executionArn, error, cause });
    await orMissing(this.call('StopExecution', executionArn, async () => this.client.send(command)));
  }

  private async call<Output>(operation: string, resource: string, send: () => Promise<Output>): Promise<Output> {
    return call(`states:${operation}`, resource, this.patience, send);
  }
}

/** Nothing where the state machine or the execution is not there, or no longer. */
async function orMissing<Output>(answer: Promise<Output>): Promise<Output | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (hasCode(error, ['StateMachineDoesNotExist', 'ExecutionDoesNotExist'])) {
      return undefined;
    }
    throw error;
  }
}
