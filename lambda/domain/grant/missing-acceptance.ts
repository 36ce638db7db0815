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

/**
 * The condition that keeps License Manager from accepting a grant by itself, found by reading. It asks for all of them: all features, a grant
 * of the management account, linking, and the service-linked roles.
 *
 * https://docs.aws.amazon.com/license-manager/latest/userguide/grant-acceptance.html
 */
export async function findMissingAcceptance(desired: GrantSpec, world: World): Promise<MissingAcceptance> {
  const { why, next } = await findMissingCondition(desired, world);
  return { why: `the grantee ${desired.grantee.arn} has not accepted the grant, and License Manager did not do it: ${why}`, next };
}

async function findMissingCondition(desired: GrantSpec, world: World): Promise<MissingAcceptance> {
  try {
    return missingOrganization(await world.organizations.describeOrganization(), world.accountId)
      ?? await missingLinking(world)
      ?? missingRoles(desired, world);
  } catch (error) {
    if (error instanceof ServiceError) {
      return { why: `which condition is missing cannot be told (${error.action}: ${error.message})`, next: LET_THE_DEPLOYMENT_ACCEPT };
    }
    throw error;
  }
}

function missingOrganization(organization: Organization | undefined, grantor: string): MissingAcceptance | undefined {
  if (!organization) {
    return { why: `account ${grantor} is in no organization`, next: LET_THE_DEPLOYMENT_ACCEPT };
  }
  const { id, featureSet, managementAccountId } = organization;
  if (featureSet !== 'ALL') {
    return {
      why: `the organization ${id} has the feature set ${featureSet}, and grants are accepted only with all features`,
      next: `${LET_THE_DEPLOYMENT_ACCEPT}; or enable all features in AWS Organizations`,
    };
  }
  if (managementAccountId !== grantor) {
    return {
      why: `the grantor ${grantor} is not the management account ${managementAccountId} (whether the grants of a delegated administrator are `
        + 'accepted is not documented)',
      next: `${LET_THE_DEPLOYMENT_ACCEPT}; or subscribe and grant in the management account`,
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
function missingRoles({ grantee }: GrantSpec, { accountId }: World): MissingAcceptance {
  return {
    why: 'the organization has all features and is linked, so either the grantee is not in it, or a service-linked role is missing',
    next: `check that ${grantee.arn} is an account of the organization, that it has the roles AWSServiceRoleForAWSLicenseManagerRole and `
      + 'AWSServiceRoleForAWSLicenseManagerMemberAccountRole (ManagedEntitlementsMemberSetup makes them), and that '
      + `${accountId} has AWSServiceRoleForAWSLicenseManagerRole and AWSServiceRoleForAWSLicenseManagerMasterAccountRole (ManagedEntitlementsSetup); `
      + `for an account outside of the organization ${LET_THE_DEPLOYMENT_ACCEPT}`,
  };
}
