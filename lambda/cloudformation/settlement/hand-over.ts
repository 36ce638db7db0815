import { executionNameOf } from './execution-name';
import { pauseSecondsBefore } from './pauses';
import type { Settlement, SettlementTask } from './settlement';
import type { WorkflowProperties } from '../../../lib/grant/grant-properties';
import { pauseAfter } from '../../domain/backoff';
import type { SuspendedProgress } from '../../domain/grant/reconciliation';
import { RESTORING_MILLISECONDS } from '../../domain/grant/restore-predecessor';
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

/**
 * Lets the workflow go on with the grant. Returns when its execution is among those that run, so that the next request, which
 * CloudFormation sends after the answer to this one, finds it there.
 */
export async function handOver(
  workflow: WorkflowProperties, unsettled: Unsettled, invocation: Invocation, workflows: WorkflowsGateway,
): Promise<void> {
  const { clock, journal, request } = invocation;
  const name = executionNameOf(workflow.ExecutionNamePrefix, unsettled.grantArn, request);
  const task = firstTask(workflow, name, unsettled, invocation);
  await workflows.start(workflow.StateMachineArn, name, JSON.stringify(task));
  journal.note('Handed over to the workflow', { executionArn: task.settlement.executionArn, grantArn: unsettled.grantArn });
  for (let look = 1; look <= MOST_LOOKS; look += 1) {
    const running = await workflows.listRunning(workflow.StateMachineArn, name);
    if (running.length > 0) {
      return;
    }
    await clock.sleep(pauseAfter(look, PAUSES));
  }
}

function firstTask(workflow: WorkflowProperties, name: string, unsettled: Unsettled, { request, clock }: Invocation): SettlementTask {
  const { ResponseURL: _, ...withoutUrl } = request;
  const settlement: Settlement = {
    request: workflow.AnswersCloudFormation === 'true' ? request : withoutUrl,
    executionArn: executionArnOf(workflow.StateMachineArn, name),
    grantArn: unsettled.grantArn,
    giveUpAt: unsettled.beganAt + Number(workflow.GiveUpAfterSeconds) * 1_000 - restoringMilliseconds(workflow, unsettled),
    passes: 0,
    progress: unsettled.progress,
  };
  return { pauseSeconds: pauseSecondsBefore(settlement, clock.now()), settlement };
}

/** A replacement may have to be undone before CloudFormation stops to wait for the answer. */
function restoringMilliseconds({ AnswersCloudFormation }: WorkflowProperties, { progress }: Unsettled): number {
  return AnswersCloudFormation === 'true' && progress.replacing ? RESTORING_MILLISECONDS : 0;
}
