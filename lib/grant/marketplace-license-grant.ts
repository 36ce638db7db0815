import {
  CfnElement, CfnResource, CfnTag, CustomResource, IResolvable, IResource, ITaggableV2, Lazy, RemovalPolicy, Resource, Stack, TagManager, TagType,
} from 'aws-cdk-lib';
import { Metric, MetricOptions, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { Match, OnEventOptions, Rule } from 'aws-cdk-lib/aws-events';
import { GrantReference, IGrantRef, ILicenseRef } from 'aws-cdk-lib/aws-licensemanager';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { AllowedOperation } from './allowed-operation';
import { CompletionByWorkflow } from './completion';
import { ExistingGrant } from './existing-grant';
import { GrantAcceptance } from './grant-acceptance';
import { GrantActivation } from './grant-activation';
import { GrantCompletion } from './grant-completion';
import { derivedGrantName } from './grant-name';
import { GrantAttributes, GrantProperties, TagProperties, WorkflowProperties } from './grant-properties';
import { GrantRemoval } from './grant-removal';
import { Grantee } from './grantee';
import { ImportedGrant } from './imported-grant';
import { homeRegionOf } from '../license/home-region';
import { backedResource } from '../provider/backed-resource';
import { ENTITLEMENTS, READ_ACCOUNTS } from '../provider/concerns/entitlements';
import { readOtherStack } from '../provider/concerns/reading-stacks';
import { ManagedEntitlementsProvider } from '../provider/managed-entitlements-provider';
import { SettlementWorkflow } from '../provider/settlement-workflow';
import { requireGroupForSelection } from '../validation/account-selection';
import { requireAllowedOperations } from '../validation/allowed-operations';
import { requireGrantName } from '../validation/grant-name';
import { invalidTags } from '../validation/grant-tags';
import { requireOtherAccount } from '../validation/grantee';
import { contradictoryRemoval } from '../validation/removal-policy';
import { requireStatusReason } from '../validation/status-reason';

/**
 * A grant of a license for a product of AWS Marketplace.
 */
export interface IMarketplaceLicenseGrant extends IResource, IGrantRef {
  /**
   * The ARN of the grant.
   *
   * @attribute
   */
  readonly grantArn: string;

  /**
   * The name of the grant.
   *
   * @attribute
   */
  readonly grantName: string;

  /**
   * The ARN of the license that is granted.
   */
  readonly licenseArn: string;
}

/**
 * What is known of a grant that is managed elsewhere.
 */
export interface MarketplaceLicenseGrantAttributes {
  /**
   * The ARN of the grant.
   */
  readonly grantArn: string;

  /**
   * The name of the grant.
   *
   * @default - not known; asking for it is an error
   */
  readonly grantName?: string;

  /**
   * The ARN of the license that is granted.
   *
   * @default - not known; asking for it is an error
   */
  readonly licenseArn?: string;
}

/**
 * Properties of `MarketplaceLicenseGrant`.
 */
export interface MarketplaceLicenseGrantProps {
  /**
   * The license to grant. The stack's account has to hold it. Another license means a new grant: it is settled before the old one is
   * deleted. Where an account would have two active grants of one product, which License Manager does not allow, the new grant replaces the
   * old one in one step with `ActivationOverride.ALL_GRANTS_PERMITTED_BY_ISSUER`; without it the account has no active grant between two
   * calls, and has the old one again if the new one cannot be activated.
   */
  readonly license: ILicenseRef;

  /**
   * Who receives the grant. Another grantee means a new grant: it is settled before the old one is deleted. Between an account and an
   * organizational unit or the organization, which may hold it, that goes as for another license of the same product.
   */
  readonly grantee: Grantee;

  /**
   * The name of the grant: 1 to 256 characters. A change is made in place.
   *
   * @default - a name derived from the path of the construct
   */
  readonly grantName?: string;

  /**
   * Whether the grant can be used. A change is made in place.
   *
   * @default GrantActivation.active()
   */
  readonly activation?: GrantActivation;

  /**
   * Who accepts the grant. A change is made in place.
   *
   * @default GrantAcceptance.automatic(); GrantAcceptance.byGrantee() if the activation is GrantActivation.byGrantee()
   */
  readonly acceptance?: GrantAcceptance;

  /**
   * What the grantee may do with the license: a subset of what the license allows. A change is made in place.
   *
   * @default - all that the license allows, except to grant it on
   */
  readonly allowedOperations?: AllowedOperation[];

  /**
   * Tags of the grant, besides those that `Tags.of()` puts on it and those by which the stack recognizes it.
   *
   * Keys must not begin with `aws:` or `cdk-managed-entitlements:`.
   *
   * @default - no tags of your own
   */
  readonly tags?: { [key: string]: string };

  /**
   * Why the stack deletes the grant, or deactivates it with `GrantRemoval.deactivate()`, recorded with the grant when that happens. 1 to 400
   * characters.
   *
   * @default - no reason is recorded
   */
  readonly deletionReason?: string;

  /**
   * How the deployment deals with the time that distribution takes.
   *
   * @default GrantCompletion.required()
   */
  readonly completion?: GrantCompletion;

  /**
   * What happens if the grantee has a grant of the license already that no stack of this library manages.
   *
   * @default ExistingGrant.fail()
   */
  readonly existingGrant?: ExistingGrant;

  /**
   * What the stack does with the grant when the resource is removed or replaced.
   *
   * @default - a grant that the stack made is deleted, one that it adopted is left as it is
   */
  readonly removal?: GrantRemoval;

  /**
   * Whether a new grant is made with the next update if the grantee has rejected this one. A rejected grant is final.
   *
   * @default false - the update fails and says that the grantee has rejected the grant
   */
  readonly recreateIfRejected?: boolean;

  /**
   * Any text, for example a date. AWS CloudFormation looks at a resource only when its properties change: change this one, and nothing else,
   * to have the grant compared with what is declared, and activated or made again if somebody has disabled or deleted it.
   *
   * @default - the grant is looked at when another of its properties changes
   */
  readonly repairTrigger?: string;

  /**
   * Whether AWS CloudFormation has the grant removed when the resource is removed from the stack or replaced.
   *
   * With `RemovalPolicy.RETAIN` nothing is called: the grant stays as it is, with the tags of the stack. So no other stack can adopt it later,
   * not even one of the same name; use `removal: GrantRemoval.leave()` for that.
   *
   * @default RemovalPolicy.DESTROY
   */
  readonly removalPolicy?: RemovalPolicy;

  /**
   * Runs the function behind the grant.
   *
   * @default - the provider that the stack's constructs share
   */
  readonly provider?: ManagedEntitlementsProvider;
}

const RESOURCE_TYPE = 'Custom::MarketplaceLicenseGrant';

/**
 * Grants a license for a product of AWS Marketplace to an account, an organizational unit or an organization: distributes it, activates it,
 * keeps it as declared and deletes it with the stack.
 *
 * The deployment succeeds when the grant is what was declared, or when a workflow goes on with it (`completion`); if it cannot be, it fails with
 * the account, the status and the reason that License Manager gave. Of an organization or organizational unit some accounts may keep another
 * license of their own: `conflictingAccounts` names them, and `activation` says whether they are a failure.
 *
 * @see https://docs.aws.amazon.com/license-manager/latest/userguide/granted-licenses.html
 * @see https://docs.aws.amazon.com/license-manager/latest/APIReference/API_CreateGrant.html
 */
@propertyInjectable
export class MarketplaceLicenseGrant extends Resource implements IMarketplaceLicenseGrant, ITaggableV2 {
  /** Identifies this class to property injectors. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-managed-entitlements.MarketplaceLicenseGrant';

  /**
   * A grant that is managed elsewhere, known by its ARN alone.
   */
  public static fromGrantArn(scope: Construct, id: string, grantArn: string): IMarketplaceLicenseGrant {
    return new ImportedGrant(scope, id, { grantArn });
  }

  /**
   * A grant that is managed elsewhere, with what else is known of it.
   */
  public static fromGrantAttributes(scope: Construct, id: string, attributes: MarketplaceLicenseGrantAttributes): IMarketplaceLicenseGrant {
    return new ImportedGrant(scope, id, attributes);
  }

  /**
   * The ARN of the license that is granted.
   */
  public readonly licenseArn: string;

  /**
   * The tags of the grant, as `Tags.of()` sees them.
   */
  public readonly cdkTagManager: TagManager;

  private readonly resource: CustomResource;
  private readonly workflow?: SettlementWorkflow;

  constructor(scope: Construct, id: string, props: MarketplaceLicenseGrantProps) {
    super(scope, id);
    requireGrantName(props.grantName);
    requireAllowedOperations(props.allowedOperations);
    requireStatusReason('deletionReason', props.deletionReason);
    const grantee = props.grantee._render();
    requireOtherAccount(grantee, this.env.account);
    const activation = (props.activation ?? GrantActivation.active())._render();
    requireGroupForSelection(activation, grantee);

    this.licenseArn = props.license.licenseRef.licenseArn;
    this.cdkTagManager = new TagManager(TagType.STANDARD, RESOURCE_TYPE, initialTags(props.tags));
    this.node.addValidation({ validate: () => invalidTags(this.cdkTagManager.tagValues()) });

    const existingGrant = props.existingGrant?._render();
    const provider = props.provider ?? ManagedEntitlementsProvider._ofStack(this);
    const { settleWithinSeconds, workflow } = (props.completion ?? GrantCompletion.required())._render();
    this.workflow = workflow && provider._settlementWorkflow();

    this.resource = backedResource<WithLazyTags>(this, 'Resource', {
      type: RESOURCE_TYPE,
      concern: ENTITLEMENTS,
      properties: {
        LicenseArn: this.licenseArn,
        HomeRegion: homeRegionOf(props.license),
        Grantee: grantee,
        GrantName: props.grantName ?? derivedGrantName(this),
        KeepsExistingName: existingGrant && props.grantName === undefined ? 'true' : undefined,
        Activation: activation,
        Acceptance: props.acceptance?._render(grantee, activation),
        AllowedOperations: props.allowedOperations?.map(({ name }) => name),
        Tags: Lazy.any({ produce: () => rendered(this.cdkTagManager) }, { omitEmptyArray: true }),
        DeletionReason: props.deletionReason,
        SettleWithinSeconds: settleWithinSeconds,
        Workflow: workflow && this.renderWorkflow(workflow),
        ExistingGrant: existingGrant,
        Removal: props.removal?._render(),
        RecreateIfRejected: props.recreateIfRejected ? 'true' : undefined,
        RepairTrigger: props.repairTrigger,
      },
      permissions: [
        ...props.acceptance?._permissions(grantee) ?? [],
        ...(grantee.Kind === 'ACCOUNT' ? [] : [READ_ACCOUNTS]),
        ...readOtherStack(provider, this),
      ],
      provider,
      removalPolicy: props.removalPolicy,
      serviceTimeout: workflow?.serviceTimeout,
    });
    // `applyRemovalPolicy()` and aspects change the policy until the template is written.
    const formed = this.resource.node.defaultChild as CfnResource;
    this.node.addValidation({ validate: () => contradictoryRemoval(props.removal?._render(), formed) });
    if (this.workflow) {
      this.resource.node.addDependency(this.workflow.permissions);
    }
  }

  /**
   * The ARN of the grant.
   *
   * @attribute
   */
  public get grantArn(): string {
    return this.attribute('GrantArn');
  }

  /**
   * The status of the grant at the end of the deployment: `ACTIVE`, `DISABLED`, `PENDING_ACCEPT`, or `WORKFLOW_COMPLETED` for a grant to an
   * organization or an organizational unit. With `GrantCompletion.background()` it is the status so far, which may be `PENDING_WORKFLOW` as well.
   *
   * @see https://docs.aws.amazon.com/license-manager/latest/userguide/grant-statuses.html
   * @attribute
   */
  public get grantStatus(): string {
    return this.attribute('Status');
  }

  /**
   * The version of the grant at the end of the deployment; License Manager makes a new one with every change.
   *
   * @attribute
   */
  public get grantVersion(): string {
    return this.attribute('Version');
  }

  /**
   * The ids of the accounts in which a grant to an organization or organizational unit was to become active at the last deployment of the
   * grant and did not, separated by commas: the first hundred of them, since CloudFormation takes no more. Empty if there is none, for a grant
   * to one account, as long as a workflow is still to settle the grant, and where this account may not list the grants of the accounts; the
   * function's log tells these apart.
   *
   * @attribute
   */
  public get conflictingAccounts(): string {
    return this.attribute('ConflictingAccounts');
  }

  /**
   * How many accounts there are in which the grant was to become active and did not, as a number in digits.
   *
   * @attribute
   */
  public get conflictingAccountCount(): string {
    return this.attribute('ConflictingAccountCount');
  }

  /**
   * The name of the grant.
   *
   * @attribute
   */
  public get grantName(): string {
    return this.attribute('GrantName');
  }

  /**
   * A reference to the grant.
   */
  public get grantRef(): GrantReference {
    return { grantArn: this.grantArn };
  }

  /**
   * Starts something when the workflow has settled the grant. Nothing happens if the grant was settled during the deployment.
   *
   * Only with a completion that has a workflow: `GrantCompletion.background()`, or `GrantCompletion.required()` with more than 14 minutes.
   *
   * @see https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html
   * @param id the id of the rule, which is made below this grant
   * @param options what to start, and how the rule is made
   */
  public onSettled(id: string, options: OnEventOptions = {}): Rule {
    return this.onEnd('onSettled()', id, options, ['SUCCEEDED']);
  }

  /**
   * Starts something when the workflow could not settle the grant: License Manager cannot make it what was declared, or the time was up. The
   * event says why. A workflow that a later update or deletion of the grant has taken over from is no failure.
   *
   * Only with a completion that has a workflow: `GrantCompletion.background()`, or `GrantCompletion.required()` with more than 14 minutes.
   *
   * @see https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html
   * @param id the id of the rule, which is made below this grant
   * @param options what to start, and how the rule is made
   */
  public onSettlementFailed(id: string, options: OnEventOptions = {}): Rule {
    return this.onEnd('onSettlementFailed()', id, options, ['FAILED', 'TIMED_OUT']);
  }

  /**
   * Whether the grant could be settled: 1 if it could not, 0 if it was, recorded when that is decided. An alarm keeps its state until then if
   * it ignores missing data.
   *
   * Only with a completion that has a workflow: `GrantCompletion.background()`, or `GrantCompletion.required()` with more than 14 minutes.
   *
   * @default - the maximum over five minutes
   */
  public metricSettlementFailed(props?: MetricOptions): Metric {
    this.requireWorkflow('metricSettlementFailed()');
    // As a token: the id may yet be overridden.
    const { logicalId } = this.resource.node.defaultChild as CfnElement;
    return new Metric({
      namespace: 'CdkManagedEntitlements',
      metricName: 'SettlementFailed',
      dimensionsMap: { StackName: Stack.of(this).stackName, LogicalId: logicalId },
      statistic: Stats.MAXIMUM,
      ...props,
    }).attachTo(this);
  }

  private onEnd(method: string, id: string, options: OnEventOptions, status: string[]): Rule {
    const { stateMachine } = this.requireWorkflow(method);
    const rule = new Rule(options.crossStackScope ?? this, id, options);
    rule.addTarget(options.target);
    rule.addEventPattern({
      source: ['aws.states'],
      detailType: ['Step Functions Execution Status Change'],
      detail: { status, stateMachineArn: [stateMachine.stateMachineArn], name: Match.prefix(this.executionNamePrefix) },
    });
    return rule;
  }

  private requireWorkflow(method: string): SettlementWorkflow {
    if (!this.workflow) {
      throw new Error(
        `\`${method}\` is about the workflow that goes on with a grant after the deployment, got a completion without one; `
        + 'use GrantCompletion.background(), or GrantCompletion.required() with more than 14 minutes',
      );
    }
    return this.workflow;
  }

  private renderWorkflow({ giveUpAfterSeconds, answersCloudFormation }: CompletionByWorkflow): WorkflowProperties {
    return {
      StateMachineArn: this.workflow!.stateMachine.stateMachineArn,
      ExecutionNamePrefix: this.executionNamePrefix,
      GiveUpAfterSeconds: giveUpAfterSeconds,
      AnswersCloudFormation: String(answersCloudFormation),
    };
  }

  /** Of all grants of all stacks that share a provider, only this one has it. */
  private get executionNamePrefix(): string {
    return `${this.node.addr}-`;
  }

  private attribute(name: keyof GrantAttributes): string {
    return this.resource.getAttString(name);
  }
}

/** Aspects add tags until the template is written. */
type WithLazyTags = Omit<GrantProperties, 'Tags'> & { readonly Tags: IResolvable };

function initialTags(tags: { [key: string]: string } = {}): CfnTag[] {
  return Object.entries(tags).map(([key, value]) => ({ key, value }));
}

function rendered(tags: TagManager): TagProperties[] {
  return Object.entries(tags.tagValues()).map(([Key, Value]) => ({ Key, Value }));
}
