import type { GetRoleRequest, GetRoleResponse } from '@aws-sdk/client-iam';
import { CallContext, Operation, RequiredAccess, Validated } from '../../../wire/service';
import { noSuchRole } from '../errors';
import { IamState } from '../iam-state';
import { roleTagContext } from '../role-access';
import { roleAnswer } from '../role-answer';

type Input = Validated<GetRoleRequest, 'RoleName'>;

export class GetRole implements Operation<Input, GetRoleResponse> {
  constructor(private readonly state: IamState) {}

  requiredAccess({ RoleName }: Input, { caller }: CallContext): RequiredAccess {
    const role = this.state.roles.get(caller.accountId, RoleName);
    return { resourceArns: [role?.arn ?? `arn:aws:iam::${caller.accountId}:role/${RoleName}`], context: roleTagContext(role) };
  }

  perform({ RoleName }: Input, { caller }: CallContext): GetRoleResponse {
    const role = this.state.roles.get(caller.accountId, RoleName);
    if (!role) throw noSuchRole(RoleName);
    return { Role: roleAnswer(role) };
  }
}
