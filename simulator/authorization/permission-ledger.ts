/** A call that was not allowed, however often it was made. */
export interface DeniedPermission {
  /** Who called: for a function its name, which is that of its role's session; for a root user the account. */
  readonly caller: string;
  /** Absent for a root user. */
  readonly roleArn?: string;
  readonly action: string;
  readonly resource: string;
  /** In the words of AWS: which kind of policy it was. */
  readonly reason: string;
  readonly times: number;
}

/** Somebody of whose policies not everything is known: what is not known was taken to allow every call. */
export interface UncheckedPrincipal {
  /** Of the role, or of the root user. */
  readonly principalArn: string;
  readonly why: string;
}

/** What came of all evaluations. */
export class PermissionLedger {
  private readonly denials = new Map<string, DeniedPermission>();
  private readonly uncheckedPrincipals = new Map<string, UncheckedPrincipal>();
  private readonly used = new Map<string, Set<string>>();

  get denied(): DeniedPermission[] {
    return [...this.denials.values()];
  }

  get unchecked(): UncheckedPrincipal[] {
    return [...this.uncheckedPrincipals.values()];
  }

  usedActions(roleArn: string): ReadonlySet<string> {
    return this.used.get(roleArn) ?? new Set();
  }

  noteUse(roleArn: string, action: string): void {
    this.used.set(roleArn, (this.used.get(roleArn) ?? new Set()).add(action));
  }

  noteDenial(denial: Omit<DeniedPermission, 'times'>): void {
    const key = JSON.stringify([denial.roleArn, denial.caller, denial.action, denial.resource, denial.reason]);
    this.denials.set(key, { ...denial, times: (this.denials.get(key)?.times ?? 0) + 1 });
  }

  noteUnchecked(principalArn: string, why: string): void {
    this.uncheckedPrincipals.set(`${principalArn} ${why}`, { principalArn, why });
  }
}
