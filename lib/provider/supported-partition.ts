import { Stack, Token } from 'aws-cdk-lib';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import { Construct } from 'constructs';

/**
 * Why the stack's Region is of no use for managed entitlements; undefined if it is, or is not known yet.
 *
 * @see https://docs.aws.amazon.com/license-manager/latest/userguide/granted-licenses.html
 */
export function unsupportedPartition(scope: Construct): string | undefined {
  const region = Stack.of(scope).region;
  if (Token.isUnresolved(region)) {
    return undefined;
  }
  switch (RegionInfo.get(region).partition) {
    case 'aws':
    case undefined:
      return undefined;
    case 'aws-us-gov':
      return `managed entitlements of AWS GovCloud (US) are managed in the linked commercial account, got a stack in ${region}; `
        + 'deploy the stack to the commercial account, the GovCloud account follows its license';
    default:
      return `managed entitlements of AWS Marketplace licenses are documented for commercial Regions only, got a stack in ${region}; `
        + 'deploy the stack to a commercial Region, for example us-east-1';
  }
}
