import { isAccessDenied, isRefusedRequest } from '../service-error';
import type { ServiceError } from '../service-error';
import { acceptAsGrantee } from './accept-as-grantee';
import { noteConflicts } from './account-conflict';
import { admit, explainRefusal } from './admission';
import { findOrAdoptGrant } from './adopt-grant';
import { carriedOver } from './attempts';
import type { Attempts } from './attempts';
import { changeAccountGrants } from './change-account-grants';
import type { Grant, GrantChanges } from './grant';
import { isSameGrant } from './grant-spec';
import type { GrantSpec } from './grant-spec';
import { isLive } from './grant-status';
import { RoleUnusable } from './grantee-gateway';
import type { GranteeGateway } from './grantee-gateway';
import type { GrantAnswer, LicenseManagerGateway } from './license-manager-gateway';
import { findMissingAcceptance } from './missing-acceptance';
import { nextStep } from './next-step';
import { plan } from './plan';
import { activationRefused } from './plan-account-grant';
import { planResumed } from './plan-resumed';
import { CONFIRMATIONS, ReadingPauses } from './reading-pauses';
import type { Outcome, Pending, Reconciliation } from './reconciliation';
import { makesRoom } from './replaceable-grant';
import { conflictsIn, DEPLOY_WITH_MORE_TIME, NOTHING_DONE } from './step';
import type { AccountGrantChange, Observed, Progress, Step } from './step';

/** How often a refused change is planned anew because the grant turned out to have changed meanwhile. */
const MOST_OVERTAKEN = 3;

const GONE: Outcome = { kind: 'failed', why: 'the grant is not there any more', next: 'find out who deleted it, then deploy again' };

/**
 * Brings a grant to what is desired, as far as it gets until the deadline: reads what is there, plans the next step, takes
 * it, reads again. Safe to call again at any time and after any crash.
 */
export async function reconcile(reconciliation: Reconciliation): Promise<Outcome> {
  return new Run(reconciliation).untilOutcome();
}

class Run {
  private progress: Progress;
  private attempts: Attempts;
  private accounts: Observed['accounts'];
  private grantArn?: string;
  private readonly pauses: ReadingPauses;
  private confirmations = 0;
  private overtaken = 0;
  private lastNote = '';

  constructor(private readonly run: Reconciliation) {
    this.pauses = new ReadingPauses(run.clock, run.deadline);
    this.progress = run.resumed ?? NOTHING_DONE;
    this.attempts = new Map(run.resumed?.attempts);
    this.grantArn = run.resumed && run.grantArn;
  }

  async untilOutcome(): Promise<Outcome> {
    let grant = await this.locate();
    if (grant) {
      this.know(grant.arn);
    }
    for (;;) {
      this.progress = { ...this.progress, seenAlive: this.progress.seenAlive || (grant !== undefined && isLive(grant.status)) };
      const step = this.confirmed(await this.planNext(grant));
      this.note(step, grant);
      const outcome = await this.take(step, grant);
      if (outcome) {
        return outcome;
      }
      grant = this.grantArn === undefined ? undefined : await this.run.world.licenseManager.findGrant(this.grantArn);
    }
  }

  /** The grant that this is about if it is there already: the one from before, one whose ARN was lost with an answer, or one to adopt. */
  private async locate(): Promise<Grant | undefined> {
    const { desired, world: { licenseManager }, grantArn } = this.run;
    const before = grantArn === undefined ? undefined : await licenseManager.findGrant(grantArn);
    if (this.run.mayCreate === false) {
      return before;
    }
    if (before && isSameGrant(desired, before) && !await makesRoom(before, { ...this.run, licenseManager })) {
      return before;
    }
    const existing = await findOrAdoptGrant({ ...this.run, licenseManager });
    this.progress = { ...this.progress, adopted: existing?.adopted ?? false };
    return existing?.grant;
  }

  private async planNext(grant: Grant | undefined): Promise<Step> {
    const { world, resumed, desired } = this.run;
    const { step, accounts } = await nextStep({
      desired: this.progress.adopted ? askedForAnew(desired) : desired,
      observed: { grant, attempts: this.attempts, accounts: this.accounts },
      progress: this.progress,
      plan: resumed ? planResumed : plan,
      world,
    });
    this.accounts = accounts;
    return step;
  }

  private confirmed(step: Step): Step {
    if (step.kind !== 'confirm') {
      this.confirmations = 0;
      return step;
    }
    this.confirmations += 1;
    const isBelieved = this.confirmations >= CONFIRMATIONS || (!this.run.continues && !this.pauses.hasTime());
    return isBelieved ? step.otherwise : step;
  }

