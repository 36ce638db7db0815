/** The licenses of the example organization's management account. */
export const LINUX = 'arn:aws:license-manager::294406891311:license:l-00000000000000000000000000000001';
export const SCANNER = 'arn:aws:license-manager::294406891311:license:l-00000000000000000000000000000002';

/** A setup as its construct asks for it. */
export const SETUP = { type: 'Custom::ManagedEntitlementsSetup', logicalId: 'Setup', properties: {} };

export const GRANT_TYPE = 'Custom::MarketplaceLicenseGrant';

/** The properties of a grant to one account, as its construct writes them. */
export const PAYMENTS = {
  LicenseArn: LINUX,
  HomeRegion: 'us-east-1',
  Grantee: { Kind: 'ACCOUNT', Identifier: '222222222222' },
  GrantName: 'linux-for-payments',
  Activation: { Mode: 'ACTIVE' },
  SettleWithinSeconds: '600',
};
