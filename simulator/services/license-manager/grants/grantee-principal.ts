/** Whom a grant is for. */
export type GranteePrincipal =
  | { readonly kind: 'account'; readonly accountId: string }
  | { readonly kind: 'organization'; readonly managementAccountId: string; readonly organizationId: string }
  | {
    readonly kind: 'organizational-unit';
    readonly managementAccountId: string;
    readonly organizationId: string;
    readonly organizationalUnitId: string;
  };

/** Everything that is distributed to more than one account. */
export type GroupPrincipal = Exclude<GranteePrincipal, { readonly kind: 'account' }>;

// The three ARN forms of the License Manager user guide, "Distribute"; ids as in the Organizations model.
const ACCOUNT = /^arn:aws:iam::(\d{12}):root$/;
const ORGANIZATION = /^arn:aws:organizations::(\d{12}):organization\/(o-[a-z0-9]{10,32})$/;
const ORGANIZATIONAL_UNIT = /^arn:aws:organizations::(\d{12}):ou\/(o-[a-z0-9]{10,32})\/(ou-[0-9a-z]{4,32}-[a-z0-9]{8,32})$/;

/** Undefined if the ARN is none of the forms that License Manager takes. */
export function parseGranteePrincipal(arn: string): GranteePrincipal | undefined {
  const account = ACCOUNT.exec(arn);
  if (account) return { kind: 'account', accountId: account[1] };
  const organization = ORGANIZATION.exec(arn);
  if (organization) return { kind: 'organization', managementAccountId: organization[1], organizationId: organization[2] };
  const unit = ORGANIZATIONAL_UNIT.exec(arn);
  if (!unit) return undefined;
  return { kind: 'organizational-unit', managementAccountId: unit[1], organizationId: unit[2], organizationalUnitId: unit[3] };
}

export function accountPrincipalArn(accountId: string): string {
  return `arn:aws:iam::${accountId}:root`;
}
