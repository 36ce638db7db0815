import type { ReceivedGrantsGateway } from './received-grants-gateway';
import type { Grant } from '../grant/grant';

/** A license that was renewed away need not be listed any more: then its successor is taken to be of the same product. */
export async function isSameProduct(before: Grant, after: Grant, licenseManager: ReceivedGrantsGateway): Promise<boolean> {
  const [licenseBefore, licenseAfter] = [
    await licenseManager.findReceivedLicense(before.licenseArn),
    await licenseManager.findReceivedLicense(after.licenseArn),
  ];
  return licenseAfter !== undefined && (licenseBefore === undefined || licenseBefore.productSku === licenseAfter.productSku);
}
