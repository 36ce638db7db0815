import { WorkingClock } from './working-clock';
import type { CustomResourceEvent } from '../../lambda/cloudformation/custom-resource-event';
import { serve } from '../../lambda/cloudformation/serve';
import type { PassResult, SettlementTask } from '../../lambda/cloudformation/settlement/settlement';
import { resources as entitlements } from '../../lambda/handlers/entitlements';
import { resources as grantActivation } from '../../lambda/handlers/grant-activation';
import { resources as memberSetup } from '../../lambda/handlers/member-setup';
import { resources as organizationSetup } from '../../lambda/handlers/organization-setup';
import { resources as receivedGrants } from '../../lambda/handlers/received-grants';
import { InvocationOutcome } from '../../simulator/lambda/function-process';
import { Invocation, SimulatedLambda, SimulatedLambdaProps } from '../../simulator/lambda/simulated-lambda';

const RESOURCES = { ...entitlements, ...organizationSetup, ...memberSetup, ...receivedGrants, ...grantActivation };

/**
 * The library's handlers in this process, with the permissions of their account, whatever code and role a template gives
 * to its functions: an invocation costs no process, so that one life can be played many times.
 */
export class InProcessLambda extends SimulatedLambda {
  private readonly ports = new Map<string, number>();
  private readonly invocations = new Map<string, Promise<undefined>>();

  constructor(private readonly surroundings: SimulatedLambdaProps) {
    super(surroundings);
  }

  override serveHost(host: string, port: number): void {
    this.ports.set(host, port);
  }

  override invoke(functionArn: string, event: CustomResourceEvent): Invocation {
    const requestId = `${this.invocations.size + 1}`;
    const { host, pathname, search } = new URL(event.ResponseURL);
    const ResponseURL = `http://127.0.0.1:${this.ports.get(host)}${pathname}${search}`;
    const finished = this.runHere(functionArn, event.StackId, { ...event, ResponseURL }).then(() => undefined);
    this.invocations.set(requestId, finished);
    return { requestId, finished };
  }

  override async call(functionArn: string, task: SettlementTask): Promise<InvocationOutcome> {
    return { payload: JSON.stringify(await this.runHere(functionArn, task.settlement.request.StackId, task)) };
  }

  override async pauseOf(requestId: string): Promise<void> {
    await this.invocations.get(requestId);
  }

  private async runHere(functionArn: string, stackId: string, event: CustomResourceEvent | SettlementTask): Promise<PassResult | void> {
    const clock = new WorkingClock(this.surroundings.clock);
    const end = clock.now() + this.find(functionArn)!.timeoutSeconds * 1000;
    process.env.AWS_ENDPOINT_URL = this.surroundings.aws.endpoint;
    // The account is where the stack is; the simulated services take its id for an access key.
    process.env.AWS_ACCESS_KEY_ID = stackId.split(':')[4];
    process.env.AWS_SECRET_ACCESS_KEY = 'any';
    try {
      return await serve(RESOURCES, clock)(event, { getRemainingTimeInMillis: () => end - clock.now() });
    } finally {
      clock.stopWorking();
    }
  }
}
