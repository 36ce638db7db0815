import { ILicenseRef } from 'aws-cdk-lib/aws-licensemanager';

/**
 * Where AWS Marketplace licenses are managed, whatever the Region they are used in.
 *
 * @see https://docs.aws.amazon.com/license-manager/latest/userguide/granted-licenses.html
 */
export const MARKETPLACE_HOME_REGION = 'us-east-1';

/** `IMarketplaceLicense` and `CfnLicense` know their home Region; any other reference is taken for one to a Marketplace license. */
export function homeRegionOf(license: ILicenseRef): string {
  return 'homeRegion' in license ? license.homeRegion as string : MARKETPLACE_HOME_REGION;
}
