import type { ReceivedGrantAttributes, ReceivedGrantProperties } from '../../../lib/received-grant/received-grant-properties';
import { Failure } from '../../domain/failure';
import type { Grant } from '../../domain/grant/grant';
import { isLive } from '../../domain/grant/grant-status';
import { findReceivedGrant } from '../../domain/received-grant/find-received-grant';
import type { Look } from '../../domain/received-grant/find-received-grant';
import type { Goal } from '../../domain/received-grant/goal';
import { readRecord, writeRecord } from '../../domain/received-grant/grant-record';
import type { GrantRecord } from '../../domain/received-grant/grant-record';
import { outlastCancelledReplacement } from '../../domain/received-grant/outlast-cancelled-replacement';
import type { ReceivedGrantsGateway } from '../../domain/received-grant/received-grants-gateway';
import { reconcileReceivedGrant } from '../../domain/received-grant/reconcile-received-grant';
import type { ReceivedReconciliation } from '../../domain/received-grant/reconcile-received-grant';
import { replaceReceivedGrant } from '../../domain/received-grant/replace-received-grant';
import { failureIn } from '../../domain/service-error';
import { isRollingBack } from '../../domain/stack/stack-status';
import type { StackWatch } from '../../domain/stack/stack-watch';
import type { StacksGateway } from '../../domain/stack/stacks-gateway';
import type { Before, CustomResource, Invocation, Settled } from '../custom-resource';
import { outlastCancelledUpdate } from '../outlast-cancelled';
import { checkReceivedGrantProperties, isSameSelection, removalGoal, responseGoal, selectionOf, undoingGoal } from './received-grant-request';

/** The services that received grants need. License Manager is asked in the home Region of the license. */
export interface ReceivedGrantServices {
  readonly licenseManager: (homeRegion: string) => ReceivedGrantsGateway;
  readonly stacks: StacksGateway;
  readonly watch: StackWatch;
}

/** `Custom::ReceivedLicenseGrant`: a grant that the account has received, and its answer to it. Its physical id says what it was found as. */
export class ReceivedGrantResource implements CustomResource<ReceivedGrantProperties, ReceivedGrantAttributes> {
  constructor(private readonly invocation: Invocation, private readonly services: ReceivedGrantServices) {}

  async create(properties: ReceivedGrantProperties): Promise<Settled<ReceivedGrantAttributes>> {
    checkReceivedGrantProperties(properties);
    const { arn, status } = await this.search(properties);
    const record = { grantArn: arn, wasActive: status === 'ACTIVE' };
    this.invocation.exists(writeRecord(record));
    return this.answer(record, properties, await this.reconcile(arn, responseGoal(properties), properties));
  }

  async update(properties: ReceivedGrantProperties, before: Before<ReceivedGrantProperties>): Promise<Settled<ReceivedGrantAttributes>> {
    checkReceivedGrantProperties(properties);
    const mayHaveBeenCancelled = await outlastCancelledUpdate(this.invocation, this.services.watch);
    const record = await this.findAgain(properties, before) ?? await this.findAnew(properties, before);
    this.invocation.exists(writeRecord(record));
    const predecessorArn = await this.findPredecessor(record, properties, before, mayHaveBeenCancelled);
    return this.answer(record, properties, await this.bringAbout(record, properties, before, predecessorArn));
  }

  /** An id that is no grant's is that of a creation that found none: there is nothing to give back. */
  async delete(properties: ReceivedGrantProperties, physicalId: string): Promise<string | undefined> {
    const record = readRecord(physicalId);
    if (!record) {
      return undefined;
    }
    return await this.isRollingBack() ? this.takeBack(record, properties) : this.giveUp(record, properties);
  }

  private async giveUp({ grantArn }: GrantRecord, properties: ReceivedGrantProperties): Promise<undefined> {
    const goal = removalGoal(properties);
    if (!goal) {
      return;
    }
    try {
      await this.reconcile(grantArn, goal, properties);
    } catch (error) {
      throw withWaysOut(error);
    }
  }

  /** Whatever is to become of the grant in the end. Of a replacement it is not documented that an Update leads back before. */
  private async takeBack({ grantArn, wasActive, replaces }: GrantRecord, properties: ReceivedGrantProperties): Promise<string | undefined> {
    const goal = undoingGoal(properties, wasActive);
    if (goal?.mode === 'INACTIVE') {
      await this.reconcile(grantArn, goal, properties);
    }
    const before = replaces === undefined ? undefined : readRecord(replaces);
    const remarks = [
      goal?.mode === 'ACTIVE' ? await this.activateAgain(grantArn, properties) : undefined,
      before ? await this.activateAgain(before.grantArn, properties) : undefined,
    ];
    return remarks.filter((remark) => remark !== undefined).join('; ') || undefined;
  }

  /** A rollback does not fail over a grant that nothing makes active again. */
  private async activateAgain(grantArn: string, properties: ReceivedGrantProperties): Promise<string | undefined> {
    try {
      await this.reconcile(grantArn, { mode: 'ACTIVE' }, properties);
      return undefined;
    } catch (error) {
      if (error instanceof Failure) {
        return error.message;
      }
      throw error;
    }
  }

