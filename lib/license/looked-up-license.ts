import { Resource } from 'aws-cdk-lib';
import { LicenseReference } from 'aws-cdk-lib/aws-licensemanager';
import { Construct } from 'constructs';
import { MARKETPLACE_HOME_REGION } from './home-region';
import { LicenseLookup } from './license-lookup';
import { IMarketplaceLicense, MarketplaceLicenseOptions } from './marketplace-license';

/** A license that is found at deployment. */
export class LookedUpLicense extends Resource implements IMarketplaceLicense {
  public readonly licenseArn: string;
  public readonly homeRegion: string;
  public readonly productName: string;
  public readonly productSku: string;
  public readonly status: string;
  public readonly validityEnd: string;

  constructor(scope: Construct, id: string, productSku: string, options: MarketplaceLicenseOptions) {
    super(scope, id);
    if (productSku.trim() === '') {
      throw new Error('`productSku` must name a product, got an empty string; `aws license-manager list-received-licenses` shows the SKU');
    }

    const { homeRegion = MARKETPLACE_HOME_REGION, provider } = options;
    const lookup = new LicenseLookup(this, 'Resource', { ProductSku: productSku, HomeRegion: homeRegion }, provider);
    this.licenseArn = lookup.attribute('LicenseArn');
    this.homeRegion = lookup.attribute('HomeRegion');
    this.productName = lookup.attribute('ProductName');
    this.productSku = lookup.attribute('ProductSku');
    this.status = lookup.attribute('Status');
    this.validityEnd = lookup.attribute('ValidityEnd');
  }

  public get licenseRef(): LicenseReference {
    return { licenseArn: this.licenseArn };
  }
}
