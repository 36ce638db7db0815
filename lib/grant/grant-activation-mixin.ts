import { Duration, Mixin, Stack } from 'aws-cdk-lib';
import { CfnGrant } from 'aws-cdk-lib/aws-licensemanager';
import { Construct, IConstruct } from 'constructs';
import { GrantActivation } from './grant-activation';
import { GrantActivationProperties } from './grant-activation-properties';
import { DEFAULT_SETTLING_TIME } from './settling-time';
import { backedResource } from '../provider/backed-resource';
import { READ_ACCOUNTS } from '../provider/concerns/entitlements';
import { activateGrant, GRANT_ACTIVATION, READ_ACCOUNT_GRANTS } from '../provider/concerns/grant-activation';
import { readOtherStack } from '../provider/concerns/reading-stacks';
import { ManagedEntitlementsProvider } from '../provider/managed-entitlements-provider';
import { renderSeconds, requireDuration, WAITED_FOR_IN_FUNCTION } from '../validation/duration';
import { isToAccount, unfitForActivation } from '../validation/formed-grant';

/**
 * Properties of `GrantActivationMixin`.
 */
export interface GrantActivationMixinProps {
  /**
   * Whether the grant can be used. A change is made in place.
   *
   * @default GrantActivation.active()
   */
  readonly activation?: GrantActivation;

  /**
   * How long the deployment waits until the grant is accepted and activated: 1 second to 14 minutes. It fails if that takes longer.
   *
   * @default Duration.minutes(10)
   */
  readonly within?: Duration;

  /**
   * Runs the function that activates the grant.
   *
   * @default - the provider that the stack's constructs share
   */
  readonly provider?: ManagedEntitlementsProvider;
}

/** The id of what the mixin puts below a grant. */
const ID = 'Activation';

/**
 * Activates a `CfnGrant`, which AWS CloudFormation makes and leaves inactive, and has the deployment wait until it is: with an override, and
 * for a grant to an organization or organizational unit in its accounts.
 *
 * Apply it once, when the `principals` of the grant are set, and leave its `status` out.
 *
 * The grant itself stays what AWS CloudFormation makes of it: another license or grantee is no replacement. Use `MarketplaceLicenseGrant` for
 * new grants. Taking the mixin away leaves the grant as it is; deploy `GrantActivation.disabled()` first to deactivate it.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-licensemanager-grant.html
 */
export class GrantActivationMixin extends Mixin {
  private readonly activation: GrantActivation;
  private readonly within: Duration;
  private readonly provider?: ManagedEntitlementsProvider;

  constructor(props: GrantActivationMixinProps = {}) {
    super();
    this.activation = props.activation ?? GrantActivation.active();
    this.within = props.within ?? DEFAULT_SETTLING_TIME;
    this.provider = props.provider;
    requireDuration('within', this.within, WAITED_FOR_IN_FUNCTION);
    requireDecision(this.activation);
  }

  /**
   * Whether this is a `CfnGrant`.
   */
  public supports(construct: IConstruct): construct is CfnGrant {
    return CfnGrant.isCfnGrant(construct);
  }

  /**
   * Adds the activation to a `CfnGrant`; other constructs are left as they are.
   */
  public applyTo(construct: IConstruct): void {
    if (!this.supports(construct)) {
      return;
    }
    refuseSecond(construct);
    const activation = this.activation._render();
    const mayReadAccounts = !isToAccount(construct);
    const grantArn = construct.attrGrantArn;
    const scope = new Construct(construct, ID);
    const provider = this.provider ?? ManagedEntitlementsProvider._ofStack(scope);
    backedResource<GrantActivationProperties>(scope, 'Resource', {
      type: 'Custom::MarketplaceLicenseGrantActivation',
      concern: GRANT_ACTIVATION,
      properties: {
        GrantArn: grantArn,
        HomeRegion: construct.homeRegion ?? Stack.of(construct).region,
        GrantVersion: construct.attrVersion,
        Activation: activation,
        SettleWithinSeconds: renderSeconds(this.within),
      },
      permissions: [
        activateGrant(grantArn),
        ...(mayReadAccounts ? [READ_ACCOUNT_GRANTS, READ_ACCOUNTS] : []),
        ...readOtherStack(provider, scope),
      ],
      provider,
    });
    // The properties of a CfnGrant may be set until the template is written.
    construct.node.addValidation({ validate: () => unfitForActivation(construct, activation, mayReadAccounts) });
  }
}

function refuseSecond({ node }: CfnGrant): void {
  if (node.tryFindChild(ID)) {
    throw new Error(`the CfnGrant '${node.path}' has a GrantActivationMixin already, got a second one; apply it once`);
  }
}

/** The grants of single accounts have ids that are not known before the deployment, and the function may change that one grant alone. */
function requireDecision(activation: GrantActivation): void {
  const { Mode, Except, Only } = activation._render();
  if (Mode === 'BY_GRANTEE') {
    throw new Error(
      '`activation` of GrantActivationMixin must say whether the grant is active, got GrantActivation.byGrantee(); '
      + 'leave the mixin out, since AWS CloudFormation does not activate grants',
    );
  }
  if (Except || Only) {
    throw new Error(
      `\`activation\` of GrantActivationMixin holds for the whole grant, got \`${Except ? 'except' : 'only'}\`; `
      + 'use MarketplaceLicenseGrant for a grant that is active in some accounts',
    );
  }
}
