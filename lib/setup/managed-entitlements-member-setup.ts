import { RemovalPolicy } from 'aws-cdk-lib';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { MemberSetupProperties } from './member-setup-properties';
import { backedResource } from '../provider/backed-resource';
import { MEMBER_SETUP } from '../provider/concerns/member-setup';
import { ManagedEntitlementsProvider } from '../provider/managed-entitlements-provider';

/**
 * Properties of `ManagedEntitlementsMemberSetup`.
 */
export interface ManagedEntitlementsMemberSetupProps {
  /**
   * Runs the function behind the setup.
   *
   * @default - the provider that the stack's constructs share
   */
  readonly provider?: ManagedEntitlementsProvider;
}

/**
 * Prepares an account that is not the management account: creates the service-linked roles that an account needs to receive licenses.
 *
 * Linking the organization creates them in accounts that are members at that time or join later, so this construct is for accounts where
 * they are missing, and for organizations with consolidated billing. Roles that are there already are left as they are. They stay when the
 * stack goes: License Manager and AWS Marketplace need them for every license that the account has.
 *
 * @see https://docs.aws.amazon.com/license-manager/latest/userguide/license-manager-role-member-account.html
 */
@propertyInjectable
export class ManagedEntitlementsMemberSetup extends Construct {
  /** Identifies this class to property injectors. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-managed-entitlements.ManagedEntitlementsMemberSetup';

  constructor(scope: Construct, id: string, props: ManagedEntitlementsMemberSetupProps = {}) {
    super(scope, id);
    backedResource<MemberSetupProperties>(this, 'Resource', {
      type: 'Custom::ManagedEntitlementsMemberSetup',
      concern: MEMBER_SETUP,
      properties: {},
      provider: props.provider,
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }
}
