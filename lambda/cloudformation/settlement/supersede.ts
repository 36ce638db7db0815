import { executionNamesAbout, isForRequest } from './execution-name';
import type { WorkflowProperties } from '../../../lib/grant/grant-properties';
import { isAccessDenied } from '../../domain/service-error';
import type { WorkflowsGateway } from '../../domain/workflow/workflows-gateway';
import type { Invocation } from '../custom-resource';

/**
 * Stops what earlier requests have handed over to a workflow, about that grant or about all grants of the resource, and waits until none of
 * its calls can be under way. From then on this request is alone with them. What this very request has handed over, when its event was
 * delivered before, goes on.
 */
export async function supersede(
  workflow: WorkflowProperties, grantArn: string | undefined, { request, clock, journal }: Invocation, workflows: WorkflowsGateway,
): Promise<void> {
  const { StateMachineArn, ExecutionNamePrefix } = workflow;
  const names = grantArn === undefined ? ExecutionNamePrefix : executionNamesAbout(ExecutionNamePrefix, grantArn);
  const running = await listIfPermitted(request.RequestType, async () => workflows.listRunning(StateMachineArn, names));
  const earlier = running.filter((executionArn) => !isForRequest(executionArn, request));
  for (const executionArn of earlier) {
    await workflows.stop(executionArn, 'Superseded', causeOf(request));
    journal.note('Workflow superseded', { executionArn });
  }
  if (earlier.length > 0) {
    await clock.sleep(workflows.afterlifeMilliseconds);
  }
}

/** The execution about the grant that this request has stopped, also when its event was delivered before. */
export async function findSuperseded(
  { StateMachineArn, ExecutionNamePrefix }: WorkflowProperties, grantArn: string, { request }: Invocation, workflows: WorkflowsGateway,
): Promise<string | undefined> {
  return workflows.findStopped(StateMachineArn, executionNamesAbout(ExecutionNamePrefix, grantArn), causeOf(request));
}

function causeOf({ RequestId, RequestType }: Invocation['request']): string {
  return `CloudFormation's request ${RequestId} (${RequestType}) takes over`;
}

/** Where the app has no workflow any more, the permission to use it may be deleted before the grants, and the workflow with it. */
async function listIfPermitted(requestType: string, list: () => Promise<string[]>): Promise<string[]> {
  try {
    return await list();
  } catch (error) {
    if (requestType === 'Delete' && isAccessDenied(error)) {
      return [];
    }
    throw error;
  }
}
