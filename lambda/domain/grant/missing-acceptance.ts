import type { Organization } from '../organization/organization';
import { ServiceError } from '../service-error';
import type { GrantSpec } from './grant-spec';
import type { World } from './world';

/** Why a grant was not accepted, and what to do. */
export interface MissingAcceptance {
  readonly why: string;
  readonly next: string;
}

const LET_THE_DEPLOYMENT_ACCEPT = 'let the deployment accept the grant with GrantAcceptance.assumingRole() and a role in the account of the grantee'
  + ' (EntitlementsMemberRole), or leave it to the grantee with GrantAcceptance.byGrantee()';

const ROLES_OF_GRANTEES = 'the roles AWSServiceRoleForAWSLicenseManagerRole and AWSServiceRoleForAWSLicenseManagerMemberAccountRole '
  + '(ManagedEntitlementsMemberSetup makes them)';

const LET_THE_ACCOUNTS_ACCEPT = 'let each of these accounts accept its grant with ReceivedLicenseGrant';

/**
 * The condition that keeps License Manager from accepting a grant by itself, found by reading. It asks for all of them: all features, a grant
 * of the management account, linking, and the service-linked roles. A grant to an organization or organizational unit is accepted for each account.
 *
 * https://docs.aws.amazon.com/license-manager/latest/userguide/grant-acceptance.html
 */
export async function findMissingAcceptance(desired: GrantSpec, world: World): Promise<MissingAcceptance> {
  const { why, next } = await findMissingCondition(desired, world);
  const acceptors = isToOneAccount(desired) ? `the grantee ${desired.grantee.arn} has not accepted the grant` : 'accounts have not accepted their part of the grant';
  return { why: `${acceptors}, and License Manager did not do it: ${why}`, next };
}

function isToOneAccount({ grantee }: GrantSpec): boolean {
  return grantee.kind === 'ACCOUNT';
}

async function findMissingCondition(desired: GrantSpec, world: World): Promise<MissingAcceptance> {
  const otherwise = isToOneAccount(desired) ? LET_THE_DEPLOYMENT_ACCEPT : LET_THE_ACCOUNTS_ACCEPT;
  try {
    return missingOrganization(await world.organizations.describeOrganization(), world.accountId, otherwise)
      ?? await missingLinking(world)
      ?? missingRoles(desired, world);
  } catch (error) {
    if (error instanceof ServiceError) {
      return { why: `which condition is missing cannot be told (${error.action}: ${error.message})`, next: otherwise };
    }
    throw error;
  }
}

function missingOrganization(organization: Organization | undefined, grantor: string, otherwise: string): MissingAcceptance | undefined {
  if (!organization) {
    return { why: `account ${grantor} is in no organization`, next: otherwise };
  }
  const { id, featureSet, managementAccountId } = organization;
  if (featureSet !== 'ALL') {
    return {
      why: `the organization ${id} has the feature set ${featureSet}, and grants are accepted only with all features`,
      next: `${otherwise}; or enable all features in AWS Organizations`,
    };
  }
  if (managementAccountId !== grantor) {
    return {
      why: `the grantor ${grantor} is not the management account ${managementAccountId} (whether the grants of a delegated administrator are `
        + 'accepted is not documented)',
      next: `${otherwise}; or subscribe and grant in the management account`,
    };
  }
  return undefined;
}

async function missingLinking({ licenseManager }: World): Promise<MissingAcceptance | undefined> {
  const { linked } = await licenseManager.readServiceSettings();
  return linked ? undefined : {
    why: 'AWS Organizations is not linked in License Manager',
    next: 'deploy ManagedEntitlementsSetup in the management account, then deploy again',
  };
}

/** What is left cannot be read with the permissions of this function. */
function missingRoles(desired: GrantSpec, { accountId }: World): MissingAcceptance {
  const ofGrantor = `${accountId} has AWSServiceRoleForAWSLicenseManagerRole and AWSServiceRoleForAWSLicenseManagerMasterAccountRole (ManagedEntitlementsSetup)`;
  return isToOneAccount(desired)
    ? {
      why: 'the organization has all features and is linked, so either the grantee is not in it, or a service-linked role is missing',
      next: `check that ${desired.grantee.arn} is an account of the organization, that it has ${ROLES_OF_GRANTEES}, and that ${ofGrantor}; `
        + `for an account outside of the organization ${LET_THE_DEPLOYMENT_ACCEPT}`,
    }
    : {
      why: 'the organization has all features and is linked, so a service-linked role is missing',
      next: `check that each of these accounts has ${ROLES_OF_GRANTEES}, and that ${ofGrantor}, then deploy again; or ${LET_THE_ACCOUNTS_ACCEPT}`,
    };
}
