import { describeGrant } from './describe-grant';
import type { Goal } from './goal';
import { howToActivate } from './how-to-activate';
import { planReceivedGrant } from './plan-received-grant';
import type { ReceivedGrantsGateway } from './received-grants-gateway';
import { NOTHING_DONE } from './received-step';
import type { ReceivedProgress, ReceivedStep } from './received-step';
import type { Clock } from '../clock';
import { Failure } from '../failure';
import type { Grant, GrantChanges } from '../grant/grant';
import type { GrantAnswer } from '../grant/license-manager-gateway';
import { CONFIRMATIONS, ReadingPauses } from '../grant/reading-pauses';
import type { Journal } from '../journal';
import { isRefusedRequest } from '../service-error';
import type { ServiceError } from '../service-error';

/** What a reconciliation is about. */
export interface ReceivedReconciliation {
  readonly goal: Goal;
  readonly grantArn: string;
  readonly licenseManager: ReceivedGrantsGateway;
  readonly clock: Clock;
  /** When to give up waiting, in milliseconds since the epoch. */
  readonly deadline: number;
  readonly journal: Journal;
  /** The same token for the same step of the same request, so that a repeated call is recognized. */
  readonly clientToken: (step: string) => string;
}

/**
 * How long a refused answer is tried again while the grant shows that it waits for one. A grant takes two to three minutes
 * to reach its account (Bedrock user guide, managed entitlements, troubleshooting), and was seen to show PENDING_ACCEPT
 * before that (a test of hashicorp/terraform-provider-aws).
 */
const ACCEPTANCE_REFUSED_MILLISECONDS = 240_000;

/**
 * The same for all else. Reads were seen to be out of step with what changes are compared with
 * (hashicorp/terraform-provider-aws issue 47901), for an unknown while.
 */
const REFUSED_MILLISECONDS = 30_000;

/** What License Manager may say about an override that the grantor has chosen; its words are not documented. */
const ABOUT_THE_OVERRIDE = /override/i;

/**
 * Brings a received grant to what its grantee wants: reads what is there, plans the next step, takes it, reads again. Safe
 * to call again at any time and after any crash. Returns the grant as it is in the end, nothing if there is none.
 */
export async function reconcileReceivedGrant(reconciliation: ReceivedReconciliation): Promise<Grant | undefined> {
  return new Run(reconciliation).untilSettled();
}

class Run {
  private progress: ReceivedProgress = NOTHING_DONE;
  private readonly pauses: ReadingPauses;
  private confirmations = 0;
  private refusedSince?: number;
  private lastNote = '';

  constructor(private readonly run: ReceivedReconciliation) {
    this.pauses = new ReadingPauses(run.clock, run.deadline);
  }

  async untilSettled(): Promise<Grant | undefined> {
    for (;;) {
      const grant = await this.run.licenseManager.findGrant(this.run.grantArn);
      if (!grant) {
        return undefined;
      }
      const step = this.confirmed(planReceivedGrant(this.run.goal, grant, this.progress));
      this.note(step, grant);
      if (step.kind === 'settled') {
        return grant;
      }
      await this.take(step, grant);
    }
  }

  private confirmed(step: ReceivedStep): ReceivedStep {
    if (step.kind !== 'confirm') {
      this.confirmations = 0;
      return step;
    }
    this.confirmations += 1;
    return this.confirmations >= CONFIRMATIONS || !this.pauses.hasTime() ? step.otherwise : step;
  }

  private async take(step: ReceivedStep, grant: Grant): Promise<void> {
    const { licenseManager } = this.run;
    switch (step.kind) {
      case 'accept':
        return this.submit(grant, { accepted: true }, async () => licenseManager.acceptGrant(grant.arn));
      case 'reject':
        return this.submit(grant, { rejected: true }, async () => licenseManager.rejectGrant(grant.arn));
      case 'change':
        return this.change(grant, step.changes);
      case 'wait':
        return this.waitOrFail(grant, step.why);
      case 'not-activated':
        throw await this.notActivated(grant, step.why);
      case 'failed':
        throw this.failure(grant, step.why, step.cure);
      default:
        await this.pauses.pause();
    }
  }

