import { EXAMPLE_ORGANIZATION } from './rehearsed-stacks';

/** The Linux product again, under the agreement that follows. */
export const RENEWED_LICENSE = 'arn:aws:license-manager::294406891311:license:l-00000000000000000000000000000004';

export const RENEWAL = {
  ...EXAMPLE_ORGANIZATION.subscriptions[0],
  agreementId: 'agmt-exlinux0000000000000004',
  licenseArn: RENEWED_LICENSE,
  validity: { begin: '2026-06-30T00:00:00Z', end: '2028-01-01T00:00:00Z' },
};

/** The example organization after the management account has renewed its subscription to the Linux product. */
export const ORGANIZATION_WITH_RENEWAL = { ...EXAMPLE_ORGANIZATION, subscriptions: [...EXAMPLE_ORGANIZATION.subscriptions, RENEWAL] };
