import { WorkingClock } from './working-clock';
import type { CustomResourceEvent } from '../../lambda/cloudformation/custom-resource-event';
import { serve } from '../../lambda/cloudformation/serve';
import { resources as entitlements } from '../../lambda/handlers/entitlements';
import { resources as grantActivation } from '../../lambda/handlers/grant-activation';
import { resources as memberSetup } from '../../lambda/handlers/member-setup';
import { resources as organizationSetup } from '../../lambda/handlers/organization-setup';
import { resources as receivedGrants } from '../../lambda/handlers/received-grants';
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
    const finished = this.runHere(this.find(functionArn)!.timeoutSeconds, event);
    this.invocations.set(requestId, finished);
    return { requestId, finished };
  }

  override async pauseOf(requestId: string): Promise<void> {
    await this.invocations.get(requestId);
  }

  private async runHere(timeoutSeconds: number, event: CustomResourceEvent): Promise<undefined> {
    const clock = new WorkingClock(this.surroundings.clock);
    const end = clock.now() + timeoutSeconds * 1000;
    process.env.AWS_ENDPOINT_URL = this.surroundings.aws.endpoint;
    // The account is where the stack is; the simulated services take its id for an access key.
    process.env.AWS_ACCESS_KEY_ID = event.StackId.split(':')[4];
    process.env.AWS_SECRET_ACCESS_KEY = 'any';
    const responseUrl = new URL(event.ResponseURL);
    const ResponseURL = `http://127.0.0.1:${this.ports.get(responseUrl.host)}${responseUrl.pathname}${responseUrl.search}`;
    try {
      await serve(RESOURCES, clock)({ ...event, ResponseURL }, { getRemainingTimeInMillis: () => end - clock.now() });
      return undefined;
    } finally {
      clock.stopWorking();
    }
  }
}
