import type { Grant } from '../../../lambda/domain/grant/grant';
import type { Activation, GrantSpec } from '../../../lambda/domain/grant/grant-spec';
import { ownershipTags } from '../../../lambda/domain/grant/ownership';
import type { ReceivedLicense } from '../../../lambda/domain/license/received-license';

export const MANAGEMENT_ACCOUNT = '111111111111';
export const LICENSE_ARN = 'arn:aws:license-manager::294406891311:license:l-00000000000000000000000000000001';
export const GRANT_ARN = 'arn:aws:license-manager::111111111111:grant:g-00000000000000000000000000000001';
export const ACCOUNT_ARN = 'arn:aws:iam::222222222222:root';
export const UNIT_ARN = 'arn:aws:organizations::111111111111:ou/o-exampleorg1/ou-ex01-workload';

export const OWNER = {
  stackId: 'arn:aws:cloudformation:eu-central-1:111111111111:stack/quick-start/00000000-0000-4000-8000-000000000001',
  logicalId: 'LinuxForPayments',
};

export const OPERATIONS = ['CheckoutLicense', 'CheckInLicense', 'ListPurchasedLicenses'];

export function license(changes: Partial<ReceivedLicense> = {}): ReceivedLicense {
  return {
    arn: LICENSE_ARN,
    productName: 'Example Hardened Linux',
    productSku: '02e38931-0000-4000-8000-000000000001',
    homeRegion: 'us-east-1',
    status: 'AVAILABLE',
    validityBegin: '2026-01-01T00:00:00Z',
    validityEnd: '2027-01-01T00:00:00Z',
    allowedOperations: ['CreateGrant', ...OPERATIONS],
    ...changes,
  };
}

export function spec(changes: Partial<Omit<GrantSpec, 'activation'>> & { activation?: Partial<Activation> } = {}): GrantSpec {
  return {
    name: 'payments',
    licenseArn: LICENSE_ARN,
    homeRegion: 'us-east-1',
    grantee: { kind: 'ACCOUNT', arn: ACCOUNT_ARN },
    tags: ownershipTags(OWNER),
    acceptance: changes.activation?.mode === 'BY_GRANTEE' ? 'BY_GRANTEE' : 'AUTOMATIC',
    ...changes,
    activation: { mode: 'ACTIVE', changed: false, ...changes.activation },
  };
}

export function grant(changes: Partial<Grant> = {}): Grant {
  return {
    arn: GRANT_ARN,
    name: 'payments',
    parentArn: LICENSE_ARN,
    licenseArn: LICENSE_ARN,
    granteePrincipalArn: ACCOUNT_ARN,
    homeRegion: 'us-east-1',
    status: 'ACTIVE',
    version: '1',
    operations: OPERATIONS,
    ...changes,
  };
}
