/** What is known of a grant before it is found. A grant has to fit all that is given. */
export interface GrantSelection {
  /** Of the account's own grant, or of the organization's grant above it. */
  readonly grantArn?: string;
  readonly licenseArn?: string;
  readonly productSku?: string;
  readonly grantorAccountId?: string;
}

/** For example `of the product 02e38931-… by the account 111111111111`. */
export function describeSelection({ grantArn, licenseArn, productSku, grantorAccountId }: GrantSelection): string {
  return [
    grantArn && `with the ARN ${grantArn}`,
    licenseArn && `of the license ${licenseArn}`,
    productSku && `of the product ${productSku}`,
    grantorAccountId && `by the account ${grantorAccountId}`,
  ].filter(Boolean).join(' ');
}