  private async take(step: Step, grant: Grant | undefined): Promise<Outcome | undefined> {
    switch (step.kind) {
      case 'create':
        return this.run.mayCreate === false ? GONE : this.create();
      case 'change':
        return this.orUntilRoleIsUsable(grant!, async () => this.change(grant!, step.changes));
      case 'accept':
        return this.orUntilRoleIsUsable(grant!, async () => this.acceptAsGrantee(grant!));
      case 'wait-for-acceptance':
        return this.waitForAcceptance(grant!, step.inAccounts);
      case 'change-account-grants':
        return this.changeAccountGrants(grant!, step.due);
      case 'wait':
        return this.waitOr(grant, step.why, step.next);
      case 'settled':
        return { kind: 'settled', grant: grant!, conflicts: conflictsIn(step) };
      case 'failed':
        return { kind: step.kind, grant, why: step.why, next: step.cure, conflicts: conflictsIn(step), isPartial: step.isPartial };
      case 'gone':
        return { kind: step.kind, grant, why: step.why, next: step.cure };
      default:
        return this.waitOr(grant, 'what License Manager shows may not be final yet', DEPLOY_WITH_MORE_TIME);
    }
  }

  private async create(): Promise<Outcome | undefined> {
    const { desired, world, clientToken } = this.run;
    const operations = await admit(desired, world);
    const creations = this.progress.creations + 1;
    try {
      const answer = await createGrant(desired, operations, world.licenseManager, clientToken(`create ${creations}`));
      // The token may be one that License Manager answers with a grant of the past.
      const created = isLive(answer.status);
      this.progress = { ...NOTHING_DONE, creations, created };
      if (created) {
        this.accept(answer);
      }
      return undefined;
    } catch (error) {
      if (isRefusedRequest(error)) {
        return this.waitForPredecessorOrFail(error);
      }
      throw error;
    }
  }

  /** A grant that is still being deleted may stand in the way of the next one to the same grantee; License Manager does not say. */
  private async waitForPredecessorOrFail(refusal: ServiceError): Promise<Outcome | undefined> {
    const { desired, world } = this.run;
    const grants = await world.licenseManager.listDistributedGrants({ licenseArn: desired.licenseArn, granteePrincipalArn: desired.grantee.arn });
    const predecessor = grants.find(({ status }) => status === 'PENDING_DELETE');
    if (predecessor && this.pauses.hasTime()) {
      return this.pauses.pause();
    }
    throw explainRefusal(desired, refusal);
  }

  private async change(grant: Grant, changes: GrantChanges): Promise<Outcome | undefined> {
    const { world, clientToken } = this.run;
    try {
      // A request may make more than one grant, if the first one dies, and a token is good for one request.
      const token = clientToken(`${grant.arn} version ${grant.version} ${JSON.stringify(changes)}`);
      this.noteSubmitted(changes, await world.licenseManager.createGrantVersion(grant.arn, grant.version, changes, token));
      return undefined;
    } catch (error) {
      if (isRefusedRequest(error)) {
        return this.planAnewOrFail(grant, changes, error);
      }
      if (isAccessDenied(error) && world.grantee && changes.status) {
        return this.changeAsGrantee(grant, changes, error, world.grantee);
      }
      throw error;
    }
  }

  /** Both sides may activate and deactivate a grant; its name and operations are the grantor's. */
  private async changeAsGrantee(
    grant: Grant, { status, statusReason, override }: GrantChanges, refusal: Error, grantee: GranteeGateway,
  ): Promise<Outcome | undefined> {
    const changes = { status, ...(statusReason !== undefined && { statusReason }), ...(override !== undefined && { override }) };
    try {
      const token = this.run.clientToken(`${grant.arn} version ${grant.version} ${JSON.stringify(changes)} as grantee`);
      this.noteSubmitted(changes, await grantee.createGrantVersion(grant.arn, grant.version, changes, token));
      return undefined;
    } catch (error) {
      if (isRefusedRequest(error) && status === 'ACTIVE') {
        return this.take(activationRefused(this.run.desired.activation, `License Manager refused to activate it: ${refusal.message}; for the grantee: ${error.message}`), grant);
      }
      throw error;
    }
  }

  private async acceptAsGrantee(grant: Grant): Promise<Outcome | undefined> {
    const acceptance = await acceptAsGrantee(grant, this.run.world.grantee!);
    if (acceptance.kind === 'not-yet') {
      return this.waitOr(grant, `the grant is not accepted: ${acceptance.why}`, DEPLOY_WITH_MORE_TIME);
    }
    this.run.journal.note('Grant accepted', { grantArn: grant.arn });
    this.progress = { ...this.progress, accepted: true };
    this.accept(acceptance.answer);
    return undefined;
  }

