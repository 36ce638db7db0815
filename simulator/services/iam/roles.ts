import { NamedPolicy } from '../../authorization/policy-document';
import { identifier } from '../../wire/identities';

/** An IAM role of any account, whoever made it. */
export interface Role {
  readonly accountId: string;
  readonly roleName: string;
  readonly path: string;
  readonly arn: string;
  readonly roleId: string;
  readonly createdAt: Date;
  readonly trustPolicy: TrustPolicy;
  readonly description?: string;
  readonly maximumSessionSeconds: number;
  readonly tags: Readonly<Record<string, string>>;
  /** Those that are part of the role's definition; others may be attached to it. */
  readonly inlinePolicies: readonly NamedPolicy[];
  readonly managedPolicyArns: readonly string[];
  readonly permissionsBoundaryArn?: string;
}

export interface TrustPolicy {
  readonly Version: string;
  readonly Statement: readonly TrustStatement[];
}

export interface TrustStatement {
  readonly Effect: string;
  readonly Principal?: '*' | Readonly<Record<string, string | readonly string[]>>;
  readonly Action: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

export interface RoleDefinition {
  readonly accountId: string;
  readonly roleName: string;
  /** @default / */
  readonly path?: string;
  readonly trustPolicy: TrustPolicy;
  readonly description?: string;
  /** @default 3600, as in IAM */
  readonly maximumSessionSeconds?: number;
  readonly tags?: Readonly<Record<string, string>>;
  /** @default - none */
  readonly inlinePolicies?: readonly NamedPolicy[];
  /** @default - none */
  readonly managedPolicyArns?: readonly string[];
  /** @default - none */
  readonly permissionsBoundaryArn?: string;
}

/** The roles of all accounts. Names are unique within an account whatever their path, and compared without case, as in IAM. */
export class Roles {
  private readonly roles = new Map<string, Role>();

  /** Creates the role or takes its new definition; its id and creation time stay. */
  put(definition: RoleDefinition, now: Date): Role {
    const { accountId, roleName } = definition;
    const path = definition.path ?? '/';
    const arn = `arn:aws:iam::${accountId}:role${path}${roleName}`;
    const role: Role = {
      ...definition,
      path,
      arn,
      roleId: `AROA${identifier(arn, 17)}`,
      createdAt: this.get(accountId, roleName)?.createdAt ?? now,
      maximumSessionSeconds: definition.maximumSessionSeconds ?? 3600,
      tags: definition.tags ?? {},
      inlinePolicies: definition.inlinePolicies ?? [],
      managedPolicyArns: definition.managedPolicyArns ?? [],
    };
    this.roles.set(key(accountId, roleName), role);
    return role;
  }

  get(accountId: string, roleName: string): Role | undefined {
    return this.roles.get(key(accountId, roleName));
  }

  /** Another role of the same name is another role. */
  find(arn: string): Role | undefined {
    const [, accountId, roleName] = /^arn:[^:]+:iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/.exec(arn) ?? [];
    const role = accountId === undefined ? undefined : this.get(accountId, roleName);
    return role?.arn === arn ? role : undefined;
  }

  /** The roles as they are now, for readers that are shown the past. */
  copy(): Roles {
    const copy = new Roles();
    this.roles.forEach((role, name) => copy.roles.set(name, role));
    return copy;
  }

  remove(accountId: string, roleName: string): void {
    this.roles.delete(key(accountId, roleName));
  }

  list(accountId: string): Role[] {
    return [...this.roles.values()].filter((role) => role.accountId === accountId);
  }
}

function key(accountId: string, roleName: string): string {
  return `${accountId}/${roleName.toLowerCase()}`;
}
