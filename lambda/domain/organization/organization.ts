/** What AWS Organizations says about the organization that an account is in. */
export interface Organization {
  readonly id: string;
  readonly arn: string;
  readonly managementAccountId: string;
  readonly featureSet: FeatureSet;
}

export type FeatureSet = 'ALL' | 'CONSOLIDATED_BILLING';
