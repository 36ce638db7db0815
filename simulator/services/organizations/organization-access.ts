import { noPermission, notInUse } from './errors';
import { OrganizationState } from '../../organization/organization-state';
import { CallContext } from '../../wire/service';

/** Who may ask the organization what, by the "can be called only from" remarks of the API reference. */
export class OrganizationAccess {
  constructor(private readonly organization: OrganizationState | undefined) {}

  /** For operations that any member account may call. */
  asMember({ caller }: CallContext): OrganizationState {
    if (!this.organization?.account(caller.accountId)) throw notInUse();
    return this.organization;
  }

  /** For operations of the management account or a delegated administrator of any service. */
  asAdministrator(context: CallContext): OrganizationState {
    const organization = this.asMember(context);
    const { accountId } = context.caller;
    if (accountId !== organization.managementAccountId && !organization.isDelegatedAdministrator(accountId)) throw noPermission();
    return organization;
  }

  /** For operations of the management account alone. */
  asManagement(context: CallContext): OrganizationState {
    const organization = this.asMember(context);
    if (context.caller.accountId !== organization.managementAccountId) throw noPermission();
    return organization;
  }
}