  private async change(grant: Grant, changes: GrantChanges): Promise<void> {
    const { licenseManager, clientToken } = this.run;
    // A token is good for one request.
    const token = clientToken(`${grant.arn} version ${grant.version} ${JSON.stringify(changes)}`);
    const done = { submitted: [...this.progress.submitted, changes] };
    return this.submit(grant, done, async () => licenseManager.createGrantVersion(grant.arn, grant.version, changes, token), changes);
  }

  private async submit(grant: Grant, done: Partial<ReceivedProgress>, send: () => Promise<GrantAnswer>, changes?: GrantChanges): Promise<void> {
    try {
      const answer = await send();
      this.progress = { ...this.progress, ...done, answeredVersion: answer.version };
      this.refusedSince = undefined;
      this.pauses.beginAnew();
    } catch (error) {
      if (!isRefusedRequest(error)) {
        throw error;
      }
      await this.planAnewOrFail(grant, error, changes);
    }
  }

  /** A refusal may come from a state that was not shown when the step was planned: that of an answer that got lost, for example. */
  private async planAnewOrFail(grant: Grant, refusal: ServiceError, changes?: GrantChanges): Promise<void> {
    this.run.journal.note('Refused', { grantArn: grant.arn, action: refusal.action, said: refusal.said });
    if (changes?.override !== undefined && ABOUT_THE_OVERRIDE.test(refusal.said)) {
      this.progress = { ...this.progress, overrideRefused: true };
      return;
    }
    const { clock } = this.run;
    this.refusedSince ??= clock.now();
    const longest = grant.status === 'PENDING_ACCEPT' ? ACCEPTANCE_REFUSED_MILLISECONDS : REFUSED_MILLISECONDS;
    if (clock.now() - this.refusedSince < longest && this.pauses.hasTime()) {
      await this.pauses.pause();
      return;
    }
    if (changes?.status === 'ACTIVE') {
      throw await this.notActivated(grant, `License Manager refused to activate it: ${refusal.message}`);
    }
    throw this.failure(grant, `${refusal.action} was refused: ${refusal.message}`, 'look at the grant in License Manager, and deploy again when it can be answered');
  }

  private async waitOrFail(grant: Grant, why: string): Promise<void> {
    if (!this.pauses.hasTime()) {
      throw this.failure(grant, `not settled in time: ${why}`, 'deploy again; what has been done so far is found again');
    }
    await this.pauses.pause();
  }

  private async notActivated(grant: Grant, why: string): Promise<Failure> {
    return this.failure(grant, why + await this.describeOthers(grant), howToActivate(this.run.goal, grant, this.progress));
  }

  /** One account can have one active grant of a product: those that are in the way, as far as they can be seen. */
  private async describeOthers(grant: Grant): Promise<string> {
    const { licenseManager } = this.run;
    const license = await licenseManager.findReceivedLicense(grant.licenseArn);
    if (!license) {
      return '';
    }
    const received = await licenseManager.listReceivedGrants({ productSku: license.productSku });
    const others = received.filter(({ arn, granteePrincipalArn, status }) =>
      arn !== grant.arn && granteePrincipalArn === grant.granteePrincipalArn && status === 'ACTIVE');
    return others.length === 0 ? '' : `. Active for ${license.productName} in this account: ${others.map(describeGrant).join('; ')}`;
  }

  private failure(grant: Grant, said: string, next: string): Failure {
    return new Failure(`Received grant ${describeGrant(grant)}`, said, next);
  }

  private note(step: ReceivedStep, grant: Grant): void {
    const { kind, ...about } = step.kind === 'change' ? { kind: step.kind, changes: Object.keys(step.changes) } : step;
    const details = { grantArn: grant.arn, status: grant.status, version: grant.version, step: kind, ...about };
    const note = JSON.stringify(details);
    if (note !== this.lastNote) {
      this.run.journal.note('Next step for the received grant', details);
      this.lastNote = note;
    }
  }
}
