import { Resource } from 'aws-cdk-lib';
import { LicenseReference } from 'aws-cdk-lib/aws-licensemanager';
import { Construct } from 'constructs';
import { MARKETPLACE_HOME_REGION } from './home-region';
import { LicenseLookup } from './license-lookup';
import { IMarketplaceLicense, MarketplaceLicenseOptions } from './marketplace-license';
import { ManagedEntitlementsProvider } from '../provider/managed-entitlements-provider';
import { requireLicenseArn } from '../validation/license-arn';

/** A license that is known by its ARN; it is looked up only if more than that is asked for. */
export class ImportedLicense extends Resource implements IMarketplaceLicense {
  public readonly licenseArn: string;
  public readonly homeRegion: string;
  private readonly provider?: ManagedEntitlementsProvider;
  private lookup?: LicenseLookup;

  constructor(scope: Construct, id: string, licenseArn: string, options: MarketplaceLicenseOptions) {
    super(scope, id);
    requireLicenseArn(licenseArn);

    this.licenseArn = licenseArn;
    this.homeRegion = options.homeRegion ?? MARKETPLACE_HOME_REGION;
    this.provider = options.provider;
  }

  public get licenseRef(): LicenseReference {
    return { licenseArn: this.licenseArn };
  }

  public get productName(): string {
    return this.lookUp().attribute('ProductName');
  }

  public get productSku(): string {
    return this.lookUp().attribute('ProductSku');
  }

  public get status(): string {
    return this.lookUp().attribute('Status');
  }

  public get validityEnd(): string {
    return this.lookUp().attribute('ValidityEnd');
  }

  private lookUp(): LicenseLookup {
    this.lookup ??= new LicenseLookup(this, 'Resource', { LicenseArn: this.licenseArn, HomeRegion: this.homeRegion }, this.provider);
    return this.lookup;
  }
}
