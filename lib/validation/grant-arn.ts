import { Token } from 'aws-cdk-lib';

/** As in the Service Authorization Reference: no Region, and a colon before the id. */
const GRANT_ARN = /^arn:aws[a-z-]*:license-manager::\d{12}:grant:g-[a-z0-9]+$/;
const EXAMPLE = 'arn:aws:license-manager::111122223333:grant:g-0123456789abcdef0123456789abcdef';

export function requireGrantArn(property: string, value: string | undefined): void {
  if (value !== undefined && !Token.isUnresolved(value) && !GRANT_ARN.test(value)) {
    throw new Error(`\`${property}\` must be the ARN of a grant, like ${EXAMPLE}, got '${value}'${cure(value)}`);
  }
}

function cure(value: string): string {
  if (/^arn:[^:]*:license-manager:[^:]+:/.test(value)) {
    return '; leave the Region out, a grant has none in its ARN';
  }
  if (/:grant\//.test(value)) {
    return '; write grant:g-…, with a colon instead of the slash';
  }
  return '';
}
