/**
 * Where nobody outside AWS knows how AWS behaves: each switch with the behaviors that are possible, the default first.
 * What the code beside it does under each position is described in simulator/README.md, "Switches".
 *
 * A switch is here only if no document settles it and a client could notice. The default is what the best source
 * implies; without a source it is the behavior that a client finds harder.
 */
export const SWITCHES = {
  // ---- making a grant ------------------------------------------------------------------------------------------

  /**
   * A second live grant of a license to the same principal. No document and no report has the error; AWS's sample for
   * Bedrock guesses by words and fakes a ConflictException, which CreateGrant does not declare. Default: refused, under
   * the name that all reports of other refusals have.
   */
  duplicateGrant: ['ValidationException', 'InvalidParameterValueException', 'ConflictException', 'allowed'],

  /** A new grant while an earlier one to the same principal is PENDING_DELETE. Not documented. Default: the earlier one counts no more. */
  duplicateOfGrantInDeletion: ['allowed', 'refused'],

  /**
   * A client token used again after its grant is gone. The model says "to ensure idempotency" and nothing of a lifetime.
   * Default: the first answer word for word, which takes a client that trusts it furthest astray.
   */
  clientTokenOfDeadGrant: ['first-answer', 'dead-grant', 'new-grant', 'refused'],

  /**
   * What a grant to an account shows before its account has it. The user guide puts PENDING_WORKFLOW first; a test of
   * Terraform's provider reads PENDING_ACCEPT right after the creation. Default: the user guide's.
   */
  statusDuringDistribution: ['PENDING_WORKFLOW', 'PENDING_ACCEPT'],

  /**
   * A delegated administrator's grants to single accounts. The License Manager guide names the management account only,
   * the Bedrock guide implies that both are accepted. Default: the License Manager guide's, which asks more of a client.
   */
  grantsOfDelegatedAdministrator: ['wait-for-acceptance', 'accepted'],

  /**
   * A grant to a unit inside another unit. The user guide asks for a unit "that is not nested" since 2023, and did not
   * before; whether the API insists is not documented. Default: taken, since the API reference has no such rule.
   */
  nestedOrganizationalUnits: ['accepted', 'refused'],

  /**
   * Whether grants to an organization or unit need linked accounts, beside trusted access. The reported refusal is about
   * trusted access, in an organization that was linked. Default: needed, as the guides set it up first.
   */
  linkingForOrganizationGrants: ['required', 'not-required'],

  /** What accounts that are not active get of an organization's grant. Not documented. Default: nothing. */
  inactiveAccounts: ['left-out', 'failed-grants'],

  /**
   * What a caller has to be permitted for a grant with tags. The service authorization reference lists no dependent
   * action; CloudFormation's own handler asks for TagResource as well. Default: the reference's.
   */
  tagsAtCreation: ['CreateGrant', 'TagResource-too'],

  // ---- accepting and rejecting -----------------------------------------------------------------------------------

  /**
   * AcceptGrant for a grant that is accepted already. Reported as refused (hashicorp/terraform-provider-aws issue 34977),
   * most likely for that reason. Default: the report's.
   */
  acceptanceOfAcceptedGrant: ['refused', 'no-change'],

  /** Whether acceptance takes effect at once. Not documented. Default: at once, since the answer has the status. */
  acceptance: ['at-once', 'by-workflow'],

  /**
   * RejectGrant for an active grant. The console offers it for pending and disabled ones; Terraform's accepter rejects
   * whatever it finds. Default: possible.
   */
  rejectionOfActiveGrant: ['possible', 'refused'],

  // ---- changing a grant --------------------------------------------------------------------------------------------

  /** CreateGrantVersion while a workflow runs for the grant. Not documented. Default: refused, which finds clients that do not wait. */
  versionDuringWorkflow: ['refused', 'queued'],

  /**
   * An activation that cannot take effect, such as that of a product that is active already. The user guide says that an
   * account has one active grant of a product, and not how the second one ends. Default: it stays DISABLED.
   */
  activationWithoutEffect: ['DISABLED', 'FAILED_WORKFLOW', 'refused'],

  /** What an active grant is after a new version that names no status. Not documented. Default: active, as users rename grants. */
  versionWithoutStatus: ['keeps-status', 'disables'],

  /** What an activation without an override does to others. Not documented; AWS's sample for Bedrock takes the default below for granted. */
  omittedOverride: ['DISTRIBUTED_GRANTS_ONLY', 'ALL_GRANTS_PERMITTED_BY_ISSUER'],

  /** How long an override stays with a grant. Not documented. Default: it belongs to the version that asked for it. */
  overrideLifetime: ['one-version', 'until-replaced'],

  /**
   * What makes a new version. CreateGrantVersion does; a report of a version that was read and did not match
   * (hashicorp/terraform-provider-aws issue 47901) leaves room for more. Default: nothing else that a caller asks for.
   */
  newVersions: ['CreateGrantVersion', 'every-change'],

  // ---- grants to organizations and units ---------------------------------------------------------------------------

  /**
   * Where an organization's grant rests. The guides say WORKFLOW_COMPLETED; comments in AWS's sample for Bedrock say
   * DISABLED as well. Default: the guides'.
   */
  organizationGrantStatus: ['WORKFLOW_COMPLETED', 'as-asked-for'],

  /**
   * What the grants of single accounts name as their parent. That a list can be filtered by a parent's ARN implies the
   * organization's grant; no example shows one. Default: that.
   */
  parentOfAccountGrants: ['organization-grant', 'license'],

  /** Whether the grantor's ListDistributedGrants has them. AWS's "How to use Managed entitlements" names the list for tracking. Default: it has. */
  accountGrantsAmongDistributed: ['listed', 'left-out'],

  /** What of a new version reaches the accounts. Activation and deactivation do, by the guides. Default: everything. */
  organizationGrantRevision: ['passed-on', 'status-alone'],

  /** DeleteGrant for an organization's grant that is active in accounts. Not documented. Default: it takes their grants with it. */
  deletionOfActiveOrganizationGrant: ['possible', 'refused'],

  /** Who may list the grants that the organization received. The model says "administrator". Default: the delegated one as well. */
  readersOfOrganizationGrants: ['delegated-administrator-too', 'management-account-alone'],

  // ---- deleting a grant ----------------------------------------------------------------------------------------------

  /** DeleteGrant while a workflow runs for the grant. Not documented. Default: possible, since any live grant can be deleted. */
  deletionDuringWorkflow: ['possible', 'refused'],

  // ---- what answers show ---------------------------------------------------------------------------------------------

  /** Whether a grant shows the reason of its status again. The model has the member, optional. Default: it does. */
  statusReason: ['shown', 'hidden'],

  /** Whether a grant shows the override of its activation again. The model has the member, optional. Default: it does. */
  override: ['shown', 'hidden'],

  /**
   * The error for a grant, license or tagged resource that is not there. The operations declare no not-found error;
   * CloudFormation's own handlers take the first two for it, Terraform's provider looks for the third. Default: the name
   * that reports of other refusals have.
   */
  notFound: ['ValidationException', 'InvalidParameterValueException', 'ResourceNotFoundException'],

  // ---- setting up ----------------------------------------------------------------------------------------------------

  /**
   * Whether linking brings trusted access. After linking in the console it was seen; the author of AWS's sample for
   * Bedrock found it missing in an organization that was linked. Default: it does.
   */
  trustedAccessByLinking: ['enabled', 'left-alone'],

  /**
   * Whether EnableAWSServiceAccess makes the service-linked role of its service. The Organizations guide says so of the
   * management account, an older edition of all accounts, and warns that each service decides. Default: it makes none.
   */
  rolesByTrustedAccess: ['none', 'management-account', 'all-accounts'],

  /** Enabling what is enabled, and disabling what is not. No error is declared for it. Default: harmless. */
  repeatedTrustedAccess: ['harmless', 'refused'],

  /** Settings of License Manager that an update does not name. Not documented. Default: they stay. */
  settingsLeftOut: ['kept', 'cleared'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** One behavior of AWS for each switch. */
export type Variants = { readonly [Name in keyof typeof SWITCHES]: (typeof SWITCHES)[Name][number] };

/** Every switch in its first position. */
export const DEFAULT_VARIANTS: Variants = Object.fromEntries(
  Object.entries(SWITCHES).map(([name, [first]]) => [name, first])) as unknown as Variants;
