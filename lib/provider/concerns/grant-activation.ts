import { Concern } from './concern';
import { READ_OWN_STACK } from './reading-stacks';
import { Permission } from '../permission';

/** Answers `Custom::MarketplaceLicenseGrantActivation`. */
export const GRANT_ACTIVATION: Concern = {
  id: 'GrantActivation',
  handler: 'grant-activation',
  description: 'Activates grants that AWS CloudFormation makes (cdk-managed-entitlements)',
  permissions: [READ_OWN_STACK],
};

/** What the activation of one grant takes. */
export function activateGrant(grantArn: string): Permission {
  return {
    sid: 'ActivateGrants',
    actions: ['license-manager:CreateGrantVersion', 'license-manager:GetGrant'],
    resources: [grantArn],
  };
}

/** What came of the activation of a grant to an organization or organizational unit is in the grants of the single accounts. */
export const READ_ACCOUNT_GRANTS: Permission = {
  sid: 'ReadAccountGrants',
  actions: ['license-manager:ListReceivedGrantsForOrganization'],
  resources: ['*'],
  wildcardReason: 'License Manager defines no resource type for this action; it reads only',
};
