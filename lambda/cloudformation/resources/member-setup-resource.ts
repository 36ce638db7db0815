import type { MemberSetupAttributes, MemberSetupProperties } from '../../../lib/setup/member-setup-properties';
import { createMissingRoles } from '../../domain/setup/create-roles';
import { CORE_ROLE, MARKETPLACE_ROLE, MEMBER_ACCOUNT_ROLE } from '../../domain/setup/service-linked-role';
import type { ServiceLinkedRolesGateway } from '../../domain/setup/service-linked-roles-gateway';
import type { CustomResource, Invocation, Settled } from '../custom-resource';

/** `Custom::ManagedEntitlementsMemberSetup`: the service-linked roles of a member account, which stay when the stack goes. */
export class MemberSetupResource implements CustomResource<MemberSetupProperties, MemberSetupAttributes> {
  constructor(private readonly invocation: Invocation, private readonly serviceLinkedRoles: ServiceLinkedRolesGateway) {}

  async create(): Promise<Settled<MemberSetupAttributes>> {
    await createMissingRoles([CORE_ROLE, MEMBER_ACCOUNT_ROLE, MARKETPLACE_ROLE], this.serviceLinkedRoles);
    return { physicalId: `managed-entitlements-member-setup-${this.invocation.stack.accountId}`, attributes: {} };
  }

  async update(): Promise<Settled<MemberSetupAttributes>> {
    return this.create();
  }

  async delete(): Promise<undefined> {
    return undefined;
  }
}
