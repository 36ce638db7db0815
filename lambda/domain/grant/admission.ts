import { Failure } from '../failure';
import { AVAILABLE, describeLicense } from '../license/received-license';
import type { ReceivedLicense } from '../license/received-license';
import type { Organization } from '../organization/organization';
import { LICENSE_MANAGER } from '../organization/service-principals';
import { isAccessDenied } from '../service-error';
import type { ServiceError } from '../service-error';
import { needsAccountGrants } from './account-selection';
import type { GrantSpec } from './grant-spec';
import { CREATE_GRANT, licensedOperations } from './licensed-operations';
import { UNSEEN } from './unseen-account-grants';
import type { World } from './world';

/**
 * Checks, by reading only, that License Manager can be expected to make this grant and to bring it to the wanted status.
 * Returns the operations to grant.
 */
export async function admit(desired: GrantSpec, world: World): Promise<readonly string[]> {
  const operations = await admitLicense(desired, world);
  await admitGrantee(desired, world);
  await world.grantee?.verifyAccess();
  return operations;
}

/** What License Manager says to a grantor whose organization does not trust it, as users have reported it. */
const NOT_TRUSTED = /trusted access/i;

/** A grant that was admitted here and refused by License Manager. */
export function explainRefusal(desired: GrantSpec, refusal: ServiceError): Failure {
  return new Failure(
    `Grant of the license ${desired.licenseArn} to ${desired.grantee.arn}`,
    refusal.message,
    NOT_TRUSTED.test(refusal.said) ? setUpFirst() : 'correct what the message names, then deploy again',
  );
}

async function admitLicense(desired: GrantSpec, world: World): Promise<readonly string[]> {
  const asked = `Grant of the license ${desired.licenseArn}`;
  const license = await world.licenseManager.findReceivedLicense(desired.licenseArn);
  if (!license) {
    throw new Failure(asked, `account ${world.accountId} has received no such license in ${desired.homeRegion}`,
      'check the ARN and the home Region, and deploy in the account that subscribed to the product');
  }
  // Other Regions show the license as well, and refuse to change it.
  if (license.homeRegion !== desired.homeRegion) {
    throw new Failure(asked, `the home Region of the license is ${license.homeRegion}, not ${desired.homeRegion}`,
      `set the home Region of the license to ${license.homeRegion}`);
  }
  if (license.status !== AVAILABLE) {
    throw new Failure(asked, `the license cannot be granted as it is: ${describeLicense(license)}`, 'renew the subscription, or use the license that replaced it');
  }
  if (!license.allowedOperations.includes(CREATE_GRANT)) {
    throw new Failure(asked, 'this account may use the license but may not grant it on (its operations lack CreateGrant)',
      'deploy in the account that subscribed to the product; not every product can be shared');
  }
  return operationsToGrant(desired, license, asked);
}

function operationsToGrant(desired: GrantSpec, license: ReceivedLicense, asked: string): readonly string[] {
  const licensed = licensedOperations(license);
  const excess = desired.operations?.filter((operation) => !licensed.includes(operation)) ?? [];
  if (excess.length > 0) {
    throw new Failure(asked, `it does not allow ${excess.join(', ')} to be passed on`, `choose allowed operations among ${licensed.join(', ')}`);
  }
  return desired.operations ?? licensed;
}

async function admitGrantee(desired: GrantSpec, world: World): Promise<void> {
  const organization = await world.organizations.describeOrganization();
  if (desired.grantee.kind === 'ACCOUNT') {
    await admitAccount(desired, organization, world);
  } else {
    await admitDistribution(desired, organization, world);
  }
}

/** Everything that the service-linked roles need is left to the service: what they lack shows in the status of the grant. */
async function admitAccount(desired: GrantSpec, organization: Organization | undefined, world: World): Promise<void> {
  const acceptedByService = organization?.featureSet === 'ALL' && organization.managementAccountId === world.accountId;
  if (acceptedByService && desired.acceptance === 'AUTOMATIC') {
    await requireLinking(`Grant to ${desired.grantee.arn}`, 'the grantee would have to accept the grant by hand', world);
  }
}

async function admitDistribution(desired: GrantSpec, organization: Organization | undefined, world: World): Promise<void> {
  const asked = `Grant to ${desired.grantee.arn}`;
  if (organization?.featureSet !== 'ALL') {
    throw new Failure(asked, `the organization ${organization?.id ?? ''} has the feature set ${organization?.featureSet ?? 'none'}, and License Manager grants to organizations and organizational units only with all features`,
      'grant to single accounts with Grantee.account(), or enable all features in AWS Organizations');
  }
  if (organization.managementAccountId === world.accountId) {
    await requireTrustedAccess(asked, world);
    await requireLinking(asked, 'License Manager would not accept the grant for the accounts', world);
  }
  if (needsAccountGrants(desired.activation)) {
    await requireSightOfAccountGrants(desired, asked, world);
  }
}

async function requireSightOfAccountGrants({ licenseArn }: GrantSpec, asked: string, world: World): Promise<void> {
  try {
    await world.licenseManager.listAccountGrants(licenseArn, licenseArn);
  } catch (error) {
    if (isAccessDenied(error)) {
      throw new Failure(asked, `${UNSEEN.NOT_PERMITTED.why}: ${error.message}`, UNSEEN.NOT_PERMITTED.cure);
    }
    throw error;
  }
}

async function requireTrustedAccess(asked: string, world: World): Promise<void> {
  const trusted = await trustedServices(world);
  if (trusted && !trusted.includes(LICENSE_MANAGER)) {
    throw new Failure(asked, `trusted access for ${LICENSE_MANAGER} is not enabled in AWS Organizations`, setUpFirst());
  }
}

/** Nothing if this role may not ask: then License Manager has the say. */
async function trustedServices(world: World): Promise<string[] | undefined> {
  try {
    return await world.organizations.listTrustedServices();
  } catch (error) {
    if (isAccessDenied(error)) {
      return undefined;
    }
    throw error;
  }
}

async function requireLinking(asked: string, consequence: string, world: World): Promise<void> {
  const { linked } = await world.licenseManager.readServiceSettings();
  if (!linked) {
    throw new Failure(asked, `AWS Organizations is not linked in License Manager, so ${consequence}`, setUpFirst());
  }
}

function setUpFirst(): string {
  return 'deploy ManagedEntitlementsSetup in the management account, and let the grant depend on it if both are in one app';
}
