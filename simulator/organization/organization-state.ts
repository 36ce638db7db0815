import { accountArn, organizationalUnitArn, organizationArn, rootArn } from './organization-arns';
import { AccountDefinition, AccountState, FeatureSet, OrganizationalUnitDefinition, OrganizationDefinition } from './organization-definition';

/** A member account; an account that is not in the organization has no record here. */
export interface MemberAccount extends AccountDefinition {
  readonly parentId: string;
  readonly joinedAt: Date;
}

export interface DelegatedAdministration {
  readonly accountId: string;
  readonly servicePrincipal: string;
  readonly enabledAt: Date;
}

export interface TrustedService {
  readonly servicePrincipal: string;
  readonly enabledAt: Date;
}

/**
 * The organization as it is now: the tree of accounts, trusted services and delegated administrators. Several services
 * read it; AWS Organizations and License Manager change it.
 */
export class OrganizationState {
  /** The organization of the file; undefined if the file says that there is none. */
  static of(definition: OrganizationDefinition, startedAt: Date): OrganizationState | undefined {
    return definition.organization ? new OrganizationState(definition, startedAt) : undefined;
  }

  readonly id: string;
  readonly rootId: string;
  readonly managementAccountId: string;
  readonly featureSet: FeatureSet;

  private readonly units: Map<string, OrganizationalUnitDefinition>;
  private readonly members: Map<string, MemberAccount>;
  private readonly trusted = new Map<string, TrustedService>();
  private readonly delegations: DelegatedAdministration[] = [];
  private readonly membershipListeners: (() => void)[] = [];

  private constructor(definition: OrganizationDefinition, startedAt: Date) {
    const { id, rootId, managementAccountId, featureSet } = definition.organization!;
    this.id = id;
    this.rootId = rootId;
    this.managementAccountId = managementAccountId;
    this.featureSet = featureSet;
    this.units = new Map(definition.organizationalUnits.map((unit) => [unit.id, unit]));
    this.members = new Map(definition.accounts.filter(isMember).map((account) => [account.id, { ...account, joinedAt: startedAt }]));
    definition.trustedServices.forEach((servicePrincipal) => this.trust(servicePrincipal, startedAt));
    Object.entries(definition.delegatedAdministrators ?? {}).forEach(
      ([servicePrincipal, accountId]) => this.delegate(servicePrincipal, accountId, startedAt));
  }

  /** The organization as it is now, for readers that are shown the past. Nobody hears of changes to it. */
  copy(): OrganizationState {
    return Object.assign(Object.create(OrganizationState.prototype) as OrganizationState, this, {
      members: new Map(this.members),
      trusted: new Map(this.trusted),
      delegations: [...this.delegations],
      membershipListeners: [],
    });
  }

  get arn(): string {
    return organizationArn(this);
  }

  get rootArn(): string {
    return rootArn(this, this.rootId);
  }

  accountArn(accountId: string): string {
    return accountArn(this, accountId);
  }

  organizationalUnitArn(unitId: string): string {
    return organizationalUnitArn(this, unitId);
  }

  // ---- the tree -----------------------------------------------------------------------------------------------

  get accounts(): MemberAccount[] {
    return [...this.members.values()];
  }

  account(accountId: string): MemberAccount | undefined {
    return this.members.get(accountId);
  }

  organizationalUnit(unitId: string): OrganizationalUnitDefinition | undefined {
    return this.units.get(unitId);
  }

  hasParent(id: string): boolean {
    return id === this.rootId || this.units.has(id);
  }

  accountsDirectlyUnder(parentId: string): MemberAccount[] {
    return this.accounts.filter((account) => account.parentId === parentId);
  }

  unitsDirectlyUnder(parentId: string): OrganizationalUnitDefinition[] {
    return [...this.units.values()].filter((unit) => unit.parentId === parentId);
  }

  /** The accounts in a root or organizational unit and in everything nested below it. */
  accountsUnder(parentId: string): MemberAccount[] {
    return this.accounts.filter((account) => this.pathTo(account.parentId).includes(parentId));
  }

  /** Ids from the root down to the given root or organizational unit, it included. */
  pathTo(parentId: string): string[] {
    const unit = this.units.get(parentId);
    return unit ? [...this.pathTo(unit.parentId), parentId] : [parentId];
  }

  /** Called after every change of who is where in the organization. */
  onMembershipChange(listener: () => void): void {
    this.membershipListeners.push(listener);
  }

  join(account: AccountDefinition & { readonly parentId: string }, now: Date): void {
    if (this.members.has(account.id)) throw new Error(`Account ${account.id} is in the organization already`);
    this.requireParent(account.parentId);
    this.members.set(account.id, { ...account, joinedAt: now });
    this.membershipChanged();
  }

  move(accountId: string, parentId: string): void {
    this.requireParent(parentId);
    this.members.set(accountId, { ...this.requireMember(accountId), parentId });
    this.membershipChanged();
  }

  /** Suspends an account, closes it, or brings it back. */
  changeState(accountId: string, state: AccountState): void {
    this.members.set(accountId, { ...this.requireMember(accountId), state });
    this.membershipChanged();
  }

  leave(accountId: string): void {
    this.requireMember(accountId);
    if (accountId === this.managementAccountId) throw new Error('The management account cannot leave its organization');
    this.members.delete(accountId);
    this.membershipChanged();
  }

  // ---- trusted access and delegation --------------------------------------------------------------------------

  get trustedServices(): TrustedService[] {
    return [...this.trusted.values()];
  }

  trusts(servicePrincipal: string): boolean {
    return this.trusted.has(servicePrincipal);
  }

  trust(servicePrincipal: string, now: Date): void {
    if (!this.trusted.has(servicePrincipal)) this.trusted.set(servicePrincipal, { servicePrincipal, enabledAt: now });
  }

  distrust(servicePrincipal: string): void {
    this.trusted.delete(servicePrincipal);
  }

  get delegatedAdministrations(): readonly DelegatedAdministration[] {
    return this.delegations;
  }

  isDelegatedAdministrator(accountId: string, servicePrincipal?: string): boolean {
    return this.delegations.some((delegation) =>
      delegation.accountId === accountId && (servicePrincipal === undefined || delegation.servicePrincipal === servicePrincipal));
  }

  delegate(servicePrincipal: string, accountId: string, now: Date): void {
    this.delegations.push({ servicePrincipal, accountId, enabledAt: now });
  }

  endDelegation(servicePrincipal: string, accountId: string): void {
    const index = this.delegations.findIndex((delegation) =>
      delegation.accountId === accountId && delegation.servicePrincipal === servicePrincipal);
    if (index >= 0) this.delegations.splice(index, 1);
  }

  private membershipChanged(): void {
    this.membershipListeners.forEach((listener) => listener());
  }

  private requireMember(accountId: string): MemberAccount {
    const account = this.members.get(accountId);
    if (!account) throw new Error(`Account ${accountId} is not in the organization`);
    return account;
  }

  private requireParent(parentId: string): void {
    if (!this.hasParent(parentId)) throw new Error(`The organization has no root or organizational unit ${parentId}`);
  }
}

function isMember(account: AccountDefinition): account is AccountDefinition & { readonly parentId: string } {
  return account.parentId !== undefined;
}
