import { License } from '../license-manager/licenses/license';

/** What an account agreed to in AWS Marketplace: one agreement, with the licenses that it gives. */
export interface Agreement {
  readonly id: string;
  /** The first agreement of the chain of renewals and replacements that this one belongs to; itself if it is the first. */
  readonly initialId: string;
  readonly acceptorAccountId: string;
  readonly start: Date;
  /** Absent for an agreement without an end. */
  readonly end?: Date;
  readonly entitlements: readonly Entitlement[];
}

export interface Entitlement {
  readonly productId: string;
  readonly license: License;
}
