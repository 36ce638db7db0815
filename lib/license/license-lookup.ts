import { CustomResource } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { LicenseAttributes, LicenseProperties } from './license-properties';
import { backedResource } from '../provider/backed-resource';
import { ENTITLEMENTS } from '../provider/concerns/entitlements';
import { ManagedEntitlementsProvider } from '../provider/managed-entitlements-provider';

/** What License Manager knows about a license, read at deployment. */
export class LicenseLookup {
  private readonly resource: CustomResource;

  constructor(scope: Construct, id: string, properties: LicenseProperties, provider?: ManagedEntitlementsProvider) {
    this.resource = backedResource<LicenseProperties>(scope, id, {
      type: 'Custom::MarketplaceLicense',
      concern: ENTITLEMENTS,
      properties,
      provider,
    });
  }

  public attribute(name: keyof LicenseAttributes): string {
    return this.resource.getAttString(name);
  }
}
