/** The service-linked roles that managed entitlements need: name by service, from the services' user guides. */
export const SERVICE_LINKED_ROLE_NAMES: Readonly<Record<string, string>> = {
  'license-manager.amazonaws.com': 'AWSServiceRoleForAWSLicenseManagerRole',
  'license-manager.master-account.amazonaws.com': 'AWSServiceRoleForAWSLicenseManagerMasterAccountRole',
  'license-manager.member-account.amazonaws.com': 'AWSServiceRoleForAWSLicenseManagerMemberAccountRole',
  'license-management.marketplace.amazonaws.com': 'AWSServiceRoleForMarketplaceLicenseManagement',
  'license-management.dataexchange.amazonaws.com': 'AWSServiceRoleForAWSDataExchangeLicenseManagement',
};
