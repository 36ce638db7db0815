/**
 * The contract between `MarketplaceLicenseGrant` and its handler: what the template says and what comes back.
 * CloudFormation delivers every scalar as a string.
 */
export interface GrantProperties {
  readonly LicenseArn: string;
  readonly HomeRegion: string;
  readonly Grantee: GranteeProperties;
  readonly GrantName: string;
  /** `true` if nobody chose the name: a grant that is there already keeps its own. Absent: it gets this one. */
  readonly KeepsExistingName?: string;
  readonly Activation: ActivationProperties;
  /** Absent: License Manager accepts the grant, or, with the activation `BY_GRANTEE`, the grantee. */
  readonly Acceptance?: AcceptanceProperties;
  /** Absent: what the license allows, minus `CreateGrant`. */
  readonly AllowedOperations?: string[];
  readonly Tags?: TagProperties[];
  /** Recorded with the grant when it is deleted, or deactivated with `DEACTIVATE`. */
  readonly DeletionReason?: string;
  /** How long the handler may wait for the grant to settle. */
  readonly SettleWithinSeconds: string;
  /** Absent: a grant that is there already and that nobody of this library owns makes the deployment fail. */
  readonly ExistingGrant?: ExistingGrantMode;
  /** Absent: a grant that the stack made is deleted, one that it adopted is left. */
  readonly Removal?: RemovalMode;
  /** Absent, or `true`: a grant that its grantee rejected is made anew. */
  readonly RecreateIfRejected?: string;
  /** Of no meaning to the handler: a change of it makes CloudFormation call the handler. */
  readonly RepairTrigger?: string;
  /** Absent if the deployment itself waits for as long as it takes. */
  readonly Workflow?: WorkflowProperties;
}

/** The workflow that goes on with a grant after the handler has waited. */
export interface WorkflowProperties {
  readonly StateMachineArn: string;
  /** What the names of the executions for this grant begin with. */
  readonly ExecutionNamePrefix: string;
  /** Counted from the beginning of the request. */
  readonly GiveUpAfterSeconds: string;
  /** Whether CloudFormation gets its answer from the workflow: `true` or `false`. */
  readonly AnswersCloudFormation: string;
}

export type ExistingGrantMode = 'ADOPT';

export type RemovalMode = 'DELETE' | 'DEACTIVATE' | 'LEAVE';

export interface GranteeProperties {
  readonly Kind: GranteeKind;
  /** An id or an ARN of that kind; absent for the organization that the account is in. */
  readonly Identifier?: string;
}

export type GranteeKind = 'ACCOUNT' | 'ORGANIZATION' | 'ORGANIZATIONAL_UNIT';

export interface ActivationProperties {
  readonly Mode: ActivationMode;
  readonly Override?: 'DISTRIBUTED_GRANTS_ONLY' | 'ALL_GRANTS_PERMITTED_BY_ISSUER';
  readonly Reason?: string;
  /** Only for grants to an organization or organizational unit, as the next two. Absent: `REPORT`. */
  readonly OnConflict?: 'REPORT' | 'FAIL';
  /** Ids of the accounts that are not activated, or of the only ones that are. */
  readonly Except?: string[];
  readonly Only?: string[];
}

export type ActivationMode = 'ACTIVE' | 'DISABLED' | 'BY_GRANTEE';

export interface AcceptanceProperties {
  readonly Mode: 'AUTOMATIC' | 'ASSUMING_ROLE' | 'BY_GRANTEE';
  /** A role in the grantee's account, with `ASSUMING_ROLE` only. */
  readonly RoleArn?: string;
  readonly ExternalId?: string;
}

export interface TagProperties {
  readonly Key: string;
  readonly Value: string;
}

export interface GrantAttributes {
  readonly GrantArn: string;
  readonly GrantName: string;
  readonly Status: string;
  readonly Version: string;
  /** Ids, separated by commas, as many as there is room for; empty for a grant to one account. */
  readonly ConflictingAccounts: string;
  readonly ConflictingAccountCount: string;
}
