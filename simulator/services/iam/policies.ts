import { awsManagedPolicy } from './aws-managed-policies';
import { Role, Roles } from './roles';
import { NamedPolicy, PolicyDocument } from '../../authorization/policy-document';

/** A policy that stands by itself and is attached to roles of its account. */
export interface AttachedPolicy extends NamedPolicy {
  readonly accountId: string;
  readonly roleNames: readonly string[];
}

/** A policy of a role; without a document if nobody has told the simulator what it says. */
export interface PolicyOfRole {
  readonly name: string;
  readonly document?: PolicyDocument;
}

export interface PoliciesOfRole {
  readonly identityPolicies: readonly PolicyOfRole[];
  readonly permissionsBoundary?: PolicyOfRole;
}

/** The policies of all accounts, and which roles have them. */
export class Policies {
  private readonly attached = new Map<string, AttachedPolicy>();
  private readonly written = new Map<string, Set<PolicyDocument>>();

  /** @param customerManaged by ARN: the managed policies that are there before any stack */
  constructor(private readonly roles: Roles, private readonly customerManaged: Readonly<Record<string, PolicyDocument>>) {}

  /** Creates the policy or takes its new content and roles. @param id tells it from all others; the ARN of a managed policy */
  put(id: string, policy: AttachedPolicy): void {
    this.attached.set(id, policy);
    this.roles.list(policy.accountId).forEach((role) => this.remember(role));
  }

  remove(id: string): void {
    this.attached.delete(id);
  }

  of(role: Role): PoliciesOfRole {
    return {
      identityPolicies: [...this.inlineOf(role), ...role.managedPolicyArns.map((arn) => this.managed(arn))],
      permissionsBoundary: role.permissionsBoundaryArn === undefined ? undefined : this.managed(role.permissionsBoundaryArn),
    };
  }

  /** Takes note of what stacks let a role do. Has to be called for every new definition of a role. */
  remember(role: Role): void {
    const documents = this.written.get(role.arn) ?? new Set();
    const ofStacks = role.managedPolicyArns.flatMap((arn) => this.attached.get(arn) ?? []);
    [...this.inlineOf(role), ...ofStacks].forEach(({ document }) => documents.add(document));
    this.written.set(role.arn, documents);
  }

  /** By role ARN: every document that stacks have ever given to the role, also after both are gone. AWS's own policies are not among them. */
  get everWritten(): ReadonlyMap<string, ReadonlySet<PolicyDocument>> {
    return this.written;
  }

  private inlineOf(role: Role): NamedPolicy[] {
    const attached = [...this.attached.values()].filter(({ accountId, roleNames }) =>
      accountId === role.accountId && roleNames.includes(role.roleName));
    return [...role.inlinePolicies, ...attached];
  }

  private managed(arn: string): PolicyOfRole {
    return { name: arn, document: this.attached.get(arn)?.document ?? this.customerManaged[arn] ?? awsManagedPolicy(arn) };
  }
}
