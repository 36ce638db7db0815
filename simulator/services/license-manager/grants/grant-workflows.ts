import type { GrantStatus } from '@aws-sdk/client-license-manager';
import { AccountGrants } from './account-grants';
import { Grant, GrantContent } from './grant';
import { canBeRevised, canBeSwitched, restingStatusOfGroup, statusAfterDistribution } from './grant-lifecycle';
import { GrantStore } from './grant-store';
import { Clock } from '../../../clock/clock';
import { Variants } from '../../variants';
import { WorkflowDurations } from '../../workflow-durations';

/** What a new version of a grant asks for. */
export interface Revision {
  readonly changes: Partial<Omit<GrantContent, 'status'>>;
  /** Absent: the status stays. */
  readonly switchTo?: 'ACTIVE' | 'DISABLED';
}

/**
 * What License Manager does in the background. A call changes a grant to PENDING_WORKFLOW or PENDING_DELETE; the
 * workflow ends later, on the clock. An organization's grant reaches its accounts one after the other and reports its
 * own end after the last of them.
 */
export class GrantWorkflows {
  /** By grant ARN: cancels what runs for it. */
  private readonly running = new Map<string, () => void>();
  /** By grant ARN: revisions whose version is made, and whose workflow follows the one that runs. */
  private readonly waiting = new Map<string, Revision[]>();

  constructor(
    private readonly grants: GrantStore,
    private readonly accountGrants: AccountGrants,
    private readonly clock: Clock,
    private readonly durations: WorkflowDurations,
    private readonly variants: Variants,
  ) {}

  isRunningFor(grant: Grant): boolean {
    return this.running.has(grant.arn);
  }

  /** After the grant was made: brings it to its account, or makes the grants of all accounts that it reaches. */
  distribute(grant: Grant): void {
    if (!grant.isToGroup()) {
      this.run(grant, this.durations.accountDistribution, () => this.finishDistribution(grant));
      return;
    }
    const children = this.accountGrants.coveredBy(grant).map((accountId) => this.accountGrants.makeChild(grant, accountId));
    this.inTurn(children, this.durations.organizationDistribution, (child) => this.finishDistribution(child));
    this.run(grant, this.durations.organizationDistribution, () => this.finishDistribution(grant));
  }

  /** An account that a grant to an organization or organizational unit reaches since it came there. */
  distributeToNewcomer(parent: Grant, accountId: string): void {
    const child = this.accountGrants.makeChild(parent, accountId);
    this.run(child, this.durations.accountDistribution, () => {
      this.finishDistribution(child);
      // "If you previously bulk-activated": AWS's "How to use Managed entitlements", Keeping track of grants.
      if (parent.wholeGroupIsActive && canBeSwitched(child.status)) {
        this.revise(child, { changes: { override: parent.current.override }, switchTo: 'ACTIVE' });
      }
    });
  }

  /** Makes a new version. Its workflow begins now, or after the one that runs. */
  revise(grant: Grant, revision: Revision): void {
    const before = grant.status;
    grant.revise({ ...revision.changes, status: 'PENDING_WORKFLOW' });
    if (this.isRunningFor(grant)) {
      this.waiting.set(grant.arn, [...this.waiting.get(grant.arn) ?? [], revision]);
    } else {
      this.runRevision(grant, revision, before);
    }
  }

  accept(grant: Grant): void {
    this.cancel(grant);
    if (this.variants.acceptance === 'at-once') {
      grant.settle('DISABLED');
      return;
    }
    grant.settle('PENDING_WORKFLOW');
    this.run(grant, this.durations.accountChange, () => grant.settle('DISABLED'));
  }

  /** Guess: rejection takes effect at once. */
  reject(grant: Grant): void {
    this.cancel(grant);
    grant.settle('REJECTED');
  }

  /** Guess: an organization's grant takes the grants of its accounts with it, active ones as well. */
  delete(grant: Grant, reason: string | undefined): void {
    const { organizationDeletion, accountDeletion } = this.durations;
    const children = grant.isToGroup() ? this.grants.liveChildrenOf(grant) : [];
    [...children, grant].forEach((each) => {
      this.cancel(each);
      each.settle('PENDING_DELETE', reason);
    });
    this.inTurn(children, organizationDeletion, (child) => child.settle('DELETED', reason));
    this.run(grant, grant.isToGroup() ? organizationDeletion : accountDeletion, () => grant.settle('DELETED', reason));
  }

