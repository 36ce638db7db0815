import type { CreateServiceLinkedRoleRequest, CreateServiceLinkedRoleResponse } from '@aws-sdk/client-iam';
import { CallContext, Operation, RequiredAccess, Validated } from '../../../wire/service';
import { customSuffixIsNotAllowed, roleNameIsTaken, serviceHasNoRole } from '../errors';
import { IamState } from '../iam-state';
import { roleAnswer } from '../role-answer';

type Input = Validated<CreateServiceLinkedRoleRequest, 'AWSServiceName'>;

export class CreateServiceLinkedRole implements Operation<Input, CreateServiceLinkedRoleResponse> {
  constructor(private readonly state: IamState) {}

  requiredAccess({ AWSServiceName }: Input, { caller }: CallContext): RequiredAccess {
    const roleName = this.state.serviceLinkedRoles.nameFor(AWSServiceName) ?? '*';
    return {
      resourceArns: [`arn:aws:iam::${caller.accountId}:role/aws-service-role/${AWSServiceName}/${roleName}`],
      context: { 'iam:AWSServiceName': AWSServiceName },
    };
  }

  perform({ AWSServiceName, CustomSuffix, Description }: Input, { caller, now }: CallContext): CreateServiceLinkedRoleResponse {
    const { serviceLinkedRoles } = this.state;
    const roleName = serviceLinkedRoles.nameFor(AWSServiceName);
    if (!roleName) throw serviceHasNoRole(AWSServiceName);
    if (CustomSuffix !== undefined) throw customSuffixIsNotAllowed(AWSServiceName);
    if (serviceLinkedRoles.exists(caller.accountId, AWSServiceName)) throw roleNameIsTaken(roleName);
    return { Role: roleAnswer(serviceLinkedRoles.create(caller.accountId, AWSServiceName, Description, now)) };
  }
}
