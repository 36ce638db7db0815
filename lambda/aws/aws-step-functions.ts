import { DescribeExecutionCommand, ListExecutionsCommand, SFNClient, StartExecutionCommand, StopExecutionCommand } from '@aws-sdk/client-sfn';
import type { DescribeExecutionOutput, ExecutionStatus } from '@aws-sdk/client-sfn';
import { allPages } from './all-pages';
import { call } from './call';
import { LONGEST_ATTEMPT_MILLISECONDS, ONE_ATTEMPT_CONFIGURATION } from './client-configuration';
import type { Clients } from './clients';
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

  constructor(private readonly clients: Clients, private readonly region: string, private readonly patience: Patience) {}

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
    return this.list(stateMachineArn, namePrefix, 'RUNNING');
  }

  async findStopped(stateMachineArn: string, namePrefix: string, cause: string): Promise<string | undefined> {
    // The newest come first (ListExecutions, AWS Step Functions API reference).
    const [newest] = await this.list(stateMachineArn, namePrefix, 'ABORTED');
    return newest !== undefined && (await this.describe(newest))?.cause === cause ? newest : undefined;
  }

  async isRunning(executionArn: string): Promise<boolean> {
    return (await this.describe(executionArn))?.status === 'RUNNING';
  }

  async readInput(executionArn: string): Promise<string | undefined> {
    return (await this.describe(executionArn))?.input;
  }

  async stop(executionArn: string, error: string, cause: string): Promise<void> {
    const command = new StopExecutionCommand({ executionArn, error, cause });
    await orMissing(this.call('StopExecution', executionArn, async () => this.client.send(command)));
  }

  private get client(): SFNClient {
    return this.clients.of(SFNClient, this.region, ONE_ATTEMPT_CONFIGURATION);
  }

  private async list(stateMachineArn: string, namePrefix: string, statusFilter: ExecutionStatus): Promise<string[]> {
    const executions = await allPages(async (nextToken) => {
      const command = new ListExecutionsCommand({ stateMachineArn, statusFilter, nextToken });
      const page = await orMissing(this.call('ListExecutions', stateMachineArn, async () => this.client.send(command)));
      return { items: page?.executions, nextToken: page?.nextToken };
    });
    return executions.filter(({ name }) => name!.startsWith(namePrefix)).map(({ executionArn }) => executionArn!);
  }

  private async describe(executionArn: string): Promise<DescribeExecutionOutput | undefined> {
    const command = new DescribeExecutionCommand({ executionArn });
    return orMissing(this.call('DescribeExecution', executionArn, async () => this.client.send(command)));
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
