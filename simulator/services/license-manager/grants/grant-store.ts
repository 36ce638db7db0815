import { createHash } from 'node:crypto';
import { Grant, GrantContent, GrantIdentity } from './grant';
import { isLive } from './grant-lifecycle';
import { accountPrincipalArn } from './grantee-principal';
import { Variants } from '../../variants';

/** All grants of all accounts, each list in the order in which they were made. */
export class GrantStore {
  private readonly grants = new Map<string, Grant>();
  private readonly byParent = new Groups();
  private readonly byGrantee = new Groups();
  private readonly byGrantor = new Groups();
  private readonly byLicense = new Groups();
  private readonly toGroups: Grant[] = [];

  constructor(private readonly variants: Variants) {}

  add(identity: Omit<GrantIdentity, 'arn'>, content: GrantContent, tags?: ReadonlyMap<string, string>): Grant {
    const grant = new Grant({ ...identity, arn: this.nextArn(identity.grantorAccountId) }, content, {
      tags, everyChangeIsAVersion: this.variants.newVersions === 'every-change',
    });
    this.keep(grant);
    return grant;
  }

  /** The grants as they are now, for readers that are shown the past. */
  copy(): GrantStore {
    const copy = new GrantStore(this.variants);
    for (const grant of this.grants.values()) copy.keep(grant.copy());
    return copy;
  }

  all(): Grant[] {
    return [...this.grants.values()];
  }

  find(arn: string): Grant | undefined {
    return this.grants.get(arn);
  }

  /** Grants to an organization or organizational unit. */
  grantsToGroups(): readonly Grant[] {
    return this.toGroups;
  }

  /** Grants of a license that somebody made, those of AWS Marketplace among them; not those below an organization's grant. */
  directGrantsOf(licenseArn: string): readonly Grant[] {
    return this.byParent.get(licenseArn);
  }

  childrenOf(parent: Grant): readonly Grant[] {
    return this.byParent.get(parent.arn);
  }

  liveChildrenOf(parent: Grant): Grant[] {
    return this.childrenOf(parent).filter(({ status }) => isLive(status));
  }

  /** The organization's grant that this one is a part of. */
  parentOf(grant: Grant): Grant | undefined {
    return this.grants.get(grant.identity.parentArn);
  }

  madeBy(grantorAccountId: string): readonly Grant[] {
    return this.byGrantor.get(grantorAccountId);
  }

  ofLicense(licenseArn: string): readonly Grant[] {
    return this.byLicense.get(licenseArn);
  }

  /** Grants that one account holds itself: made for it alone, or as its part of an organization's grant. */
  heldBy(accountId: string): readonly Grant[] {
    return this.grantedTo(accountPrincipalArn(accountId));
  }

  grantedTo(granteePrincipalArn: string): readonly Grant[] {
    return this.byGrantee.get(granteePrincipalArn);
  }

  private keep(grant: Grant): void {
    const { parentArn, grantorAccountId, licenseArn, granteePrincipalArn } = grant.identity;
    this.grants.set(grant.arn, grant);
    this.byParent.add(parentArn, grant);
    this.byGrantor.add(grantorAccountId, grant);
    this.byLicense.add(licenseArn, grant);
    this.byGrantee.add(granteePrincipalArn, grant);
    if (grant.isToGroup()) this.toGroups.push(grant);
  }

  /** ARNs as in reports of real grants: no Region, and the id of the grantor. The ids count grants, in no visible order. */
  private nextArn(grantorAccountId: string): string {
    const id = createHash('sha256').update(`grant ${this.grants.size + 1}`).digest('hex').slice(0, 32);
    return `arn:aws:license-manager::${grantorAccountId}:grant:g-${id}`;
  }
}

/** Grants by something that never changes about them. */
class Groups {
  private readonly groups = new Map<string, Grant[]>();

  add(key: string, grant: Grant): void {
    const group = this.groups.get(key);
    if (group) {
      group.push(grant);
    } else {
      this.groups.set(key, [grant]);
    }
  }

  get(key: string): readonly Grant[] {
    return this.groups.get(key) ?? [];
  }
}
