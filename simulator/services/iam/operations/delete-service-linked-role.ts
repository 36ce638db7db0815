import type { DeleteServiceLinkedRoleRequest, DeleteServiceLinkedRoleResponse } from '@aws-sdk/client-iam';
import { CallContext, Operation, RequiredAccess, Validated } from '../../../wire/service';
import { isNotServiceLinked, noSuchRole } from '../errors';
import { IamState } from '../iam-state';

type Input = Validated<DeleteServiceLinkedRoleRequest, 'RoleName'>;

export class DeleteServiceLinkedRole implements Operation<Input, DeleteServiceLinkedRoleResponse> {
  constructor(private readonly state: IamState) {}

  requiredAccess({ RoleName }: Input, { caller }: CallContext): RequiredAccess {
    const role = this.state.roles.get(caller.accountId, RoleName);
    return { resourceArns: [role?.arn ?? `arn:aws:iam::${caller.accountId}:role/${RoleName}`] };
  }

  perform({ RoleName }: Input, { caller }: CallContext): DeleteServiceLinkedRoleResponse {
    const role = this.state.roles.get(caller.accountId, RoleName);
    if (!role) throw noSuchRole(RoleName);
    if (!this.state.serviceLinkedRoles.serviceOf(role)) throw isNotServiceLinked(RoleName);
    return { DeletionTaskId: this.state.deletions.start(role) };
  }
}
