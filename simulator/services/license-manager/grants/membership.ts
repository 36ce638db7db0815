import { AccountGrants } from './account-grants';
import { isBelow } from './coverage';
import { Grant } from './grant';
import { isLive } from './grant-lifecycle';
import { GrantStore } from './grant-store';
import { GrantWorkflows } from './grant-workflows';
import { Clock } from '../../../clock/clock';
import { OrganizationState } from '../../../organization/organization-state';
import { Linking } from '../settings/linking';

/**
 * What License Manager does when accounts come, go or move: AWS's "How to use Managed entitlements", Keeping track of
 * grants. Who comes under a grant to an organization or organizational unit gets its part of it, who leaves gets it
 * disabled. Guess: the same happens on a move between organizational units, and to grants made to one account.
 */
export class Membership {
  constructor(
    private readonly organization: OrganizationState,
    private readonly grants: GrantStore,
    private readonly accountGrants: AccountGrants,
    private readonly workflows: GrantWorkflows,
    private readonly linking: Linking,
    private readonly clock: Clock,
  ) {}

  followChanges(): void {
    this.organization.onMembershipChange(() => {
      this.equipNewcomers();
      this.grants.grantsToGroups().filter(({ status }) => isLive(status)).forEach((grant) => this.distributeToNewcomers(grant));
      this.grants.all().filter((grant) => this.isOutOfReach(grant)).forEach((grant) =>
        this.workflows.disable(grant, `Account ${grant.granteeAccountId()} has left the organization or organizational unit.`));
    });
  }

  private equipNewcomers(): void {
    if (!this.linking.isOn()) return;
    this.organization.accounts
      .filter(({ id }) => id !== this.organization.managementAccountId)
      .forEach(({ id }) => this.linking.equipMember(id, this.clock.now()));
  }

  /** An account that rejected its part, or whose part the grantor deleted, does not get another. */
  private distributeToNewcomers(parent: Grant): void {
    const reached = new Set(this.grants.childrenOf(parent).map((child) => child.granteeAccountId()));
    this.accountGrants.coveredBy(parent)
      .filter((accountId) => !reached.has(accountId))
      .forEach((accountId) => this.workflows.distributeToNewcomer(parent, accountId));
  }

  /** An account's own subscription is nobody's grant and stays. */
  private isOutOfReach(grant: Grant): boolean {
    const accountId = grant.granteeAccountId();
    if (accountId === undefined || !this.organization.account(grant.identity.grantorAccountId)) return false;
    if (grant.status !== 'ACTIVE' && grant.status !== 'PENDING_WORKFLOW') return false;
    const parentGrantee = this.grants.parentOf(grant)?.identity.grantee;
    if (!parentGrantee || parentGrantee.kind === 'account') return this.organization.account(accountId) === undefined;
    return !isBelow(accountId, parentGrantee, this.organization);
  }
}
