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
  /** The process of that function. */
  readonly execution?: FunctionExecution;
}

/** What those whom a function asks can do to its process. */
export interface FunctionExecution {
  kill(): void;
  /** Nothing moves in it any more, until Lambda stops it at its timeout. */
  freeze(): void;
  /** The function only waits until the promise settles, for the answer to the request that came from that port. */
  whileRequestIsHeld<Answer>(clientPort: number, answer: Promise<Answer>): Promise<Answer>;
}

export function rootUser(accountId: string): Caller {
  return { accountId, arn: `arn:aws:iam::${accountId}:root`, userId: accountId };
}
