import type { GrantAttributes, GrantProperties } from '../../../lib/grant/grant-properties';
import { Failure } from '../../domain/failure';
import { isGrantArn } from '../../domain/grant/arns';
import type { Grant } from '../../domain/grant/grant';
import type { GrantSpec } from '../../domain/grant/grant-spec';
import { isLive } from '../../domain/grant/grant-status';
import type { LicenseManagerGateway } from '../../domain/grant/license-manager-gateway';
import { licensedOperations } from '../../domain/grant/licensed-operations';
import { listOwnGrants } from '../../domain/grant/own-grant';
import { needsOrganization, resolvePrincipal } from '../../domain/grant/principal';
import type { Principal } from '../../domain/grant/principal';
import { isSameGrant, reconcile } from '../../domain/grant/reconcile';
import type { Circumstances, Outcome, Reconciliation } from '../../domain/grant/reconcile';
import { replaceGrant } from '../../domain/grant/replace-grant';
import { retireGrant } from '../../domain/grant/retire-grant';
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
    return settledAs(settledOrFail(spec, await reconcile(this.reconciliation(spec, properties))));
  }

  async update(properties: GrantProperties, before: Before<GrantProperties>): Promise<Settled<GrantAttributes>> {
    checkGrantProperties(properties);
    const spec = specify(properties, await this.resolveGrantee(properties), this.invocation.owner, before.properties);
    const returnsToDefault = !properties.AllowedOperations && before.properties.AllowedOperations !== undefined;
    const desired = returnsToDefault ? { ...spec, operations: await this.defaultOperations(properties) } : spec;
    const grant = settledOrFail(desired, await this.bringAbout(desired, properties, before));
    await reconcileTags(grant.arn, desired.tags, userTags(before.properties.Tags), this.services.licenseManager(properties.HomeRegion));
    return settledAs(grant);
  }

  async delete(properties: GrantProperties, physicalId: string): Promise<string | undefined> {
    return this.retire(properties, isGrantArn(physicalId) ? [physicalId] : await this.findLostGrants(properties));
  }

  /** Another license or grantee takes another grant, which is settled before CloudFormation has the one before deleted. */
  private async bringAbout(desired: GrantSpec, properties: GrantProperties, before: Before<GrantProperties>): Promise<Outcome> {
    const reconciliation = this.reconciliation(desired, properties);
    const grantArn = isGrantArn(before.physicalId) ? before.physicalId : undefined;
    const grant = grantArn && await reconciliation.world.licenseManager.findGrant(grantArn);
    if (grant && isLive(grant.status) && !isSameGrant(desired, grant)) {
      return replaceGrant({ ...reconciliation, predecessor: grant, undoDeadline: this.invocation.deadline });
    }
    if (isOfAnotherGrant(properties, before.properties)) {
      // An update that never answered is undone: of what it has made CloudFormation knows nothing, and nobody else would delete it.
      await this.retire(before.properties, await this.findLostGrants(before.properties));
    }
    return reconcile({ ...reconciliation, grantArn });
  }

  private async retire(properties: GrantProperties, grantArns: readonly string[]): Promise<string | undefined> {
    const { deadline } = this.invocation;
    const remarks: string[] = [];
    for (const grantArn of grantArns) {
      const { DeletionReason: reason, Activation } = properties;
      const remark = await retireGrant({ ...this.circumstances(properties.HomeRegion), deadline, grantArn, reason, override: Activation?.Override });
      remarks.push(...remark === undefined ? [] : [remark]);
    }
    return remarks.length > 0 ? remarks.join('; ') : undefined;
  }

  private reconciliation(desired: GrantSpec, properties: GrantProperties): Reconciliation {
    const { clock, deadline, exists } = this.invocation;
    return { ...this.circumstances(desired.homeRegion), deadline: settlingDeadline(properties, clock.now(), deadline), desired, onGrant: exists };
  }

  private circumstances(homeRegion: string): Omit<Circumstances, 'deadline'> {
    const { owner, stack, clock, journal, clientToken } = this.invocation;
    const { licenseManager, organizations } = this.services;
    return { owner, world: { accountId: stack.accountId, licenseManager: licenseManager(homeRegion), organizations }, clock, journal, clientToken };
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
  private async findLostGrants(properties: GrantProperties): Promise<string[]> {
    try {
      checkGrantProperties(properties);
      const grantee = await this.resolveGrantee(properties);
      const filter = { licenseArn: properties.LicenseArn, granteePrincipalArn: grantee.arn };
      const grants = await listOwnGrants(this.invocation.owner, filter, this.services.licenseManager(properties.HomeRegion));
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

function isOfAnotherGrant(properties: GrantProperties, before: Partial<GrantProperties>): before is GrantProperties {
  return before.LicenseArn !== undefined && before.Grantee !== undefined
    && (before.LicenseArn !== properties.LicenseArn
      || before.HomeRegion !== properties.HomeRegion
      || before.Grantee.Kind !== properties.Grantee.Kind
      || before.Grantee.Identifier !== properties.Grantee.Identifier);
}

function settledOrFail(desired: GrantSpec, outcome: Outcome): Grant {
  if (outcome.kind === 'settled') {
    return outcome.grant;
  }
  throw new Failure(describeGrant(desired, outcome.grant), outcome.kind === 'pending' ? `not settled in time: ${outcome.why}` : outcome.why, outcome.next);
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
