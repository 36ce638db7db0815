import type { GrantServices } from './grant-context';
import { settlingDeadline } from './grant-request';
import type { GrantActivationAttributes, GrantActivationProperties } from '../../../lib/grant/grant-activation-properties';
import { Failure } from '../../domain/failure';
import { switchGrant } from '../../domain/grant/switch-grant';
import type { Before, CustomResource, Invocation, Settled } from '../custom-resource';
import { outlastCancelledUpdate } from '../outlast-cancelled';
import { specifyActivation } from './activation-request';
import { checkStatusReason } from './status-reason';

/**
 * `Custom::MarketplaceLicenseGrantActivation`: whether a grant that CloudFormation makes can be used. It makes no grant and deletes none,
 * and leaves the grant as it is when it goes, since mostly the grant goes with it. Its physical id is the grant's ARN.
 */
export class GrantActivationResource implements CustomResource<GrantActivationProperties, GrantActivationAttributes> {
  constructor(private readonly invocation: Invocation, private readonly services: Pick<GrantServices, 'licenseManager' | 'organizations' | 'watch'>) {}

  async create(properties: GrantActivationProperties): Promise<Settled<GrantActivationAttributes>> {
    return this.bringAbout(properties);
  }

  async update(properties: GrantActivationProperties, before: Before<GrantActivationProperties>): Promise<Settled<GrantActivationAttributes>> {
    await outlastCancelledUpdate(this.invocation, this.services.watch);
    const isSameGrant = properties.GrantArn === before.properties.GrantArn;
    return this.bringAbout(properties, isSameGrant ? before.properties : undefined);
  }

  async delete(): Promise<undefined> {
    return undefined;
  }

  private async bringAbout(
    properties: GrantActivationProperties, before?: Partial<GrantActivationProperties>,
  ): Promise<Settled<GrantActivationAttributes>> {
    const { owner, stack, clock, journal, clientToken, deadline } = this.invocation;
    checkStatusReason(`Activation of the grant ${properties.GrantArn}`, properties.Activation.Reason);
    const licenseManager = this.services.licenseManager(properties.HomeRegion);
    const grant = await licenseManager.findGrant(properties.GrantArn);
    if (!grant) {
      throw new Failure(`Activation of the grant ${properties.GrantArn}`, `License Manager shows no such grant in ${properties.HomeRegion}`,
        'deploy the stack in the home Region of the license');
    }
    const outcome = await switchGrant({
      owner,
      world: { accountId: stack.accountId, licenseManager, organizations: this.services.organizations },
      clock,
      deadline: settlingDeadline(properties, clock.now(), deadline),
      journal,
      clientToken,
    }, grant, specifyActivation(properties.Activation, before?.Activation, stack.accountId));
    if (outcome.kind !== 'settled') {
      throw new Failure(`Activation of the grant ${grant.arn}`, outcome.kind === 'pending' ? `not settled in time: ${outcome.why}` : outcome.why, outcome.next);
    }
    return { physicalId: grant.arn, attributes: { Status: outcome.grant.status, Version: outcome.grant.version } };
  }
}
