/** Whose ARNs they are. */
export interface OrganizationIdentity {
  readonly id: string;
  readonly managementAccountId: string;
}

// https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsorganizations.html#awsorganizations-resources-for-iam-policies

export function organizationArn({ id, managementAccountId }: OrganizationIdentity): string {
  return `arn:aws:organizations::${managementAccountId}:organization/${id}`;
}

export function rootArn({ id, managementAccountId }: OrganizationIdentity, rootId: string): string {
  return `arn:aws:organizations::${managementAccountId}:root/${id}/${rootId}`;
}

export function accountArn({ id, managementAccountId }: OrganizationIdentity, accountId: string): string {
  return `arn:aws:organizations::${managementAccountId}:account/${id}/${accountId}`;
}

export function organizationalUnitArn({ id, managementAccountId }: OrganizationIdentity, unitId: string): string {
  return `arn:aws:organizations::${managementAccountId}:ou/${id}/${unitId}`;
}
