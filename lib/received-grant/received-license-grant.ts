import { CustomResource, Duration, Resource } from 'aws-cdk-lib';
import { GrantReference, IGrantRef } from 'aws-cdk-lib/aws-licensemanager';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { renderArrivalTime } from './arrival-time';
import { ReceivedGrantAttributes, ReceivedGrantProperties } from './received-grant-properties';
import { ReceivedGrantRemoval } from './received-grant-removal';
import { ReceivedGrantResponse } from './received-grant-response';
import { ReceivedGrantSelection } from './received-grant-selection';
import { renderSelection } from './render-selection';
import { homeRegionOf, MARKETPLACE_HOME_REGION } from '../license/home-region';
import { backedResource } from '../provider/backed-resource';
import { readOtherStack } from '../provider/concerns/reading-stacks';
import { RECEIVED_GRANTS } from '../provider/concerns/received-grants';
import { ManagedEntitlementsProvider } from '../provider/managed-entitlements-provider';

/**
 * Properties of `ReceivedLicenseGrant`: which grant it is, and what the account does with it.
 *
 * Another selection that leads to another grant is a replacement: the new grant is answered before the old one is removed. One of the same
 * product that is to be active, and replaces no other by an override, is accepted first; then the old one is deactivated right before the new one
 * is activated, and active again if that fails or the stack rolls back.
 */
export interface ReceivedLicenseGrantProps extends ReceivedGrantSelection {
  /**
   * How the account answers the grant. A change is made in place.
   *
   * @default ReceivedGrantResponse.activate()
   */
  readonly response?: ReceivedGrantResponse;

  /**
   * What becomes of the grant when it is removed from the stack, or when another one takes its place.
   *
   * @default ReceivedGrantRemoval.deactivate(), since a rejection is final
   */
  readonly removal?: ReceivedGrantRemoval;

  /**
   * How long the deployment waits for the grant to arrive: 1 second to 14 minutes, since a function that waits can run no longer than 15.
   *
   * A grant to an account takes two to three minutes to reach it; one to an organization was seen to take hours or days. Deploy when it is there: add
   * the grantee's stack after the grantor's has settled the grant, or deploy it again.
   *
   * @default Duration.minutes(10)
   */
  readonly arrivesWithin?: Duration;

  /**
   * The Region in which the license is managed. Another one than the default is for licenses that do not come from AWS Marketplace.
   *
   * @default - that of `license`, or 'us-east-1'
   */
  readonly homeRegion?: string;

  /**
   * Runs the function behind the grant.
   *
   * @default - the provider that the stack's constructs share
   */
  readonly provider?: ManagedEntitlementsProvider;
}

/**
 * A grant that the stack's account has received, and the account's answer to it: accepts and activates it, or rejects it.
 *
 * For the account at the other end of a `MarketplaceLicenseGrant`, or of a grant that was made by hand. The deployment waits until the grant
 * is there, 14 minutes at most, and succeeds when it is as declared. The grant is looked for again if it is gone at a later update.
 *
 * @see https://docs.aws.amazon.com/license-manager/latest/userguide/granted-licenses.html
 * @see https://docs.aws.amazon.com/license-manager/latest/APIReference/API_AcceptGrant.html
 */
@propertyInjectable
export class ReceivedLicenseGrant extends Resource implements IGrantRef {
  /** Identifies this class to property injectors. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-managed-entitlements.ReceivedLicenseGrant';

  private readonly resource: CustomResource;

  constructor(scope: Construct, id: string, props: ReceivedLicenseGrantProps) {
    super(scope, id);

    const provider = props.provider ?? ManagedEntitlementsProvider._ofStack(this);
    this.resource = backedResource<ReceivedGrantProperties>(this, 'Resource', {
      type: 'Custom::ReceivedLicenseGrant',
      concern: RECEIVED_GRANTS,
      properties: {
        Selection: renderSelection(props),
        HomeRegion: props.homeRegion ?? (props.license ? homeRegionOf(props.license) : MARKETPLACE_HOME_REGION),
        Response: (props.response ?? ReceivedGrantResponse.activate())._render(),
        Removal: (props.removal ?? ReceivedGrantRemoval.deactivate())._render(),
        ArrivesWithinSeconds: renderArrivalTime(props.arrivesWithin),
      },
      permissions: readOtherStack(provider, this),
      provider,
    });
  }

  /**
   * The ARN of the account's grant, also if it was selected by that of its organization.
   *
   * @attribute
   */
  public get grantArn(): string {
    return this.attribute('GrantArn');
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
   * The status of the grant at the end of the deployment: `ACTIVE`, `DISABLED` or `REJECTED`.
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
   * The ARN of the license that is granted.
   *
   * @attribute
   */
  public get licenseArn(): string {
    return this.attribute('LicenseArn');
  }

  /**
   * The id of the account that made the grant.
   *
   * @attribute
   */
  public get grantorAccount(): string {
    return this.attribute('GrantorAccount');
  }

  /**
   * The name of the licensed product; empty if the account cannot see the license, as after a rejection.
   *
   * @attribute
   */
  public get productName(): string {
    return this.attribute('ProductName');
  }

  /**
   * A reference to the grant.
   */
  public get grantRef(): GrantReference {
    return { grantArn: this.grantArn };
  }

  private attribute(name: keyof ReceivedGrantAttributes): string {
    return this.resource.getAttString(name);
  }
}