  /** Where a workflow goes on, there is time for the role's own stack to mend the role. */
  private async orUntilRoleIsUsable(grant: Grant, act: () => Promise<Outcome | undefined>): Promise<Outcome | undefined> {
    try {
      return await act();
    } catch (error) {
      if (error instanceof RoleUnusable && this.run.continues) {
        return this.waitOr(grant, `${error.asked} failed: ${error.said}`, error.next);
      }
      throw error;
    }
  }

  private async waitForAcceptance(grant: Grant, inAccounts?: string): Promise<Outcome | undefined> {
    if (this.pauses.hasTime()) {
      return this.pauses.pause();
    }
    const { why, next } = await findMissingAcceptance(this.run.desired, this.run.world);
    return this.pending(grant, inAccounts === undefined ? why : `${inAccounts}; ${why}`, next);
  }

  private async changeAccountGrants(grant: Grant, due: readonly AccountGrantChange[]): Promise<Outcome | undefined> {
    const { world, clock, deadline, journal, clientToken } = this.run;
    if (clock.now() >= deadline) {
      return this.pending(grant, `the grants of ${due.length} accounts are still to be activated or deactivated`, DEPLOY_WITH_MORE_TIME);
    }
    this.attempts = await changeAccountGrants({
      due, attempts: this.attempts, licenseManager: world.licenseManager, clock, deadline, journal, clientToken,
    });
    this.pauses.beginAnew();
    return undefined;
  }

  /** A refusal may come from a state that was not yet shown when the change was planned. */
  private async planAnewOrFail(grant: Grant, changes: GrantChanges, refusal: Error): Promise<Outcome | undefined> {
    const now = await this.run.world.licenseManager.findGrant(grant.arn);
    this.overtaken += 1;
    if (this.overtaken <= MOST_OVERTAKEN && (now?.version !== grant.version || now.status !== grant.status)) {
      return undefined;
    }
    const { grantee } = this.run.world;
    if (grantee && changes.status) {
      return this.changeAsGrantee(grant, changes, refusal, grantee);
    }
    if (changes.status === 'ACTIVE') {
      return this.take(activationRefused(this.run.desired.activation, `License Manager refused to activate it: ${refusal.message}`), grant);
    }
    throw refusal;
  }

  private noteSubmitted(changes: GrantChanges, answer: GrantAnswer): void {
    this.progress = { ...this.progress, submitted: [...this.progress.submitted, changes] };
    this.accept(answer);
  }

  private accept(answer: GrantAnswer): void {
    this.know(answer.grantArn);
    this.progress = { ...this.progress, answeredVersion: answer.version };
    this.pauses.beginAnew();
  }

  private know(grantArn: string): void {
    if (grantArn !== this.grantArn) {
      this.run.onGrant(grantArn);
    }
    this.grantArn = grantArn;
  }

  private async waitOr(grant: Grant | undefined, why: string, next: string): Promise<Outcome | undefined> {
    return this.pauses.hasTime() ? this.pauses.pause() : this.pending(grant, why, next);
  }

  private pending(grant: Grant | undefined, why: string, next: string): Pending {
    return { kind: 'pending', grant, grantArn: this.grantArn, why, next, progress: { ...this.progress, attempts: carriedOver(this.attempts) } };
  }

  private note(step: Step, grant: Grant | undefined): void {
    const details = { grantArn: grant?.arn, status: grant?.status, version: grant?.version, ...describe(step) };
    const note = JSON.stringify(details);
    if (note !== this.lastNote) {
      this.run.journal.note('Next step for the grant', details);
      this.lastNote = note;
    }
    if (step.kind === 'settled' || step.kind === 'failed') {
      noteConflicts(conflictsIn(step), this.run.journal);
    }
  }
}

async function createGrant(
  desired: GrantSpec, operations: readonly string[], licenseManager: LicenseManagerGateway, clientToken: string,
): Promise<GrantAnswer> {
  return licenseManager.createGrant({
    name: desired.name,
    licenseArn: desired.licenseArn,
    homeRegion: desired.homeRegion,
    granteePrincipalArn: desired.grantee.arn,
    operations,
    tags: [...desired.tags, ...desired.provisionalTags ?? []],
  }, clientToken);
}

/** Of an adopted grant nothing was ever asked for before. */
function askedForAnew(desired: GrantSpec): GrantSpec {
  return { ...desired, activation: { ...desired.activation, changed: true } };
}

/** A step without the values that it sets, which the template may keep out of sight, and without what is noted by itself. */
function describe(step: Step): Readonly<Record<string, unknown>> {
  switch (step.kind) {
    case 'change':
      return { step: step.kind, changes: Object.keys(step.changes) };
    case 'change-account-grants':
      return { step: step.kind, accounts: step.due.length };
    case 'confirm':
      return { step: step.kind, otherwise: describe(step.otherwise) };
    default:
      return { ...step, kind: undefined, conflicts: undefined, step: step.kind };
  }
}
