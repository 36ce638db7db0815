/** A license that the account holds, by subscription or by a grant, as License Manager lists it. */
export interface ReceivedLicense {
  readonly arn: string;
  readonly productName: string;
  readonly productSku: string;
  readonly homeRegion: string;
  readonly status: string;
  /** ISO 8601. */
  readonly validityBegin?: string;
  /** ISO 8601; absent for a license without an end. */
  readonly validityEnd?: string;
  /** What the holder may do with it and pass on; with `CreateGrant` it may be granted on. */
  readonly allowedOperations: readonly string[];
}

export const AVAILABLE = 'AVAILABLE';

/** For example `arn:…:license:l-… (AVAILABLE, valid from 2026-01-01T00:00:00Z to 2027-01-01T00:00:00Z)`. */
export function describeLicense(license: ReceivedLicense): string {
  return `${license.arn} (${license.status}, ${describeValidity(license)})`;
}

export function describeValidity(license: ReceivedLicense): string {
  return `valid from ${license.validityBegin ?? 'an unknown day'} to ${license.validityEnd ?? 'no end'}`;
}
