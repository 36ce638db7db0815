import type { LicenseAttributes, LicenseProperties } from '../../../lib/license/license-properties';
import { Failure } from '../../domain/failure';
import type { LicenseManagerGateway } from '../../domain/grant/license-manager-gateway';
import { chooseLicense } from '../../domain/license/choose-license';
import type { ReceivedLicense } from '../../domain/license/received-license';
import type { CustomResource, Settled } from '../custom-resource';

/** `Custom::MarketplaceLicense`: a license that the account has received, found by its ARN or by its product. Changes nothing. */
export class LicenseResource implements CustomResource<LicenseProperties, LicenseAttributes> {
  constructor(private readonly licenseManager: (homeRegion: string) => LicenseManagerGateway) {}

  async create(properties: LicenseProperties): Promise<Settled<LicenseAttributes>> {
    const license = await this.find(properties);
    return {
      physicalId: license.arn,
      attributes: {
        LicenseArn: license.arn,
        ProductName: license.productName,
        ProductSku: license.productSku,
        Status: license.status,
        ValidityEnd: license.validityEnd ?? '',
        HomeRegion: license.homeRegion,
      },
    };
  }

  async update(properties: LicenseProperties): Promise<Settled<LicenseAttributes>> {
    return this.create(properties);
  }

  async delete(): Promise<undefined> {
    return undefined;
  }

  private async find({ LicenseArn, ProductSku, HomeRegion }: LicenseProperties): Promise<ReceivedLicense> {
    const licenseManager = this.licenseManager(HomeRegion);
    if (LicenseArn === undefined) {
      return chooseLicense(ProductSku!, HomeRegion, await licenseManager.listReceivedLicensesOfProduct(ProductSku!));
    }
    const license = await licenseManager.findReceivedLicense(LicenseArn);
    if (!license) {
      throw new Failure(`Search for the license ${LicenseArn} in ${HomeRegion}`, 'this account has received no such license',
        'check the ARN and the home Region, and deploy in the account that subscribed to the product');
    }
    return license;
  }
}
