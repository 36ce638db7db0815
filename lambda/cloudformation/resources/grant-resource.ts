import type { GrantAttributes, GrantProperties } from '../../../lib/grant/grant-properties';
import { Failure } from '../../domain/failure';
import { isGrantArn } from '../../domain/grant/arns';
import type { Grant } from '../../domain/grant/grant';
import type { GrantSpec } from '../../domain/grant/grant-spec';
import { isLive } from '../../domain/grant/grant-status';
import type { GranteeGateway } from '../../domain/grant/grantee-gateway';
import type { LicenseManagerGateway } from '../../domain/grant/license-manager-gateway';
import { licensedOperations } from '../../domain/grant/licensed-operations';
import { listOwnGrants } from '../../domain/grant/own-grant';
import { UNSETTLED_TAG } from '../../domain/grant/ownership';
import { needsOrganization, resolvePrincipal } from '../../domain/grant/principal';
import type { Principal } from '../../domain/grant/principal';
import { isSameGrant, reconcile } from '../../domain/grant/reconcile';
import type { Circumstances, Outcome, Reconciliation } from '../../domain/grant/reconcile';
import { removeGrant } from '../../domain/grant/remove-grant';
import { replaceGrant } from '../../domain/grant/replace-grant';
import { reconcileTags } from '../../domain/grant/tagging';
import type { OrganizationsGateway } from '../../domain/organization/organizations-gateway';
import { isAccessDenied, isRefusedRequest } from '../../domain/service-error';
import type { Before, CustomResource, Invocation, Settled } from '../custom-resource';
import { memberRoleOf } from './acceptance-request';
import type { MemberRole } from './acceptance-request';
import { accountsActiveBefore } from './activation-request';
import { conflictAttributes } from './conflict-attributes';
import { checkGrantProperties, settlingDeadline, specify, userTags } from './grant-request';

/** The services that grants need. License Manager is asked in the home Region of the license. */
export interface GrantServices {
  readonly licenseManager: (homeRegion: string) => LicenseManagerGateway;
  readonly organizations: OrganizationsGateway;
  readonly grantee: (role: MemberRole, homeRegion: string) => GranteeGateway;
}

type SettledGrant = Extract<Outcome, { kind: 'settled' }>;

/** `Custom::MarketplaceLicenseGrant`: one grant of a license. Its physical id is the grant's ARN. */
export class GrantResource implements CustomResource<GrantProperties, GrantAttributes> {
  constructor(private readonly invocation: Invocation, private readonly services: GrantServices) {}

  async create(properties: GrantProperties): Promise<Settled<GrantAttributes>> {
    checkGrantProperties(properties);
    const spec = specify(properties, await this.resolveGrantee(properties), this.invocation.owner);
    const settled = settledOrFail(spec, await reconcile(this.reconciliation(spec, properties)));
    await this.untagSettled(settled.grant, spec);
    return settledAs(settled);
  }

  async update(properties: GrantProperties, before: Before<GrantProperties>): Promise<Settled<GrantAttributes>> {
    checkGrantProperties(properties);
    const spec = specify(properties, await this.resolveGrantee(properties), this.invocation.owner, before.properties);
    const returnsToDefault = !properties.AllowedOperations && before.properties.AllowedOperations !== undefined;
    const desired = returnsToDefault ? { ...spec, operations: await this.defaultOperations(properties) } : spec;
    const settled = settledOrFail(desired, await this.bringAbout(desired, properties, before));
    const wantedBefore = [...userTags(before.properties.Tags), UNSETTLED_TAG];
    await reconcileTags(settled.grant.arn, desired.tags, wantedBefore, this.services.licenseManager(properties.HomeRegion));
    return settledAs(settled);
  }

  async delete(properties: GrantProperties, physicalId: string): Promise<string | undefined> {
    return isGrantArn(physicalId) ? this.remove(properties, [physicalId], true) : this.removeLostGrants(properties);
  }

