import { LINUX } from './requests';
import { EXAMPLE } from './simulated-stack';
import type { ReceivedGrantProperties } from '../../../lib/received-grant/received-grant-properties';
import type { OrganizationDefinition } from '../../../simulator/organization/organization-definition';

export const RECEIVED_GRANT_TYPE = 'Custom::ReceivedLicenseGrant';

/** Activation works, and nothing is accepted automatically. */
export const NOT_LINKED: OrganizationDefinition = {
  ...EXAMPLE, trustedServices: ['license-manager.amazonaws.com', 'license-management.marketplace.amazonaws.com'],
};
export const LINKED: OrganizationDefinition = { ...NOT_LINKED, linked: true };

/** A received grant of the Linux product, as its construct writes it. */
export const OF_LINUX_LICENSE: ReceivedGrantProperties = {
  Selection: { LicenseArn: LINUX },
  HomeRegion: 'us-east-1',
  Response: { Kind: 'ACTIVATE' },
  Removal: { Kind: 'DEACTIVATE' },
  ArrivesWithinSeconds: '60',
};
