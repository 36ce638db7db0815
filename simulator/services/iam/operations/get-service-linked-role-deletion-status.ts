import type { GetServiceLinkedRoleDeletionStatusRequest, GetServiceLinkedRoleDeletionStatusResponse } from '@aws-sdk/client-iam';
import { CallContext, Operation, RequiredAccess, Validated } from '../../../wire/service';
import { noSuchDeletionTask } from '../errors';
import { IamState } from '../iam-state';

type Input = Validated<GetServiceLinkedRoleDeletionStatusRequest, 'DeletionTaskId'>;

export class GetServiceLinkedRoleDeletionStatus implements Operation<Input, GetServiceLinkedRoleDeletionStatusResponse> {
  constructor(private readonly state: IamState) {}

  requiredAccess({ DeletionTaskId }: Input, { caller }: CallContext): RequiredAccess {
    // The id names the role: `task/aws-service-role/SERVICE/ROLE/NUMBER`, as in the API reference.
    const [, role] = /^task\/(aws-service-role\/[^/]+\/[^/]+)\//.exec(DeletionTaskId) ?? [];
    return { resourceArns: [role === undefined ? '*' : `arn:aws:iam::${caller.accountId}:role/${role}`] };
  }

  perform({ DeletionTaskId }: Input, { caller }: CallContext): GetServiceLinkedRoleDeletionStatusResponse {
    const task = this.state.deletions.find(caller.accountId, DeletionTaskId);
    if (!task) throw noSuchDeletionTask(DeletionTaskId);
    return {
      Status: task.status,
      Reason: task.failure && {
        Reason: task.failure.reason,
        RoleUsageList: [{ Region: task.failure.region, Resources: [task.failure.resourceArn] }],
      },
    };
  }
}
