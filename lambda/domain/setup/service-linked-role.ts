import {
  LICENSE_MANAGER, LICENSE_MANAGER_MANAGEMENT_ACCOUNT, LICENSE_MANAGER_MEMBER_ACCOUNT, MARKETPLACE_LICENSE_MANAGEMENT,
} from '../organization/service-principals';

/** A role that an AWS service defines, and that an account has at most once. */
export interface ServiceLinkedRole {
  readonly servicePrincipal: string;
  readonly name: string;
}

/*
 * Names as in the user guides of License Manager ("Using service-linked roles") and AWS Marketplace ("Using service-linked
 * roles to share licenses").
 */

/** License Manager's own; every account that takes part needs it. */
export const CORE_ROLE: ServiceLinkedRole = {
  servicePrincipal: LICENSE_MANAGER,
  name: 'AWSServiceRoleForAWSLicenseManagerRole',
};

export const MANAGEMENT_ACCOUNT_ROLE: ServiceLinkedRole = {
  servicePrincipal: LICENSE_MANAGER_MANAGEMENT_ACCOUNT,
  name: 'AWSServiceRoleForAWSLicenseManagerMasterAccountRole',
};

export const MEMBER_ACCOUNT_ROLE: ServiceLinkedRole = {
  servicePrincipal: LICENSE_MANAGER_MEMBER_ACCOUNT,
  name: 'AWSServiceRoleForAWSLicenseManagerMemberAccountRole',
};

/** AWS Marketplace's; every account that gives or receives a license of the Marketplace needs it. */
export const MARKETPLACE_ROLE: ServiceLinkedRole = {
  servicePrincipal: MARKETPLACE_LICENSE_MANAGEMENT,
  name: 'AWSServiceRoleForMarketplaceLicenseManagement',
};
