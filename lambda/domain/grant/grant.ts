import type { GrantStatus } from './grant-status';

/** A grant as License Manager shows it. */
export interface Grant {
  readonly arn: string;
  readonly name: string;
  /** The license for a grant made by hand, the organization's grant for one that License Manager made for an account. */
  readonly parentArn: string;
  readonly licenseArn: string;
  readonly granteePrincipalArn: string;
  readonly homeRegion: string;
  readonly status: GrantStatus;
  readonly statusReason?: string;
  readonly version: string;
  readonly operations: readonly string[];
  readonly override?: ActivationOverrideBehavior;
}

export type ActivationOverrideBehavior = 'DISTRIBUTED_GRANTS_ONLY' | 'ALL_GRANTS_PERMITTED_BY_ISSUER';

/** What a new version of a grant changes; what is absent stays as it is. */
export interface GrantChanges {
  readonly name?: string;
  readonly operations?: readonly string[];
  readonly status?: 'ACTIVE' | 'DISABLED';
  readonly statusReason?: string;
  /** License Manager takes it together with the status ACTIVE only. */
  readonly override?: ActivationOverrideBehavior;
}

/** Versions are numbers that the service hands out as strings; each new one is greater. */
export function isOlderVersion(version: string, than: string): boolean {
  return Number(version) < Number(than);
}
