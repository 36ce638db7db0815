import type { ReceivedGrantAttributes, ReceivedGrantProperties } from '../../../lib/received-grant/received-grant-properties';
import { Failure } from '../../domain/failure';
import { isGrantArn } from '../../domain/grant/arns';
import type { Grant } from '../../domain/grant/grant';
import { isLive } from '../../domain/grant/grant-status';
import { findReceivedGrant } from '../../domain/received-grant/find-received-grant';
import type { Goal } from '../../domain/received-grant/goal';
import type { ReceivedGrantsGateway } from '../../domain/received-grant/received-grants-gateway';
import { reconcileReceivedGrant } from '../../domain/received-grant/reconcile-received-grant';
import type { Before, CustomResource, Invocation, Settled } from '../custom-resource';
import { checkReceivedGrantProperties, isSameSelection, removalGoal, responseGoal, selectionOf } from './received-grant-request';

/** `Custom::ReceivedLicenseGrant`: a grant that the account has received, and its answer to it. Its physical id is the grant's ARN. */
export class ReceivedGrantResource implements CustomResource<ReceivedGrantProperties, ReceivedGrantAttributes> {
  constructor(private readonly invocation: Invocation, private readonly licenseManager: (homeRegion: string) => ReceivedGrantsGateway) {}

  async create(properties: ReceivedGrantProperties): Promise<Settled<ReceivedGrantAttributes>> {
    checkReceivedGrantProperties(properties);
    return this.answer(await this.search(properties), responseGoal(properties), properties);
  }

  async update(properties: ReceivedGrantProperties, before: Before<ReceivedGrantProperties>): Promise<Settled<ReceivedGrantAttributes>> {
    checkReceivedGrantProperties(properties);
    const grantArn = await this.findAgain(properties, before) ?? await this.search(properties);
    return this.answer(grantArn, responseGoal(properties, before.properties), properties);
  }

  /** An id that is no grant's is that of a creation that found none: there is nothing to give back. */
  async delete(properties: ReceivedGrantProperties, physicalId: string): Promise<undefined> {
    const goal = removalGoal(properties);
    if (goal && isGrantArn(physicalId)) {
      await this.reconcile(physicalId, goal, properties);
    }
  }

  private async search(properties: ReceivedGrantProperties): Promise<string> {
    const { stack, clock, deadline, journal } = this.invocation;
    const { arn } = await findReceivedGrant({
      selection: selectionOf(properties),
      homeRegion: properties.HomeRegion,
      granteePrincipalArn: `arn:${stack.partition}:iam::${stack.accountId}:root`,
      toBeRejected: properties.Response.Kind === 'REJECT',
      licenseManager: this.licenseManager(properties.HomeRegion),
      clock,
      arrivesBy: Math.min(clock.now() + Number(properties.ArrivesWithinSeconds) * 1_000, deadline),
      journal,
    });
    return arn;
  }

  /** The grant so far, as long as it is alive and looked for as before: one that fits as well and came later is not chosen in its place. */
  private async findAgain(properties: ReceivedGrantProperties, before: Before<ReceivedGrantProperties>): Promise<string | undefined> {
    if (!isGrantArn(before.physicalId) || !isSameSelection(properties, before.properties)) {
      return undefined;
    }
    const grant = await this.licenseManager(properties.HomeRegion).findGrant(before.physicalId);
    return grant && isLive(grant.status) ? grant.arn : undefined;
  }

  private async answer(grantArn: string, goal: Goal, properties: ReceivedGrantProperties): Promise<Settled<ReceivedGrantAttributes>> {
    this.invocation.exists(grantArn);
    const grant = await this.reconcile(grantArn, goal, properties);
    if (!grant) {
      throw new Failure(`Received grant ${grantArn}`, 'License Manager has shown it, and does not any more', 'deploy again');
    }
    const license = await this.licenseManager(properties.HomeRegion).findReceivedLicense(grant.licenseArn);
    return {
      physicalId: grant.arn,
      attributes: {
        GrantArn: grant.arn,
        GrantName: grant.name,
        Status: grant.status,
        Version: grant.version,
        LicenseArn: grant.licenseArn,
        GrantorAccount: grantorOf(grant),
        ProductName: license?.productName ?? '',
      },
    };
  }

  private async reconcile(grantArn: string, goal: Goal, { HomeRegion }: ReceivedGrantProperties): Promise<Grant | undefined> {
    const { clock, deadline, journal, clientToken } = this.invocation;
    return reconcileReceivedGrant({ goal, grantArn, licenseManager: this.licenseManager(HomeRegion), clock, deadline, journal, clientToken });
  }
}

/** A grant's ARN holds the account that made it. */
function grantorOf({ arn }: Grant): string {
  return arn.split(':')[4];
}
