/** Who signed a request. */
export interface Caller {
  readonly accountId: string;
  /** `arn:aws:iam::ACCOUNT:root` or `arn:aws:sts::ACCOUNT:assumed-role/ROLE/SESSION`. */
  readonly arn: string;
  readonly userId: string;
  /** Absent for an account's root user. */
  readonly role?: RoleSession;
}

export interface RoleSession {
  readonly arn: string;
  readonly sessionName: string;
  readonly issuedAt: Date;
  /** The function that has the credentials from Lambda. @default - they were given to somebody else */
  readonly sourceFunctionArn?: string;
}

export function rootUser(accountId: string): Caller {
  return { accountId, arn: `arn:aws:iam::${accountId}:root`, userId: accountId };
}
