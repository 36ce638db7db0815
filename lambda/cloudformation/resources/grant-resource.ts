import type { GrantAttributes, GrantProperties } from '../../../lib/grant/grant-properties';
import { Failure } from '../../domain/failure';
import { isGrantArn } from '../../domain/grant/arns';
import { deleteGrant } from '../../domain/grant/delete-grant';
import type { Grant } from '../../domain/grant/grant';
import type { GrantSpec } from '../../domain/grant/grant-spec';
import type { LicenseManagerGateway } from '../../domain/grant/license-manager-gateway';
import { licensedOperations } from '../../domain/grant/licensed-operations';
import { listOwnGrants } from '../../domain/grant/own-grant';
import { needsOrganization, resolvePrincipal } from '../../domain/grant/principal';
import type { Principal } from '../../domain/grant/principal';
import { reconcile } from '../../domain/grant/reconcile';
import { reconcileTags } from '../../domain/grant/tagging';
import type { OrganizationsGateway } from '../../domain/organization/organizations-gateway';
import { isAccessDenied, isRefusedRequest } from '../../domain/service-error';
import type { Before, CustomResource, Invocation, Settled } from '../custom-resource';
import { checkGrantProperties, settlingDeadline, specify, userTags } from './grant-request';

/** The services that grants need. License Manager is asked in the home Region of the license. */
export interface GrantServices {
  readonly licenseManager: (homeRegion: string) => LicenseManagerGateway;
  readonly organizations: OrganizationsGateway;
}

/** `Custom::MarketplaceLicenseGrant`: one grant of a license. Its physical id is the grant's ARN. */
export class GrantResource implements CustomResource<GrantProperties, GrantAttributes> {
  constructor(private readonly invocation: Invocation, private readonly services: GrantServices) {}

  async create(properties: GrantProperties): Promise<Settled<GrantAttributes>> {
    checkGrantProperties(properties);
    const spec = specify(properties, await this.resolveGrantee(properties), this.invocation.owner);
    return settledAs(await this.settle(spec, properties));
  }

  async update(properties: GrantProperties, before: Before<GrantProperties>): Promise<Settled<GrantAttributes>> {
    checkGrantProperties(properties);
    const spec = specify(properties, await this.resolveGrantee(properties), this.invocation.owner, before.properties);
    const returnsToDefault = !properties.AllowedOperations && before.properties.AllowedOperations !== undefined;
    const desired = returnsToDefault ? { ...spec, operations: await this.defaultOperations(properties) } : spec;
    const grant = await this.settle(desired, properties, isGrantArn(before.physicalId) ? before.physicalId : undefined);
    await reconcileTags(grant.arn, desired.tags, userTags(before.properties.Tags), this.services.licenseManager(properties.HomeRegion));
    return settledAs(grant);
  }

  async delete(properties: GrantProperties, physicalId: string): Promise<undefined> {
    const { clock, deadline, journal, clientToken } = this.invocation;
    const licenseManager = this.services.licenseManager(properties.HomeRegion);
    const grantArns = isGrantArn(physicalId) ? [physicalId] : await this.findLostGrants(properties, licenseManager);
    for (const grantArn of grantArns) {
      await deleteGrant({ grantArn, reason: properties.DeletionReason, licenseManager, clock, deadline, journal, clientToken });
    }
  }

  private async settle(desired: GrantSpec, properties: GrantProperties, grantArn?: string): Promise<Grant> {
    const { owner, stack, clock, journal, clientToken, deadline, exists } = this.invocation;
    const outcome = await reconcile({
      desired,
      owner,
      world: {
        accountId: stack.accountId,
        licenseManager: this.services.licenseManager(desired.homeRegion),
        organizations: this.services.organizations,
      },
      clock,
      deadline: settlingDeadline(properties, clock.now(), deadline),
      journal,
      clientToken,
      grantArn,
      onGrant: exists,
    });
    if (outcome.kind === 'settled') {
      return outcome.grant;
    }
    throw new Failure(describeGrant(desired, outcome.grant), outcome.kind === 'pending' ? `not settled in time: ${outcome.why}` : outcome.why, outcome.next);
  }

  private async resolveGrantee(properties: GrantProperties): Promise<Principal> {
    const organization = needsOrganization(properties.Grantee) ? await this.services.organizations.describeOrganization() : undefined;
    return resolvePrincipal(properties.Grantee, this.invocation.stack.partition, organization);
  }

  private async defaultOperations(properties: GrantProperties): Promise<readonly string[] | undefined> {
    const license = await this.services.licenseManager(properties.HomeRegion).findReceivedLicense(properties.LicenseArn);
    return license && licensedOperations(license);
  }

  /**
   * Grants of this resource whose ARN never reached CloudFormation, because the function died after making them. Properties
   * that are not understood, and requests that are refused, cannot have led to a grant: creating begins with the same.
   */
  private async findLostGrants(properties: GrantProperties, licenseManager: LicenseManagerGateway): Promise<string[]> {
    try {
      checkGrantProperties(properties);
      const grantee = await this.resolveGrantee(properties);
      const filter = { licenseArn: properties.LicenseArn, granteePrincipalArn: grantee.arn };
      const grants = await listOwnGrants(this.invocation.owner, filter, licenseManager);
      return grants.map(({ arn }) => arn);
    } catch (error) {
      if (error instanceof Failure || isAccessDenied(error) || isRefusedRequest(error)) {
        this.invocation.journal.note('No grant was searched for', { said: error.message });
        return [];
      }
      throw error;
    }
  }
}

function settledAs(grant: Grant): Settled<GrantAttributes> {
  return {
    physicalId: grant.arn,
    attributes: { GrantArn: grant.arn, GrantName: grant.name, Status: grant.status, Version: grant.version },
  };
}

function describeGrant(desired: GrantSpec, grant: Grant | undefined): string {
  return grant
    ? `Grant ${grant.arn} to ${desired.grantee.arn} (${grant.status}, version ${grant.version})`
    : `Grant of the license ${desired.licenseArn} to ${desired.grantee.arn}`;
}
