import { createHash } from 'node:crypto';
import { Grant, GrantContent, GrantIdentity } from './grant';
import { isLive } from './grant-lifecycle';

/** All grants of all accounts, in the order in which they were made. */
export class GrantStore {
  private readonly grants = new Map<string, Grant>();

  add(identity: Omit<GrantIdentity, 'arn'>, content: GrantContent, tags?: ReadonlyMap<string, string>): Grant {
    const grant = new Grant({ ...identity, arn: this.nextArn(identity.grantorAccountId) }, content, tags);
    this.grants.set(grant.arn, grant);
    return grant;
  }

  all(): Grant[] {
    return [...this.grants.values()];
  }

  find(arn: string): Grant | undefined {
    return this.grants.get(arn);
  }

  childrenOf(parent: Grant): Grant[] {
    return this.all().filter(({ identity }) => identity.parentArn === parent.arn);
  }

  liveChildrenOf(parent: Grant): Grant[] {
    return this.childrenOf(parent).filter(({ status }) => isLive(status));
  }

  parentOf(grant: Grant): Grant | undefined {
    return this.grants.get(grant.identity.parentArn);
  }

  /** Grants that one account holds itself: made for it alone, or as its part of an organization's grant. */
  heldBy(accountId: string): Grant[] {
    return this.all().filter((grant) => grant.granteeAccountId() === accountId);
  }

  /** ARNs as in reports of real grants: no Region, and the id of the grantor. The ids count grants, in no visible order. */
  private nextArn(grantorAccountId: string): string {
    const id = createHash('sha256').update(`grant ${this.grants.size + 1}`).digest('hex').slice(0, 32);
    return `arn:aws:license-manager::${grantorAccountId}:grant:g-${id}`;
  }
}
