import type { GrantStatus } from '@aws-sdk/client-license-manager';
import { AccountGrants } from './account-grants';
import { Grant, GrantContent } from './grant';
import { canBeRevised, canBeSwitched, statusAfterDistribution } from './grant-lifecycle';
import { GrantStore } from './grant-store';
import { Clock } from '../../../clock/clock';
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

  constructor(
    private readonly grants: GrantStore,
    private readonly accountGrants: AccountGrants,
    private readonly clock: Clock,
    private readonly durations: WorkflowDurations,
  ) {}

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

  revise(grant: Grant, revision: Revision): void {
    const { organizationChange, accountChange } = this.durations;
    if (grant.isToGroup()) {
      if (revision.switchTo) grant.wholeGroupIsActive = revision.switchTo === 'ACTIVE';
      const children = this.grants.liveChildrenOf(grant).filter(({ status }) => canBeRevised(status));
      const ends = children.map((child) => this.beginRevision(child, revision));
      this.inTurn(children, organizationChange, (_child, index) => ends[index]());
    }
    const end = this.beginRevision(grant, revision);
    this.run(grant, grant.isToGroup() ? organizationChange : accountChange, end);
  }

  /** Guess: an organization's grant takes the grants of its accounts with it, active ones as well. */
  delete(grant: Grant, reason: string | undefined): void {
    const { organizationDeletion, accountDeletion } = this.durations;
    const children = grant.isToGroup() ? this.grants.liveChildrenOf(grant) : [];
    [...children, grant].forEach((each) => each.settle('PENDING_DELETE', reason));
    this.inTurn(children, organizationDeletion, (child) => child.settle('DELETED', reason));
    this.run(grant, grant.isToGroup() ? organizationDeletion : accountDeletion, () => grant.settle('DELETED', reason));
  }

  /** A grant that License Manager disables on its own, and whatever runs for it ends. Guess: that is a new version, as everybody's change is. */
  disable(grant: Grant, reason: string): void {
    this.cancel(grant);
    grant.revise({ status: 'DISABLED', statusReason: reason });
  }

  /** For a change that takes effect at once: acceptance and rejection. */
  cancel(grant: Grant): void {
    this.running.get(grant.arn)?.();
    this.running.delete(grant.arn);
  }

  stop(): void {
    this.running.forEach((cancel) => cancel());
    this.running.clear();
  }

  private finishDistribution(grant: Grant): void {
    const failure = this.accountGrants.distributionFailure(grant);
    if (failure) {
      grant.settle('FAILED_WORKFLOW', failure);
    } else {
      grant.settle(statusAfterDistribution(grant.isToGroup(), this.accountGrants.isAcceptedAutomatically(grant)));
    }
  }

  /**
   * Makes the new version; the function returned ends its workflow.
   * Guess: an organization's grant passes all of a new version on to its accounts, the name and operations included.
   */
  private beginRevision(grant: Grant, { changes, switchTo }: Revision): () => void {
    const before: GrantStatus = grant.status;
    const switches = switchTo !== undefined && canBeSwitched(before);
    grant.revise({ ...changes, status: 'PENDING_WORKFLOW' });
    if (grant.isToGroup()) return () => grant.settle('WORKFLOW_COMPLETED', grant.current.statusReason);
    if (!switches) return () => grant.settle(before, grant.current.statusReason);
    if (switchTo === 'DISABLED') return () => grant.settle('DISABLED', grant.current.statusReason);
    return () => this.activate(grant);
  }

  private activate(grant: Grant): void {
    const outcome = this.accountGrants.activationOutcome(grant);
    if (outcome.status === 'DISABLED') {
      grant.settle('DISABLED', outcome.reason);
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
    this.cancel(grant);
    this.running.set(grant.arn, this.clock.schedule(duration, () => {
      this.running.delete(grant.arn);
      end();
    }));
  }
}
