import { noPermission, notInUse } from './errors';
import { OrganizationState } from '../../organization/organization-state';
import { ConditionContext } from '../../wire/authorizer';
import { CallContext, RequiredAccess } from '../../wire/service';
import { Reads } from '../reads';

/** Who may ask the organization what, by the "can be called only from" remarks of the API reference. */
export class OrganizationAccess {
  constructor(private readonly organization: OrganizationState | undefined, private readonly reads: Reads) {}

  /** What IAM is asked for an operation on an account, an organizational unit or the root. */
  toResource(id: string, context: ConditionContext = {}): RequiredAccess {
    // Nothing has an ARN without an organization, and every operation is refused.
    if (!this.organization) return { resourceArns: ['*'], context };
    const tags = Object.entries(this.organization.account(id)?.tags ?? {}).map(([key, value]) => [`aws:ResourceTag/${key}`, value]);
    return { resourceArns: [arnOf(id, this.organization)], context: { ...Object.fromEntries(tags), ...context } };
  }

  /** For operations that any member account may call; they only read. */
  asMember(context: CallContext): OrganizationState {
    return this.reads.shown(this.ownOrganization(context));
  }

  /** For operations of the management account or a delegated administrator of any service; they only read. */
  asAdministrator(context: CallContext): OrganizationState {
    const organization = this.asMember(context);
    const { accountId } = context.caller;
    if (accountId !== organization.managementAccountId && !organization.isDelegatedAdministrator(accountId)) throw noPermission();
    return organization;
  }

  /** For operations of the management account alone. */
  asManagement(context: CallContext): OrganizationState {
    const organization = this.ownOrganization(context);
    if (context.caller.accountId !== organization.managementAccountId) throw noPermission();
    return organization;
  }

  private ownOrganization({ caller }: CallContext): OrganizationState {
    if (!this.organization?.account(caller.accountId)) throw notInUse();
    return this.organization;
  }
}

function arnOf(id: string, organization: OrganizationState): string {
  if (id.startsWith('ou-')) return organization.organizationalUnitArn(id);
  return id.startsWith('r-') ? organization.rootArn : organization.accountArn(id);
}