  private async search(properties: ReceivedGrantProperties): Promise<Grant> {
    const { clock, deadline, journal } = this.invocation;
    return findReceivedGrant({
      ...this.look(properties),
      homeRegion: properties.HomeRegion,
      clock,
      arrivesBy: Math.min(clock.now() + Number(properties.ArrivesWithinSeconds) * 1_000, deadline),
      journal,
    });
  }

  private look(properties: ReceivedGrantProperties): Look {
    const { stack } = this.invocation;
    return {
      selection: selectionOf(properties),
      granteePrincipalArn: `arn:${stack.partition}:iam::${stack.accountId}:root`,
      toBeRejected: properties.Response.Kind === 'REJECT',
      licenseManager: this.services.licenseManager(properties.HomeRegion),
    };
  }

  /** The grant so far, as long as it is alive and looked for as before: one that fits as well and came later is not chosen in its place. */
  private async findAgain(properties: ReceivedGrantProperties, before: Before<ReceivedGrantProperties>): Promise<GrantRecord | undefined> {
    const record = readRecord(before.physicalId);
    if (!record || !isSameSelection(properties, before.properties)) {
      return undefined;
    }
    const grant = await this.services.licenseManager(properties.HomeRegion).findGrant(record.grantArn);
    return grant && isLive(grant.status) ? record : undefined;
  }

  private async findAnew(properties: ReceivedGrantProperties, before: Before<ReceivedGrantProperties>): Promise<GrantRecord> {
    const { arn, status } = await this.search(properties);
    const known = readRecord(before.physicalId);
    if (known?.grantArn === arn) {
      return known;
    }
    if (await this.isRollingBack()) {
      // What it leads back to was the stack's own before.
      const replaced = known?.replaces === undefined ? undefined : readRecord(known.replaces);
      return replaced?.grantArn === arn ? replaced : { grantArn: arn, wasActive: false };
    }
    return { grantArn: arn, wasActive: status === 'ACTIVE', replaces: known && areToBeActive(properties, before.properties) ? before.physicalId : undefined };
  }

  /** The grant whose place the recorded one takes. A cancelled update has not answered with an id: what it may have begun has to be looked for. */
  private async findPredecessor(
    { grantArn }: GrantRecord, properties: ReceivedGrantProperties, before: Before<ReceivedGrantProperties>, mayHaveBeenCancelled: boolean,
  ): Promise<string | undefined> {
    const grantArnBefore = readRecord(before.physicalId)?.grantArn;
    if (grantArnBefore !== grantArn) {
      return grantArnBefore;
    }
    if (!mayHaveBeenCancelled || !areToBeActive(properties, before.properties)) {
      return undefined;
    }
    const cancelled = { ...properties, ...before.properties };
    const begun = await outlastCancelledReplacement({
      look: this.look(cancelled), reconciliation: this.reconciliation(grantArn, responseGoal(properties), properties),
    });
    return begun?.arn;
  }

  private async bringAbout(
    { grantArn }: GrantRecord, properties: ReceivedGrantProperties, before: Before<ReceivedGrantProperties>, predecessorArn: string | undefined,
  ): Promise<Grant | undefined> {
    const goal = responseGoal(properties, before.properties);
    if (predecessorArn === undefined) {
      return this.reconcile(grantArn, goal, properties);
    }
    const { Removal, Response } = before.properties;
    const predecessor = { grantArn: predecessorArn, removalReason: Removal?.Reason, activationReason: Response?.Reason };
    return replaceReceivedGrant({ ...this.reconciliation(grantArn, goal, properties), predecessor });
  }

  private async answer(
    record: GrantRecord, properties: ReceivedGrantProperties, grant: Grant | undefined,
  ): Promise<Settled<ReceivedGrantAttributes>> {
    if (!grant) {
      throw new Failure(`Received grant ${record.grantArn}`, 'License Manager has shown it, and does not any more', 'deploy again');
    }
    const license = await this.services.licenseManager(properties.HomeRegion).findReceivedLicense(grant.licenseArn);
    return {
      physicalId: writeRecord(record),
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

  private async reconcile(grantArn: string, goal: Goal, properties: ReceivedGrantProperties): Promise<Grant | undefined> {
    return reconcileReceivedGrant(this.reconciliation(grantArn, goal, properties));
  }

  private reconciliation(grantArn: string, goal: Goal, { HomeRegion }: ReceivedGrantProperties): ReceivedReconciliation {
    const { clock, deadline, journal, clientToken } = this.invocation;
    return { goal, grantArn, licenseManager: this.services.licenseManager(HomeRegion), clock, deadline, journal, clientToken };
  }

  private async isRollingBack(): Promise<boolean> {
    const stack = await this.services.stacks.readStack(this.invocation.owner.stackId);
    return isRollingBack(stack?.status) ?? false;
  }
}

function areToBeActive(...all: readonly Partial<ReceivedGrantProperties>[]): boolean {
  return all.every(({ Response }) => Response?.Kind === 'ACTIVATE');
}

/** A grant's ARN holds the account that made it. */
function grantorOf({ arn }: Grant): string {
  return arn.split(':')[4];
}

/** A stack need not stay for a grant that it cannot give up. */
function withWaysOut(error: unknown): unknown {
  const failure = failureIn(error);
  return failure
    ? new Failure(failure.asked, failure.said, `${failure.next}; to delete the stack all the same, retain the resource, or let the grant stay as it is: `
      + 'a stack that was deployed with `removal: ReceivedGrantRemoval.leave()` is deleted without a call for it')
    : error;
}
