import { executionNameOf } from './execution-name';
import { pauseSecondsBefore } from './pauses';
import type { Settlement, SettlementTask } from './settlement';
import type { GrantProperties, WorkflowProperties } from '../../../lib/grant/grant-properties';
import { pauseAfter } from '../../domain/backoff';
import type { ReplacementPhase, SuspendedProgress, SuspendedReplacement } from '../../domain/grant/reconciliation';
import { RESTORING_MILLISECONDS } from '../../domain/grant/restore-predecessor';
import { NOTHING_DONE } from '../../domain/grant/step';
import { executionArnOf } from '../../domain/workflow/execution-arn';
import type { WorkflowsGateway } from '../../domain/workflow/workflows-gateway';
import type { Invocation } from '../custom-resource';

/** Where the deployment leaves the grant. */
export interface Unsettled {
  readonly grantArn: string;
  readonly progress: SuspendedProgress;
  /** When the work on the request began, in milliseconds since the epoch. */
  readonly beganAt: number;
}

/** Lists of executions may lag behind (ListExecutions, AWS Step Functions API reference); half a minute leaves time to answer. */
const PAUSES = { firstMilliseconds: 1_000, longestMilliseconds: 4_000 };
const MOST_LOOKS = 5;

/** Lets the workflow go on with the grant. */
export async function handOver(
  workflow: WorkflowProperties, unsettled: Unsettled, invocation: Invocation, workflows: WorkflowsGateway,
): Promise<void> {
  const { ResponseURL: _, ...withoutUrl } = invocation.request;
  await start(workflow, {
    request: workflow.AnswersCloudFormation === 'true' ? invocation.request : withoutUrl,
    grantArn: unsettled.grantArn,
    giveUpAt: unsettled.beganAt + Number(workflow.GiveUpAfterSeconds) * 1_000 - restoringMilliseconds(workflow, unsettled),
    passes: 0,
    progress: unsettled.progress,
  }, invocation, workflows);
}

/** Lets the workflow go on with what an update had stopped, from its beginning: what that has changed meanwhile shows when it is read. */
export async function takeUpAgain(interrupted: Settlement, invocation: Invocation, workflows: WorkflowsGateway): Promise<void> {
  const { Workflow } = interrupted.request.ResourceProperties as GrantProperties;
  const { adopted, replacing } = interrupted.progress;
  const progress = { ...NOTHING_DONE, adopted, attempts: [], replacing: replacing && { ...replacing, phase: firstPhase(replacing) } };
  await start(Workflow!, { ...interrupted, passes: 0, progress }, invocation, workflows);
}

function firstPhase({ phase }: SuspendedReplacement): ReplacementPhase {
  return phase === 'SETTLE' ? phase : 'PREPARE';
}

/**
 * Returns when the execution is among those that run, so that the next request, which CloudFormation sends after the answer to this one, finds it
 * there.
 */
async function start(
  { StateMachineArn, ExecutionNamePrefix }: WorkflowProperties, begun: Omit<Settlement, 'executionArn'>,
  { clock, journal, request }: Invocation, workflows: WorkflowsGateway,
): Promise<void> {
  const { grantArn } = begun;
  const name = executionNameOf(ExecutionNamePrefix, grantArn, request);
  const settlement: Settlement = { ...begun, executionArn: executionArnOf(StateMachineArn, name) };
  const task: SettlementTask = { pauseSeconds: pauseSecondsBefore(settlement, clock.now()), settlement };
  await workflows.start(StateMachineArn, name, JSON.stringify(task));
  journal.note('Handed over to the workflow', { executionArn: settlement.executionArn, grantArn });
  for (let look = 1; look <= MOST_LOOKS; look += 1) {
    const running = await workflows.listRunning(StateMachineArn, name);
    if (running.length > 0) {
      return;
    }
    await clock.sleep(pauseAfter(look, PAUSES));
  }
}

/** A replacement may have to be undone before CloudFormation stops to wait for the answer. */
function restoringMilliseconds({ AnswersCloudFormation }: WorkflowProperties, { progress }: Unsettled): number {
  return AnswersCloudFormation === 'true' && progress.replacing ? RESTORING_MILLISECONDS : 0;
}