  /** Another license or grantee takes another grant, which is settled before CloudFormation has the one before deleted. */
  private async bringAbout(desired: GrantSpec, properties: GrantProperties, before: Before<GrantProperties>): Promise<Outcome> {
    const reconciliation = this.reconciliation(desired, properties);
    const grantArn = isGrantArn(before.physicalId) ? before.physicalId : undefined;
    const grant = grantArn && await reconciliation.world.licenseManager.findGrant(grantArn);
    if (grant && isLive(grant.status) && !isSameGrant(desired, grant)) {
      const predecessorAccounts = accountsActiveBefore(before.properties.Activation);
      return replaceGrant({ ...reconciliation, predecessor: grant, predecessorAccounts, undoDeadline: this.invocation.deadline });
    }
    if (isOfAnotherGrant(properties, before.properties)) {
      // An update that never answered is undone: of what it has made CloudFormation knows nothing, and nobody else would delete it.
      await this.removeLostGrants(before.properties);
    }
    return reconcile({ ...reconciliation, grantArn });
  }

  private async removeLostGrants(properties: GrantProperties): Promise<string | undefined> {
    return this.remove(properties, await this.findLostGrants(properties), false);
  }

  private async remove(properties: GrantProperties, grantArns: readonly string[], wasAnswered: boolean): Promise<string | undefined> {
    const { Removal: mode, DeletionReason: reason, Activation } = properties;
    const { deadline } = this.invocation;
    const choice = { mode, wasAnswered, reason, override: Activation?.Override, accounts: accountsActiveBefore(Activation), deadline };
    const remarks: string[] = [];
    for (const grantArn of grantArns) {
      const remark = await removeGrant({ ...this.circumstances(properties.HomeRegion), ...choice, grantArn });
      remarks.push(...remark === undefined ? [] : [remark]);
    }
    return remarks.length > 0 ? remarks.join('; ') : undefined;
  }

  private reconciliation(desired: GrantSpec, properties: GrantProperties): Reconciliation {
    const { clock, deadline, exists } = this.invocation;
    const circumstances = this.circumstances(desired.homeRegion);
    const world = { ...circumstances.world, grantee: this.granteesSide(properties, desired.grantee) };
    return { ...circumstances, world, deadline: settlingDeadline(properties, clock.now(), deadline), desired, onGrant: exists };
  }

  private granteesSide(properties: GrantProperties, grantee: Principal): GranteeGateway | undefined {
    const role = memberRoleOf(properties, grantee);
    return role && this.services.grantee(role, properties.HomeRegion);
  }

  private circumstances(homeRegion: string): Omit<Circumstances, 'deadline'> {
    const { owner, stack, clock, journal, clientToken } = this.invocation;
    const { licenseManager, organizations } = this.services;
    return { owner, world: { accountId: stack.accountId, licenseManager: licenseManager(homeRegion), organizations }, clock, journal, clientToken };
  }

  private async untagSettled(grant: Grant, { homeRegion, tagsUntilSettled = [] }: GrantSpec): Promise<void> {
    if (tagsUntilSettled.length > 0) {
      await this.services.licenseManager(homeRegion).untag(grant.arn, tagsUntilSettled.map(({ key }) => key));
    }
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

function settledOrFail(desired: GrantSpec, outcome: Outcome): SettledGrant {
  if (outcome.kind === 'settled') {
    return outcome;
  }
  throw new Failure(describeGrant(desired, outcome.grant), outcome.kind === 'pending' ? `not settled in time: ${outcome.why}` : outcome.why, outcome.next);
}

function settledAs({ grant, conflicts }: SettledGrant): Settled<GrantAttributes> {
  return {
    physicalId: grant.arn,
    attributes: {
      GrantArn: grant.arn, GrantName: grant.name, Status: grant.status, Version: grant.version, ...conflictAttributes(conflicts),
    },
  };
}

function describeGrant(desired: GrantSpec, grant: Grant | undefined): string {
  return grant
    ? `Grant ${grant.arn} to ${desired.grantee.arn} (${grant.status}, version ${grant.version})`
    : `Grant of the license ${desired.licenseArn} to ${desired.grantee.arn}`;
}
