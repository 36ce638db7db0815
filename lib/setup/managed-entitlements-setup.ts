import { CustomResource, RemovalPolicy } from 'aws-cdk-lib';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { SetupAttributes, SetupProperties } from './setup-properties';
import { backedResource } from '../provider/backed-resource';
import { DELEGATE_ADMINISTRATION, ORGANIZATION_SETUP, UNDO_ORGANIZATION_SETUP } from '../provider/concerns/organization-setup';
import { readOtherStack } from '../provider/concerns/reading-stacks';
import { ManagedEntitlementsProvider } from '../provider/managed-entitlements-provider';
import { requireAccountId } from '../validation/identifiers';

/**
 * Properties of `ManagedEntitlementsSetup`.
 */
export interface ManagedEntitlementsSetupProps {
  /**
   * The id of the one account, 12 digits, to register as License Manager's delegated administrator. An organization can have one at most.
   *
   * @see https://docs.aws.amazon.com/license-manager/latest/userguide/delegated-administrator.html
   * @default - no account is registered, and one that is registered already stays so
   */
  readonly delegatedAdministrator?: string;

  /**
   * What becomes of the setup when it is removed from the stack.
   *
   * The settings belong to the organization and not to the stack: licenses that were distributed without this library depend on them as
   * well. With `RemovalPolicy.DESTROY`, those that this setup has turned on itself are turned off again as far as that is safe, and what
   * has to be kept is named in the function's log. That takes permissions which are given to the function only if it is asked for here, not
   * if an aspect or an escape hatch changes the policy.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;

  /**
   * Runs the function behind the setup.
   *
   * @default - the provider that the stack's constructs share
   */
  readonly provider?: ManagedEntitlementsProvider;
}

/**
 * Prepares an organization for managed entitlements. Deploy it to the management account, before the first grant.
 *
 * In an organization with all features it enables trusted access for License Manager and for AWS Marketplace's license management, creates
 * the service-linked roles of the management account, links the organization in License Manager, and then checks that all of it took
 * effect. What is there already is left as it is. In an organization with consolidated billing only the service-linked roles are created;
 * grants can then be made to single accounts, which have to accept them.
 *
 * The deployment fails in an account that is not the management account of an organization, and names what is missing.
 *
 * @see https://docs.aws.amazon.com/license-manager/latest/userguide/granted-licenses.html
 * @see https://docs.aws.amazon.com/license-manager/latest/userguide/settings-managed-licenses.html
 */
@propertyInjectable
export class ManagedEntitlementsSetup extends Construct {
  /** Identifies this class to property injectors. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-managed-entitlements.ManagedEntitlementsSetup';

  private readonly resource: CustomResource;

  constructor(scope: Construct, id: string, props: ManagedEntitlementsSetupProps = {}) {
    super(scope, id);
    const { delegatedAdministrator, removalPolicy = RemovalPolicy.RETAIN } = props;
    requireAccountId('delegatedAdministrator', delegatedAdministrator);

    const provider = props.provider ?? ManagedEntitlementsProvider._ofStack(this);
    this.resource = backedResource<SetupProperties>(this, 'Resource', {
      type: 'Custom::ManagedEntitlementsSetup',
      concern: ORGANIZATION_SETUP,
      properties: { DelegatedAdministrator: delegatedAdministrator },
      provider,
      removalPolicy,
      permissions: [
        ...(delegatedAdministrator === undefined ? [] : DELEGATE_ADMINISTRATION),
        ...(removalPolicy === RemovalPolicy.RETAIN ? [] : UNDO_ORGANIZATION_SETUP),
        ...readOtherStack(provider, this),
      ],
    });
  }

  /**
   * `ALL`, or `CONSOLIDATED_BILLING` for an organization in which only single accounts can be granted a license.
   *
   * @attribute
   */
  public get featureSet(): string {
    return this.attribute('FeatureSet');
  }

  /**
   * The id of the organization, for example `o-exampleorg1`.
   *
   * @attribute
   */
  public get organizationId(): string {
    return this.attribute('OrganizationId');
  }

  /**
   * The ARN of the organization.
   *
   * @attribute
   */
  public get organizationArn(): string {
    return this.attribute('OrganizationArn');
  }

  /**
   * The id of the organization's management account.
   *
   * @attribute
   */
  public get managementAccountId(): string {
    return this.attribute('ManagementAccountId');
  }

  private attribute(name: keyof SetupAttributes): string {
    return this.resource.getAttString(name);
  }
}
