import type { SetupAttributes, SetupProperties } from '../../../lib/setup/setup-properties';
import type { Organization } from '../../domain/organization/organization';
import { setUp } from '../../domain/setup/set-up';
import { readRecord, writeRecord } from '../../domain/setup/setup-record';
import type { SetupWorld } from '../../domain/setup/setup-world';
import { nameOf } from '../../domain/setup/switch';
import type { Switch } from '../../domain/setup/switch';
import { undo } from '../../domain/setup/undo';
import type { StackWatch } from '../../domain/stack/stack-watch';
import type { Before, CustomResource, Invocation, Settled } from '../custom-resource';
import { outlastCancelledUpdate } from '../outlast-cancelled';

/** `Custom::ManagedEntitlementsSetup`: what an organization needs for managed entitlements. */
export class SetupResource implements CustomResource<SetupProperties, SetupAttributes> {
  constructor(private readonly invocation: Invocation, private readonly world: SetupWorld, private readonly watch: StackWatch) {}

  async create({ DelegatedAdministrator }: SetupProperties): Promise<Settled<SetupAttributes>> {
    let turnedOn: readonly Switch[] = [];
    const organization = await setUp({
      ...this.circumstances(),
      delegatedAdministrator: DelegatedAdministrator,
      onTurnedOn: ({ id }, switches) => {
        turnedOn = switches;
        this.invocation.exists(writeRecord(id, switches));
      },
    });
    return settledAs(organization, writeRecord(organization.id, turnedOn));
  }

  /** The id stays, and with it the record: what an update turned on is never undone. */
  async update({ DelegatedAdministrator }: SetupProperties, before: Before<SetupProperties>): Promise<Settled<SetupAttributes>> {
    await outlastCancelledUpdate(this.invocation, this.watch);
    const organization = await setUp({
      ...this.circumstances(),
      delegatedAdministrator: DelegatedAdministrator,
      previousDelegatedAdministrator: before.properties.DelegatedAdministrator,
      onTurnedOn: () => undefined,
    });
    return settledAs(organization, before.physicalId);
  }

  async delete({ DelegatedAdministrator }: SetupProperties, physicalId: string): Promise<string | undefined> {
    const recorded = readRecord(physicalId);
    if (recorded.length === 0) {
      return undefined;
    }
    const kept = await undo({
      ...this.circumstances(),
      isOwn: (which) => recorded.includes(nameOf(which))
        && (which.kind !== 'delegated-administrator' || which.accountId === DelegatedAdministrator),
    });
    return kept.length === 0 ? undefined : `Kept: ${kept.join('; ')}`;
  }

  private circumstances(): Pick<Invocation, 'clock' | 'deadline' | 'journal'> & { world: SetupWorld } {
    const { clock, deadline, journal } = this.invocation;
    return { world: this.world, clock, deadline, journal };
  }
}

function settledAs(organization: Organization, physicalId: string): Settled<SetupAttributes> {
  return {
    physicalId,
    attributes: {
      FeatureSet: organization.featureSet,
      OrganizationId: organization.id,
      OrganizationArn: organization.arn,
      ManagementAccountId: organization.managementAccountId,
    },
  };
}
