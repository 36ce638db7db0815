import { EXAMPLE } from './simulated-stack';
import type { OrganizationDefinition } from '../../../simulator/organization/organization-definition';

/** Nobody accepts a grant in place of its grantee. The roles that both sides need for its activation are there. */
export const CONSOLIDATED_BILLING: OrganizationDefinition = {
  ...EXAMPLE,
  organization: { ...EXAMPLE.organization!, featureSet: 'CONSOLIDATED_BILLING' },
  serviceLinkedRoles: Object.fromEntries(['111111111111', '222222222222'].map((account) => [account, ['license-management.marketplace.amazonaws.com']])),
};
