import { AccountGrants } from './account-grants';
import { Grant } from './grant';
import { restingStatusOfGroup } from './grant-lifecycle';
import { GrantStore } from './grant-store';
import { GrantWorkflows } from './grant-workflows';
import { parseGranteePrincipal } from './grantee-principal';
import { GrantDefinition, GrantStatus } from '../../../organization/organization-definition';
import { Variants } from '../../variants';
import { LicenseCatalog } from '../licenses/license-catalog';

/** The grants of an organization file: there before the first call, and what was under way goes on. */
export class ExistingGrants {
  constructor(
    private readonly licenses: LicenseCatalog,
    private readonly grants: GrantStore,
    private readonly accountGrants: AccountGrants,
    private readonly workflows: GrantWorkflows,
    private readonly variants: Variants,
  ) {}

  add(definition: GrantDefinition): void {
    const { licenseArn, granteePrincipalArn, name, status, allowedOperations, tags } = definition;
    const license = this.licenses.get(licenseArn);
    const grant = this.grants.add({
      parentArn: licenseArn,
      licenseArn,
      homeRegion: license.homeRegion,
      grantorAccountId: license.subscriberAccountId,
      granteePrincipalArn,
      grantee: parseGranteePrincipal(granteePrincipalArn)!,
    }, {
      name,
      operations: allowedOperations ?? license.allowedOperations.filter((operation) => operation !== 'CreateGrant'),
      status,
    }, new Map(Object.entries(tags ?? {})));
    if (status === 'PENDING_WORKFLOW') {
      this.workflows.distribute(grant);
    } else {
      this.distributed(grant, status);
    }
  }

  private distributed(grant: Grant, status: GrantStatus): void {
    this.accountGrants.coveredBy(grant).forEach((accountId) => this.accountGrants.makeChild(grant, accountId).settle(statusInAccounts(status)));
    if (status === 'PENDING_DELETE') {
      this.workflows.delete(grant, undefined);
    } else if (grant.isToGroup() && (status === 'ACTIVE' || status === 'DISABLED')) {
      grant.wholeGroupIsActive = status === 'ACTIVE';
      grant.settle(restingStatusOfGroup(status, this.variants));
    }
  }
}

/** A deletion is passed on when it begins. */
function statusInAccounts(status: GrantStatus): GrantStatus {
  return status === 'WORKFLOW_COMPLETED' || status === 'PENDING_DELETE' ? 'DISABLED' : status;
}
