import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { call } from './call';
import { CLIENT_CONFIGURATION } from './client-configuration';
import type { Patience } from './patience';
import { ServiceError } from '../domain/service-error';
import type { StacksGateway } from '../domain/stack/stacks-gateway';

/** AWS CloudFormation in the Region of the stack. */
export class AwsCloudFormation implements StacksGateway {
  private readonly client: CloudFormationClient;

  constructor(region: string, private readonly patience: Patience) {
    this.client = new CloudFormationClient({ ...CLIENT_CONFIGURATION, region });
  }

  async readStatus(stackId: string): Promise<string | undefined> {
    try {
      const command = new DescribeStacksCommand({ StackName: stackId });
      const { Stacks: stacks = [] } = await call('cloudformation:DescribeStacks', stackId, this.patience, async () => this.client.send(command));
      return stacks[0]?.StackStatus;
    } catch (error) {
      // What depends on the status is worth no failed request.
      if (error instanceof ServiceError) {
        return undefined;
      }
      throw error;
    }
  }
}
