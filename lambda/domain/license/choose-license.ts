import { Failure } from '../failure';
import { AVAILABLE, describeLicense } from './received-license';
import type { ReceivedLicense } from './received-license';

/** A message has to fit into an answer to CloudFormation. */
const MOST_LISTED = 8;

/** The one available license of a product. A product with none or several is not ours to decide about. */
export function chooseLicense(productSku: string, homeRegion: string, candidates: readonly ReceivedLicense[]): ReceivedLicense {
  const asked = `Search for the license of the product ${productSku} in ${homeRegion}`;
  if (candidates.length === 0) {
    throw new Failure(asked, 'this account has received no license of the product',
      'check the SKU and the home Region, and deploy in the account that subscribed; a new subscription takes some minutes to show');
  }
  const available = candidates.filter(({ status }) => status === AVAILABLE);
  if (available.length === 0) {
    throw new Failure(asked, `none of its licenses is ${AVAILABLE}: ${list(candidates)}`, 'renew the subscription in AWS Marketplace');
  }
  if (available.length > 1) {
    throw new Failure(asked, `more than one license is ${AVAILABLE}: ${list(available)}`, 'name one of them with MarketplaceLicense.fromLicenseArn()');
  }
  return available[0];
}

function list(licenses: readonly ReceivedLicense[]): string {
  const listed = licenses.slice(0, MOST_LISTED).map(describeLicense);
  return [...listed, ...(licenses.length > MOST_LISTED ? [`${licenses.length - MOST_LISTED} more`] : [])].join('; ');
}
