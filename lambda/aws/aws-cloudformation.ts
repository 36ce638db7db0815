import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { call } from './call';
import { CLIENT_CONFIGURATION, LONGEST_ATTEMPT_MILLISECONDS } from './client-configuration';
import type { Clients } from './clients';
import type { Patience } from './patience';
import { ServiceError } from '../domain/service-error';
import { STATUS_HOLDS_MILLISECONDS } from '../domain/stack/stack-watch';
import type { StackState, StacksGateway } from '../domain/stack/stacks-gateway';

/** AWS CloudFormation in the Region of the stack. */
export class AwsCloudFormation implements StacksGateway {
  readonly afterlifeMilliseconds = STATUS_HOLDS_MILLISECONDS + LONGEST_ATTEMPT_MILLISECONDS;

  constructor(private readonly clients: Clients, private readonly region: string, private readonly patience: Patience) {}

  async readStack(stackId: string): Promise<StackState | undefined> {
    try {
      const command = new DescribeStacksCommand({ StackName: stackId });
      const { Stacks: [stack] = [] } = await call('cloudformation:DescribeStacks', stackId, this.patience, async () => this.client.send(command));
      return stack && { status: stack.StackStatus!, reason: stack.StackStatusReason };
    } catch (error) {
      // What depends on the status is worth no failed request.
      if (error instanceof ServiceError) {
        return undefined;
      }
      throw error;
    }
  }

  private get client(): CloudFormationClient {
    return this.clients.of(CloudFormationClient, this.region, CLIENT_CONFIGURATION);
  }
}
