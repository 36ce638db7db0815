import {
  CreateServiceLinkedRoleCommand,
  DeleteServiceLinkedRoleCommand,
  GetRoleCommand,
  GetServiceLinkedRoleDeletionStatusCommand,
  IAMClient,
} from '@aws-sdk/client-iam';
import type { DeletionTaskFailureReasonType } from '@aws-sdk/client-iam';
import { call } from './call';
import { ONE_ATTEMPT_CONFIGURATION } from './client-configuration';
import type { Clients } from './clients';
import type { Patience } from './patience';
import { hasCode } from '../domain/service-error';
import type { ServiceLinkedRole } from '../domain/setup/service-linked-role';
import type { RoleDeletion, ServiceLinkedRolesGateway } from '../domain/setup/service-linked-roles-gateway';

/** What IAM says, under an error name that stands for other bad input as well, about a role that is there. */
const TAKEN = /has been taken in this account/;

/** IAM's service-linked roles in one account. */
export class AwsServiceLinkedRoles implements ServiceLinkedRolesGateway {
  /** IAM is global: any Region of the partition leads to it. */
  constructor(private readonly clients: Clients, private readonly region: string, private readonly patience: Patience) {}

  async exists(role: ServiceLinkedRole): Promise<boolean> {
    try {
      await this.call('GetRole', role.name, async () => this.client.send(new GetRoleCommand({ RoleName: role.name })));
      return true;
    } catch (error) {
      if (hasCode(error, ['NoSuchEntityException'])) {
        return false;
      }
      throw error;
    }
  }

  async create(role: ServiceLinkedRole): Promise<boolean> {
    try {
      const command = new CreateServiceLinkedRoleCommand({ AWSServiceName: role.servicePrincipal });
      await this.call('CreateServiceLinkedRole', role.name, async () => this.client.send(command));
      return true;
    } catch (error) {
      if (hasCode(error, ['InvalidInputException']) && TAKEN.test(error.said)) {
        return false;
      }
      throw error;
    }
  }

  async beginDeletion(role: ServiceLinkedRole): Promise<string> {
    const command = new DeleteServiceLinkedRoleCommand({ RoleName: role.name });
    const { DeletionTaskId } = await this.call('DeleteServiceLinkedRole', role.name, async () => this.client.send(command));
    return DeletionTaskId!;
  }

  async readDeletion(taskId: string): Promise<RoleDeletion> {
    const command = new GetServiceLinkedRoleDeletionStatusCommand({ DeletionTaskId: taskId });
    const { Status, Reason } = await this.call('GetServiceLinkedRoleDeletionStatus', taskId, async () => this.client.send(command));
    return { status: Status!, reason: Reason && describeReason(Reason) };
  }

  private get client(): IAMClient {
    return this.clients.of(IAMClient, this.region, ONE_ATTEMPT_CONFIGURATION);
  }

  private async call<Output>(operation: string, resource: string, send: () => Promise<Output>): Promise<Output> {
    return call(`iam:${operation}`, resource, this.patience, send);
  }
}

function describeReason({ Reason, RoleUsageList = [] }: DeletionTaskFailureReasonType): string {
  const usage = RoleUsageList.map(({ Region, Resources = [] }) => `${Resources.join(', ')} in ${Region}`).join('; ');
  return [Reason, usage && `used by ${usage}`].filter(Boolean).join(', ');
}
