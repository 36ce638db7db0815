import { ReceivedGrantSelectionProperties } from './received-grant-properties';
import { ReceivedGrantSelection } from './received-grant-selection';
import { requireGrantArn } from '../validation/grant-arn';
import { requireAccountId } from '../validation/identifiers';

/** The selection as the handler is told. */
export function renderSelection({ grantArn, license, productSku, grantorAccount }: ReceivedGrantSelection): ReceivedGrantSelectionProperties {
  if (grantArn === undefined && license === undefined && productSku === undefined && grantorAccount === undefined) {
    throw new Error('a received grant is found by `grantArn`, `license`, `productSku` or `grantorAccount`, got none of them; pass at least one');
  }
  if (productSku !== undefined && productSku.trim() === '') {
    throw new Error('`productSku` must name a product, got an empty string; `aws license-manager list-received-licenses` shows the SKU');
  }
  requireGrantArn('grantArn', grantArn);
  requireAccountId('grantorAccount', grantorAccount);
  return { GrantArn: grantArn, LicenseArn: license?.licenseRef.licenseArn, ProductSku: productSku, GrantorAccount: grantorAccount };
}
