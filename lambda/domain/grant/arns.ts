/** For example `arn:aws:license-manager::111111111111:grant:g-0123456789abcdef`. */
const GRANT_ARN = /^arn:[a-z-]+:license-manager::\d{12}:grant:[A-Za-z0-9-]+$/;

/** License ARNs have no Region, and a colon before the id; Marketplace licenses are in an account of AWS. */
const LICENSE_ARN = /^arn:[a-z-]+:license-manager::\d{12}:license:[A-Za-z0-9-]+$/;

export function isGrantArn(text: string): boolean {
  return GRANT_ARN.test(text);
}

export function isLicenseArn(text: string): boolean {
  return LICENSE_ARN.test(text);
}
