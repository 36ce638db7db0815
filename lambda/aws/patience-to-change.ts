import { AwsCloudFormation } from './aws-cloudformation';
import { AwsStepFunctions } from './aws-step-functions';
import type { Clients } from './clients';
import { patienceFor } from './patience';
import type { Patience, Request } from './patience';
import { StackWatch } from '../domain/stack/stack-watch';
import { Superseded } from '../domain/workflow/superseded';

/** The request that something is changed for. */
export interface ChangingRequest extends Request {
  readonly stack: { readonly region: string };
  readonly executionArn?: string;
  readonly isAnswered: () => boolean;
}

/** Nothing that the stack does is worth waiting for: it can be asked about again, and a missing permission mostly stays missing. */
export function watchStack(clients: Clients, request: ChangingRequest): StackWatch {
  return new StackWatch(request, new AwsCloudFormation(clients, request.stack.region, { ...patienceFor(request), deadline: 0 }));
}

/** For calls that change something only as long as nothing newer is at work: each of them asks first. */
export function patienceToChange(clients: Clients, request: ChangingRequest, watch: StackWatch): Patience {
  const patience = patienceFor(request);
  const assertInCharge = request.executionArn === undefined
    ? async () => assertStackGoesOn(watch)
    : assertIsRunning(request.executionArn, new AwsStepFunctions(clients, request.stack.region, patience));
  return {
    ...patience,
    beforeChange: async () => {
      await assertInCharge();
      if (request.isAnswered()) {
        throw new Superseded('The request was answered before');
      }
    },
  };
}

/** In a deployment: when another resource fails, CloudFormation sends the next request without waiting for the answer to this one. */
async function assertStackGoesOn(watch: StackWatch): Promise<void> {
  const status = await watch.findStatusTurnedTo();
  if (status !== undefined) {
    throw new Superseded(`Since the request began the stack has turned back (it was seen in ${status}), which cancels it`);
  }
}

/** In a pass of a workflow: the next request about the grant stops its execution first. */
function assertIsRunning(executionArn: string, workflows: AwsStepFunctions): () => Promise<void> {
  return async () => {
    if (!await workflows.isRunning(executionArn)) {
      throw new Superseded(`${executionArn} was stopped`);
    }
  };
}
