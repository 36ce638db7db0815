import { Token } from 'aws-cdk-lib';

/** As in the Service Authorization Reference: no Region, and a colon before the id. */
const LICENSE_ARN = /^arn:aws[a-z-]*:license-manager::\d{12}:license:l-[a-z0-9]+$/;
const EXAMPLE = 'arn:aws:license-manager::111122223333:license:l-0123456789abcdef0123456789abcdef';

export function requireLicenseArn(value: string): void {
  if (!Token.isUnresolved(value) && !LICENSE_ARN.test(value)) {
    throw new Error(`the ARN of a license must look like ${EXAMPLE}, got '${value}'${cure(value)}`);
  }
}

function cure(value: string): string {
  if (/^arn:[^:]*:license-manager:[^:]+:/.test(value)) {
    return '; leave the Region out, a license has none in its ARN';
  }
  if (/:license\//.test(value)) {
    return '; write license:l-…, with a colon instead of the slash';
  }
  return '';
}
