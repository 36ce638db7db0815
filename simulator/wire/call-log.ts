/** One call of a known caller, whatever became of it. Like CloudTrail, the log has no calls with unknown credentials. */
export interface ApiCall {
  readonly time: Date;
  readonly accountId: string;
  readonly region: string;
  readonly principalArn: string;
  /** As in the signature and in IAM actions: `license-manager`, `organizations`, `iam`, `sts`. */
  readonly service: string;
  readonly operation: string;
  readonly request: unknown;
  /** Name and text of the error that was answered. */
  readonly error?: string;
}
