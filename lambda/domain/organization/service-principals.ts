/** The service principals of managed entitlements, as trusted access and service-linked roles use them. */
export const LICENSE_MANAGER = 'license-manager.amazonaws.com';
export const LICENSE_MANAGER_MANAGEMENT_ACCOUNT = 'license-manager.master-account.amazonaws.com';
export const LICENSE_MANAGER_MEMBER_ACCOUNT = 'license-manager.member-account.amazonaws.com';
export const MARKETPLACE_LICENSE_MANAGEMENT = 'license-management.marketplace.amazonaws.com';
