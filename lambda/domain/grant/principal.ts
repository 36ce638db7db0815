import type { GranteeKind, GranteeProperties } from '../../../lib/grant/grant-properties';
import { Failure } from '../failure';
import type { Organization } from '../organization/organization';

/** Whom a grant is for, in the one form that License Manager takes: an ARN. */
export interface Principal {
  readonly kind: GranteeKind;
  readonly arn: string;
}

/** The account that a grant to one account is for. */
export function accountIdOf(principalArn: string): string {
  return principalArn.split(':')[4];
}

const ACCOUNT_ID = /^\d{12}$/;
const ACCOUNT_ARN = /^arn:([a-z-]+):iam::\d{12}:root$/;
const ORGANIZATION_ID = /^o-[a-z0-9]{10,32}$/;
const ORGANIZATIONAL_UNIT_ID = /^ou-[0-9a-z]{4,32}-[a-z0-9]{8,32}$/;

/** An account needs nothing but its id and the partition; the others need to know the organization. */
export function needsOrganization(grantee: GranteeProperties): boolean {
  return grantee.Kind !== 'ACCOUNT';
}

/**
 * The principal that an id or an ARN stands for. ARNs of organizations and organizational units carry the management
 * account's id, whoever grants, so they are built from what Organizations says; one given by hand has to be the same.
 */
export function resolvePrincipal(grantee: GranteeProperties, partition: string, organization: Organization | undefined): Principal {
  switch (grantee.Kind) {
    case 'ACCOUNT':
      return { kind: grantee.Kind, arn: accountArn(grantee.Identifier, partition) };
    case 'ORGANIZATION':
      return { kind: grantee.Kind, arn: organizationArn(grantee.Identifier, partition, organization) };
    case 'ORGANIZATIONAL_UNIT':
      return { kind: grantee.Kind, arn: organizationalUnitArn(grantee.Identifier, partition, organization) };
    default:
      throw new Failure(
        `Grant to a grantee of the kind '${grantee.Kind as string}'`,
        'this version of cdk-managed-entitlements knows no such kind',
        'use Grantee.account(), Grantee.organization() or Grantee.organizationalUnit()',
      );
  }
}

/** The principal of a grant that is there: License Manager takes ARNs of these three forms only. */
export function principalOfGrant(granteePrincipalArn: string): Principal {
  if (ACCOUNT_ARN.test(granteePrincipalArn)) {
    return { kind: 'ACCOUNT', arn: granteePrincipalArn };
  }
  return { kind: granteePrincipalArn.includes(':ou/') ? 'ORGANIZATIONAL_UNIT' : 'ORGANIZATION', arn: granteePrincipalArn };
}

function accountArn(identifier: string | undefined, partition: string): string {
  if (identifier && ACCOUNT_ID.test(identifier)) {
    return `arn:${partition}:iam::${identifier}:root`;
  }
  if (identifier && ACCOUNT_ARN.exec(identifier)?.[1] === partition) {
    return identifier;
  }
  throw new Failure(
    `Grant to the account '${identifier ?? ''}'`,
    'this is neither a 12-digit account id nor an ARN that License Manager takes for an account',
    `write '123456789012' or 'arn:${partition}:iam::123456789012:root'`,
  );
}

function organizationArn(identifier: string | undefined, partition: string, organization: Organization | undefined): string {
  const asked = `Grant to the organization '${identifier ?? 'of this account'}'`;
  const { id, managementAccountId } = existing(organization, asked);
  const arn = `arn:${partition}:organizations::${managementAccountId}:organization/${id}`;
  if (identifier === undefined || identifier === id || identifier === arn) {
    return arn;
  }
  throw new Failure(asked, ORGANIZATION_ID.test(identifier) ? `this account is in the organization ${id}` : `the organization of this account is ${arn}`,
    'leave the identifier out to grant to the organization that this account is in');
}

function organizationalUnitArn(identifier: string | undefined, partition: string, organization: Organization | undefined): string {
  const asked = `Grant to the organizational unit '${identifier ?? ''}'`;
  const { id, managementAccountId } = existing(organization, asked);
  const prefix = `arn:${partition}:organizations::${managementAccountId}:ou/${id}/`;
  const unitId = identifier?.startsWith(prefix) ? identifier.slice(prefix.length) : identifier;
  if (unitId && ORGANIZATIONAL_UNIT_ID.test(unitId)) {
    return `${prefix}${unitId}`;
  }
  throw new Failure(asked, `this is neither the id nor the ARN of an organizational unit of the organization ${id}`,
    `write an id such as 'ou-ab12-11111111', or an ARN that begins with '${prefix}'`);
}

function existing(organization: Organization | undefined, asked: string): Organization {
  if (!organization) {
    throw new Failure(asked, 'this account is not in an organization', 'grant to single accounts, or deploy in an account of the organization');
  }
  return organization;
}