  /** A grant that License Manager disables on its own, and whatever runs for it ends. Guess: that is a new version, as everybody's change is. */
  disable(grant: Grant, reason: string): void {
    this.cancel(grant);
    grant.revise({ status: 'DISABLED', statusReason: reason });
  }

  stop(): void {
    this.running.forEach((cancel) => cancel());
    this.running.clear();
    this.waiting.clear();
  }

  private finishDistribution(grant: Grant): void {
    const failure = this.accountGrants.distributionFailure(grant);
    if (failure) {
      grant.settle('FAILED_WORKFLOW', failure);
    } else if (grant.isToGroup()) {
      grant.settle(restingStatusOfGroup('DISABLED', this.variants));
    } else {
      grant.settle(statusAfterDistribution(this.accountGrants.isAcceptedAutomatically(grant)));
    }
  }

  private runRevision(grant: Grant, revision: Revision, before: GrantStatus): void {
    if (!grant.isToGroup()) {
      this.run(grant, this.durations.accountChange, () => this.finishRevision(grant, revision, before));
      return;
    }
    const { organizationChange } = this.durations;
    if (revision.switchTo) grant.wholeGroupIsActive = revision.switchTo === 'ACTIVE';
    this.passOn(grant, revision);
    this.run(grant, organizationChange, () =>
      grant.settle(restingStatusOfGroup(revision.switchTo ?? before, this.variants), grant.current.statusReason));
  }

  /**
   * What of an organization's new version its accounts get.
   * Guess: an account that was switched by itself stays so until the whole is switched, which switches it as well.
   */
  private passOn(grant: Grant, { changes, switchTo }: Revision): void {
    const { override, statusReason } = changes;
    const statusAlone = this.variants.organizationGrantRevision === 'status-alone';
    if (statusAlone && switchTo === undefined) return;
    const revision: Revision = { changes: statusAlone ? { override, statusReason } : changes, switchTo };
    const children = this.grants.liveChildrenOf(grant).filter(({ status }) => canBeRevised(status));
    const before = children.map(({ status }) => status);
    children.forEach((child) => child.revise({ ...revision.changes, status: 'PENDING_WORKFLOW' }));
    this.inTurn(children, this.durations.organizationChange, (child, index) => this.finishRevision(child, revision, before[index]));
  }

  private finishRevision(grant: Grant, { changes, switchTo }: Revision, before: GrantStatus): void {
    const switches = switchTo !== undefined && canBeSwitched(before);
    if (switches && switchTo === 'ACTIVE') {
      this.activate(grant, changes.override);
    } else {
      grant.settle(switches ? switchTo : before, grant.current.statusReason);
    }
  }

  private activate(grant: Grant, override: GrantContent['override']): void {
    const outcome = this.accountGrants.activationOutcome(grant, override);
    if (outcome.status === 'NO_EFFECT') {
      // Where such an activation is refused, this is one that had an effect when it was asked for.
      grant.settle(this.variants.activationWithoutEffect === 'FAILED_WORKFLOW' ? 'FAILED_WORKFLOW' : 'DISABLED', outcome.reason);
      return;
    }
    if (outcome.replacesOthers) {
      this.accountGrants.othersActiveFor(grant).forEach((other) => this.disable(other, `Replaced by grant ${grant.arn}.`));
    }
    grant.settle('ACTIVE', grant.current.statusReason);
  }

  /** One grant after the other, the last one before the duration is over. */
  private inTurn(grants: readonly Grant[], duration: number, end: (grant: Grant, index: number) => void): void {
    grants.forEach((grant, index) => this.run(grant, duration * (index + 1) / (grants.length + 1), () => end(grant, index)));
  }

  /** One workflow a grant: a new one takes the place of what runs. */
  private run(grant: Grant, duration: number, end: () => void): void {
    this.cancelRunning(grant);
    this.running.set(grant.arn, this.clock.schedule(duration, () => {
      this.running.delete(grant.arn);
      end();
      if (!this.isRunningFor(grant)) this.runWaiting(grant);
    }));
  }

  private runWaiting(grant: Grant): void {
    const revision = this.waiting.get(grant.arn)?.shift();
    if (!revision) return;
    const before = grant.status;
    grant.settle('PENDING_WORKFLOW', grant.current.statusReason);
    this.runRevision(grant, revision, before);
  }

  private cancel(grant: Grant): void {
    this.cancelRunning(grant);
    this.waiting.delete(grant.arn);
  }

  private cancelRunning(grant: Grant): void {
    this.running.get(grant.arn)?.();
    this.running.delete(grant.arn);
  }
}
