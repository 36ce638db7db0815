import type { AcceptanceProperties, GrantProperties } from '../../../lib/grant/grant-properties';
import { Failure } from '../../domain/failure';
import type { AcceptanceMode } from '../../domain/grant/grant-spec';
import type { Principal } from '../../domain/grant/principal';

/** The role in the grantee's account that accepts a grant. */
export interface MemberRole {
  readonly roleArn: string;
  readonly externalId?: string;
}

/** Who leaves the activation to the grantee leaves the acceptance to it as well, unless they say otherwise. */
export function acceptanceModeOf({ Acceptance, Activation }: GrantProperties): AcceptanceMode {
  return Acceptance?.Mode ?? (Activation.Mode === 'BY_GRANTEE' ? 'BY_GRANTEE' : 'AUTOMATIC');
}

/** The role that is to be assumed, if any. That it is the grantee's could not be checked in the template if one of the two was a token. */
export function memberRoleOf({ Acceptance }: GrantProperties, grantee: Principal): MemberRole | undefined {
  if (Acceptance?.Mode !== 'ASSUMING_ROLE') {
    return undefined;
  }
  const asked = `Acceptance of a grant to ${grantee.arn} with the role '${Acceptance.RoleArn ?? ''}'`;
  if (grantee.kind !== 'ACCOUNT') {
    throw new Failure(asked, 'a grant to an organization or an organizational unit needs no acceptance', 'leave GrantAcceptance.assumingRole() out');
  }
  return { roleArn: roleOf(grantee, Acceptance, asked), externalId: Acceptance.ExternalId };
}

function roleOf(grantee: Principal, { RoleArn }: AcceptanceProperties, asked: string): string {
  const accountId = grantee.arn.split(':')[4];
  const match = /^arn:[a-z-]+:iam::(\d{12}):role\/.+$/.exec(RoleArn ?? '');
  if (match?.[1] !== accountId) {
    throw new Failure(asked, match ? `the role is in the account ${match[1]}, and only the grantee can accept a grant` : 'this is not the ARN of a role',
      `name a role in the account ${accountId}`);
  }
  return RoleArn!;
}
