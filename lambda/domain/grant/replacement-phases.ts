import { isLive } from './grant-status';
import { reconcile } from './reconcile';
import type { Outcome, Reconciliation, ReplacementPhase, SuspendedProgress } from './reconciliation';
import { NOTHING_DONE } from './step';
import { switchGrant } from './switch-grant';

/** A grant on its way to the place of another one. */
export interface PhasedReplacement extends Reconciliation {
  readonly predecessorArn: string;
  /** In which it was active when the replacement began. */
  readonly predecessorVersion: string;
}

/** What a run goes on with that begins a phase which no run has begun before. */
const JUST_BEGUN: SuspendedProgress = { ...NOTHING_DONE, attempts: [] };

/**
 * Goes from that phase as far as it gets until the deadline. Where the two grants exclude each other, the accounts are without an active one
 * between the last two phases alone.
 */
export async function goThroughPhases(replacement: PhasedReplacement, phase: ReplacementPhase): Promise<Outcome> {
  switch (phase) {
    case 'SETTLE':
      return suspendIn(phase, replacement, await reconcile(replacement));
    case 'PREPARE':
      return prepare(replacement);
    case 'CLEAR':
      return clear(replacement);
    default:
      return activate(replacement);
  }
}

async function prepare(replacement: PhasedReplacement): Promise<Outcome> {
  const desired = { ...replacement.desired, activation: { mode: 'DISABLED' as const, changed: false } };
  const outcome = await reconcile({ ...replacement, desired });
  const isReady = outcome.kind === 'settled' && outcome.grant.status !== 'PENDING_ACCEPT';
  return isReady ? clear(next(replacement, outcome.grant.arn)) : suspendIn('PREPARE', replacement, outcome);
}

async function clear(replacement: PhasedReplacement): Promise<Outcome> {
  const { predecessorArn, grantArn, world: { licenseManager } } = replacement;
  const predecessor = await licenseManager.findGrant(predecessorArn);
  if (!predecessor || !isLive(predecessor.status)) {
    return activate(next(replacement, grantArn));
  }
  const outcome = await switchGrant(replacement, predecessor, { mode: 'DISABLED' });
  if (outcome.kind === 'settled' || outcome.kind === 'gone') {
    return activate(next(replacement, grantArn));
  }
  const successor = grantArn === undefined ? undefined : await licenseManager.findGrant(grantArn);
  const why = `the grant before, ${predecessorArn}, has to be inactive first: ${outcome.why}`;
  return suspendIn('CLEAR', replacement, { ...outcome, grant: successor, why });
}

async function activate(replacement: PhasedReplacement): Promise<Outcome> {
  const { desired } = replacement;
  return suspendIn('ACTIVATE', replacement, await reconcile({ ...replacement, desired: { ...desired, activation: { ...desired.activation, changed: true } } }));
}

function next(replacement: PhasedReplacement, grantArn: string | undefined): PhasedReplacement {
  return { ...replacement, grantArn, resumed: replacement.resumed && JUST_BEGUN };
}

function suspendIn(phase: ReplacementPhase, { predecessorArn, predecessorVersion, grantArn }: PhasedReplacement, outcome: Outcome): Outcome {
  if (outcome.kind !== 'pending') {
    return outcome;
  }
  const progress = { ...outcome.progress, replacing: { predecessorArn, predecessorVersion, phase } };
  return { ...outcome, grantArn: phase === 'CLEAR' ? grantArn : outcome.grantArn, progress };
}
